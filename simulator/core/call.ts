import { MalformedRequest } from './codec/malformed';
import type { Route } from './router';
import type { Service } from './services';
import { AwsError, type RawRequest, type RawResponse, type RequestContext, type ServiceName } from './types';

/** What the dispatcher needs of the S3 room, which speaks REST and therefore reads and answers raw requests. */
export interface RawService {
  operationName(request: RawRequest): string;
  parameters(request: RawRequest): unknown;
  handle(request: RawRequest, context: RequestContext): Promise<RawResponse> | RawResponse;
  refuse(error: AwsError, request: RawRequest, requestId: string): RawResponse;
}

/** One decoded request, the same for every protocol. */
export interface Call {
  service: ServiceName;
  operation: string;
  parameters: unknown;
  /** Why the request is refused before anything looks at it: unknown operation, missing parameter. */
  refusal?: AwsError;
  perform(context: RequestContext): Promise<RawResponse>;
  refuse(error: AwsError): RawResponse;
}

/** @throws Error for a control route: those are no calls. */
export function readCall(route: Route, request: RawRequest, requestId: string, s3: RawService): Call {
  if (route.kind === 's3') {
    return {
      service: 's3',
      operation: s3.operationName(request),
      parameters: s3.parameters(request),
      perform: async (context) => s3.handle(request, context),
      refuse: (error) => s3.refuse(error, request, requestId),
    };
  }
  if (route.kind === 'control') throw new Error('a control request is not an operation');
  const { protocol, service, operation } = route;
  const base = {
    service: service?.name ?? ('unknown' as ServiceName),
    operation,
    refuse: (error: AwsError) => protocol.refuse(service, error, requestId),
  };
  const model = service?.model.operations.get(operation);
  const handler = service !== undefined && ownHandler(service, operation);
  if (service === undefined || model === undefined || !handler) {
    return {
      ...base,
      parameters: {},
      refusal: protocol.unknownOperation(operation),
      perform: neverPerformed,
    };
  }
  try {
    const parameters = protocol.decode(model, request);
    return {
      ...base,
      parameters,
      perform: async (context) =>
        protocol.encode(service, model, await handler(parameters, context), requestId),
    };
  } catch (error) {
    const refusal = error instanceof MalformedRequest ? protocol.malformed(error) : error;
    if (!(refusal instanceof AwsError)) throw error;
    return { ...base, parameters: {}, refusal, perform: neverPerformed };
  }
}

function ownHandler({ operations }: Service, operation: string): Service['operations'][string] | undefined {
  return Object.hasOwn(operations, operation) ? operations[operation] : undefined;
}

function neverPerformed(): Promise<never> {
  return Promise.reject(new Error('a refused call is not performed'));
}
