import type { FaultAction } from './faults';
import { AwsError, type RawResponse, type ServiceName } from './types';

/** Throttling as each service words it; Redshift's and the Data API's codes are in no model (docs/aws-notes.md, 5). */
const throttles: Record<ServiceName, () => AwsError> = {
  redshift: () => new AwsError('Throttling', 'Rate exceeded', 400),
  'redshift-serverless': () => new AwsError('ThrottlingException', 'Rate exceeded', 429),
  'redshift-data': () => new AwsError('ThrottlingException', 'Rate exceeded', 400),
  dynamodb: () =>
    new AwsError('ThrottlingException', 'Rate of requests exceeds the allowed throughput.', 400),
  s3: () => new AwsError('SlowDown', 'Please reduce your request rate.', 503),
  sns: () => new AwsError('Throttled', 'Rate exceeded', 429),
  sts: () => new AwsError('Throttling', 'Rate exceeded', 400),
};

/** A throttle of the service behind, passed on by one that words it as the caller's mistake. */
function wrappedThrottle(service: ServiceName): AwsError | undefined {
  if (service !== 'redshift-serverless' && service !== 'redshift-data') return undefined;
  return new AwsError(
    'ValidationException',
    'Service returned error code ThrottlingException (Service: RedshiftServerless, Status Code: 400)',
    400,
  );
}

/** The error that a fault answers instead of the operation's own; undefined when the fault is of another kind. */
export function faultError(
  action: FaultAction,
  request: { service: ServiceName; operation: string; accountId: string },
): AwsError | undefined {
  switch (action.kind) {
    case 'throttle':
      return (action.wrapped && wrappedThrottle(request.service)) || throttles[request.service]();
    case 'access-denied':
      return accessDenied(request);
    case 'error':
      return new AwsError(action.code, action.message ?? action.code, action.status ?? 400);
    default:
      return undefined;
  }
}

function accessDenied(request: { service: ServiceName; operation: string; accountId: string }): AwsError {
  const { service, operation, accountId } = request;
  if (service === 's3') return new AwsError('AccessDenied', 'Access Denied', 403);
  const action = `${service === 'sns' ? 'SNS' : service}:${operation}`;
  const message = `User: arn:aws:iam::${accountId}:user/simulated is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
  // SNS says AuthorizationError, whose 403 is in its model.
  if (service === 'sns') return new AwsError('AuthorizationError', message, 403);
  return service === 'redshift' || service === 'sts'
    ? new AwsError('AccessDenied', message, 403)
    : new AwsError('AccessDeniedException', message, 400);
}

/** What a broken proxy sends instead of AWS's answer; by default a page that is no well-formed XML either. */
export function htmlPage(body?: string): RawResponse {
  const page =
    '<!doctype html><html><head><meta charset="utf-8"><title>Gateway</title></head><body><p>Please wait<br></body></html>';
  return { status: 200, headers: { 'content-type': 'text/html' }, body: body ?? page };
}
