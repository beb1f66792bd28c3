import type { RawRequest } from './types';

/** Who sent a request, as far as it says: the signature itself is not verified. */
export interface Caller {
  accessKeyId?: string;
  region?: string;
  /** `amz-sdk-invocation-id`, the same over the retries that one SDK call makes by itself. */
  invocationId?: string;
  /** `amz-sdk-request`. */
  attempt?: string;
}

/** Reads the SigV4 credential scope (`Credential=key/date/region/service/aws4_request`) and the SDK's retry headers. */
export function callerOf({ headers }: RawRequest): Caller {
  const scope = /Credential=([^/\s]+)\/\d{8}\/([^/]+)\//.exec(headers.authorization ?? '');
  return {
    accessKeyId: scope?.[1],
    region: scope?.[2],
    invocationId: headers['amz-sdk-invocation-id'],
    attempt: headers['amz-sdk-request'],
  };
}
