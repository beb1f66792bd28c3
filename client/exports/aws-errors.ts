import { classifyAwsError, type AwsService } from '../../domain/aws-errors';
import type { FailureType } from '../../domain/failures';
import { ClientError } from '../errors';

/** The call that failed, in words. */
export interface OwnCall {
  service: AwsService;
  operation: string;
  handles: string;
}

interface SdkError {
  name?: string;
  message?: string;
  code?: string;
  $fault?: unknown;
  $metadata?: { httpStatusCode?: number };
}

/** Here it is not the worker that asks AWS, but whoever runs the command. */
const remedies: Partial<Record<FailureType, string>> = {
  AccessDenied:
    'Your own AWS identity reads here, not the worker: it needs dynamodb:DescribeExport on the export, s3:GetObject on its bucket, and kms:Decrypt where KMS encrypts it.',
  CredentialsMissing:
    'Your own AWS identity reads here, not the worker: give this terminal AWS credentials (AWS_PROFILE, aws sso login); `aws sts get-caller-identity` must answer.',
  CredentialsExpired:
    'Renew the AWS credentials of this terminal, for example with `aws sso login`, and ask again.',
  AwsUnreachable: 'This terminal cannot reach AWS: look at its network, AWS_REGION and AWS_ENDPOINT_URL.',
  Throttled: 'AWS limits the rate of calls: ask again a little later.',
  AwsUnavailable: 'AWS answered with an error of its own: ask again a little later.',
  OutcomeUnknown: 'The answer of AWS was lost on the way: ask again.',
};

/** What AWS answered to a call with the caller's own credentials, as its row of the failure table says it. */
export function ownAwsError({ service, operation, handles }: OwnCall, error: unknown): ClientError {
  if (error instanceof ClientError) return error;
  const { name = 'Error', message = '', code, $fault, $metadata } = (error ?? {}) as SdkError;
  const type = classifyAwsError({
    service,
    operation,
    code: name,
    message,
    answered: $fault !== undefined,
    ...($metadata?.httpStatusCode !== undefined && { httpStatus: $metadata.httpStatusCode }),
    ...(code !== undefined && { transport: code }),
  });
  const why = `${code ?? name}: ${message.split('\n')[0] || 'no message'}`;
  const remedy = remedies[type];
  return new ClientError(type, `${operation} failed [${handles}]: ${why}`, {
    cause: error,
    ...(remedy && { remedy }),
  });
}
