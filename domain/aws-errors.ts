import type { FailureType } from './failures';

export type AwsService =
  'redshift' | 'redshift-serverless' | 'redshift-data' | 'dynamodb' | 's3' | 'sts' | 'sns';

/** What is known of an error that came out of the AWS SDK. */
export interface AwsErrorFacts {
  service: AwsService;
  operation: string;
  /** The SDK's error name or the wire code; `…Fault` and `…Exception` make no difference. `Unknown` when AWS named none. */
  code: string;
  message: string;
  httpStatus?: number;
  /** Node's code of a transport error (ECONNREFUSED, ECONNRESET, ENOTFOUND …). */
  transport?: string;
  /** False for errors that are not an answer of AWS: cut bodies, HTML pages of any status, sockets that closed. */
  answered: boolean;
}

interface AwsErrorRow {
  services?: readonly AwsService[];
  operation?: RegExp;
  /** Compared without `Fault` or `Exception` at the end. */
  code?: RegExp;
  message?: RegExp;
  httpStatus?: number;
  becomes: FailureType;
}

/** First match wins. */
const rows: readonly AwsErrorRow[] = [
  // Throttles and expired results can arrive as ValidationException whose text names the real error (docs/aws-notes.md, 12).
  {
    code: /^Validation/,
    message: /ThrottlingException|Rate exceeded|TooManyRequests|RequestLimitExceeded/i,
    becomes: 'Throttled',
  },
  { services: ['redshift-data'], message: /result (?:as it )?has expired/i, becomes: 'ResultExpired' },
  {
    code: /^(Throttling|Throttled|KMSThrottling|TooManyRequests|RequestLimitExceeded|ProvisionedThroughputExceeded|SlowDown|RequestThrottled|DependentServiceRequestThrottling)/,
    becomes: 'Throttled',
  },

  // Of the SDK's credential chain, before anything is sent
  {
    code: /^(CredentialsProvider|TokenProvider)Error$/,
    message: /expired|(?:sso|aws) login/i,
    becomes: 'CredentialsExpired',
  },
  { code: /^(CredentialsProvider|TokenProvider)Error$|^NoCredentials/, becomes: 'CredentialsMissing' },
  {
    message: /Could not load credentials from any providers|Region is missing/i,
    becomes: 'CredentialsMissing',
  },
  { code: /^(ExpiredToken|TokenRefreshRequired|RequestExpired)/, becomes: 'CredentialsExpired' },
  {
    // The same invalid key is InvalidClientTokenId to the query services and UnrecognizedClient to the JSON ones.
    code: /^(InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignature|InvalidSecurity|AuthFailure|IncompleteSignature|MissingAuthenticationToken)/,
    becomes: 'CredentialsMissing',
  },
  {
    code: /^(AccessDenied|AuthorizationError|KMSAccessDenied|UnauthorizedOperation|NotAuthorized|Unauthorized|Forbidden|403)/,
    becomes: 'AccessDenied',
  },
  // A HEAD has no body, so S3 cannot name the error.
  { services: ['s3'], code: /^Unknown(Error)?$/, httpStatus: 403, becomes: 'AccessDenied' },
  { message: /is not authorized to perform|not authorized to (?:get|assume)/i, becomes: 'AccessDenied' },

  { services: ['redshift'], code: /^ClusterSnapshotAlreadyExists$/, becomes: 'SnapshotNameTaken' },
  { services: ['redshift'], code: /^ClusterSnapshotNotFound$/, becomes: 'SnapshotNotFound' },
  { services: ['redshift'], code: /^ClusterSnapshotQuotaExceeded$/, becomes: 'SnapshotQuotaExceeded' },
  { services: ['redshift'], code: /^InvalidClusterSnapshotState$/, becomes: 'InvalidSnapshotState' },
  { services: ['redshift'], code: /^InvalidRetentionPeriod$/, becomes: 'InvalidRetentionPeriod' },
  { services: ['redshift'], code: /^ClusterNotFound$/, becomes: 'ClusterNotFound' },
  { services: ['redshift'], code: /^InvalidClusterState$/, becomes: 'ClusterBusy' },
  { services: ['redshift'], code: /^InProgressTableRestoreQuotaExceeded$/, becomes: 'RestoreQuotaExceeded' },
  {
    services: ['redshift'],
    code: /^InvalidTableRestoreArgument$/,
    message: /already exists/i,
    becomes: 'TargetTableExists',
  },
  {
    services: ['redshift'],
    code: /^InvalidTableRestoreArgument$/,
    message: /different cluster|not (?:created|taken) from|not belong/i,
    becomes: 'SnapshotNotOfCluster',
  },
  { services: ['redshift'], code: /^InvalidTableRestoreArgument$/, becomes: 'TableNotInSnapshot' },
  {
    services: ['redshift'],
    code: /^UnsupportedOperation$/,
    message: /interleaved/i,
    becomes: 'InterleavedSortKey',
  },
  { services: ['redshift'], code: /^UnsupportedOperation$/, becomes: 'NotRestorable' },
  { services: ['redshift'], code: /^TableRestoreNotFound$/, becomes: 'NotFound' },
  { services: ['redshift-serverless'], message: /interleaved/i, becomes: 'InterleavedSortKey' },
  {
    services: ['redshift-serverless'],
    operation: /^RestoreTable/,
    message: /already exists/i,
    becomes: 'TargetTableExists',
  },
  {
    services: ['redshift-serverless'],
    operation: /^RestoreTable/,
    code: /^ResourceNotFound$/,
    message: /recovery point/i,
    becomes: 'RecoveryPointNotFound',
  },
  {
    services: ['redshift-serverless'],
    operation: /^RestoreTable/,
    code: /^ResourceNotFound$/,
    message: /snapshot/i,
    becomes: 'SnapshotNotFound',
  },
  {
    services: ['redshift-serverless'],
    operation: /^(ConvertRecoveryPoint|GetRecoveryPoint$)/,
    code: /^ResourceNotFound$/,
    becomes: 'RecoveryPointNotFound',
  },
  {
    services: ['redshift-serverless'],
    operation: /^GetSnapshot$/,
    code: /^ResourceNotFound$/,
    becomes: 'SnapshotNotFound',
  },
  {
    services: ['redshift-serverless'],
    operation: /^GetTableRestoreStatus$/,
    code: /^ResourceNotFound$/,
    becomes: 'NotFound',
  },
  { services: ['redshift-serverless'], code: /^ResourceNotFound$/, becomes: 'WorkgroupNotFound' },
  {
    services: ['redshift-serverless'],
    operation: /^RestoreTable/,
    code: /^Validation$/,
    message: /different namespace|not (?:of|in|from) the namespace|not (?:created|taken) from|belong/i,
    becomes: 'SnapshotNotOfCluster',
  },
  {
    services: ['redshift-serverless'],
    operation: /^RestoreTable/,
    code: /^Validation$/,
    message: /not exist|not found|not in the/i,
    becomes: 'TableNotInSnapshot',
  },
  { services: ['redshift-serverless'], code: /^(Conflict|InsufficientCapacity)$/, becomes: 'ClusterBusy' },
  { services: ['redshift-serverless'], code: /^ServiceQuotaExceeded$/, becomes: 'SnapshotQuotaExceeded' },

  {
    services: ['redshift-data'],
    code: /^(ActiveStatementsExceeded|ActiveSessionsExceeded|ActiveWaitingRequestsExceeded)$/,
    becomes: 'StatementLimitExceeded',
  },
  { services: ['redshift-data'], code: /^DatabaseConnection$/, becomes: 'DatabaseUnavailable' },
  {
    services: ['redshift-data'],
    code: /^Validation$/,
    message: /endpoint doesn't exist|cluster .*not found/i,
    becomes: 'ClusterNotFound',
  },
  {
    services: ['redshift-data'],
    code: /^Validation$/,
    message: /paus(?:ed|ing)|not available|not in (?:an )?available/i,
    becomes: 'DatabaseUnavailable',
  },
  {
    services: ['redshift-data'],
    code: /^ResourceNotFound$/,
    message: /does not have (?:a )?result/i,
    becomes: 'StatementHasNoResult',
  },
  { services: ['redshift-data'], code: /^ResourceNotFound$/, becomes: 'StatementNotFound' },
  // "An environmental error", and a metadata query that took too long: neither is the request's fault.
  {
    services: ['redshift-data'],
    code: /^((?:Batch)?ExecuteStatement|QueryTimeout)$/,
    becomes: 'AwsUnavailable',
  },

  { services: ['dynamodb'], code: /^TableNotFound$/, becomes: 'TableNotFound' },
  {
    services: ['dynamodb'],
    code: /^(PointInTimeRecoveryUnavailable|ContinuousBackupsUnavailable)$/,
    becomes: 'PointInTimeRecoveryOff',
  },
  { services: ['dynamodb'], code: /^InvalidExportTime$/, becomes: 'InvalidExportTime' },
  { services: ['dynamodb'], code: /^ExportConflict$/, becomes: 'ExportConflict' },
  { services: ['dynamodb'], code: /^ExportNotFound$/, becomes: 'ExportNotFound' },
  { services: ['dynamodb'], code: /^LimitExceeded$/, becomes: 'ExportLimitExceeded' },

  { services: ['sns'], code: /^NotFound$/, becomes: 'TopicNotFound' },
  { services: ['sns'], code: /^KMS/, becomes: 'TopicKeyUnusable' },

  { services: ['s3'], code: /^(NoSuchKey|NoSuchBucket|NotFound|404)$/, becomes: 'NotFound' },
  {
    code: /^(Validation|InvalidParameter|InvalidParameterValue|ParameterValueInvalid|InvalidParameterCombination|MissingParameter|ValidationError|SerializationError|Serialization|UnknownOperation|InvalidAction)$/,
    becomes: 'InvalidRequest',
  },
  { code: /ResourceNotFound$/, becomes: 'NotFound' },
  {
    // JSON services are free in their status: the code alone says that AWS, not the request, is at fault.
    code: /^(InternalServer|InternalFailure|InternalError|ServiceUnavailable|DependentServiceUnavailable)/,
    becomes: 'AwsUnavailable',
  },
  { message: /Rate exceeded|ThrottlingException/i, becomes: 'Throttled' },
];

/** Transport errors that prove the request never reached AWS: nobody listens there, or TLS never came about. */
const neverSentTransport =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_|ERR_TLS_CERT|UNABLE_TO|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED_CERT)/;

/** The SDK's words when the connection itself was not made in time; other time-outs prove nothing. */
const neverConnected = /did not establish a connection/i;

/** The row of the failure table an AWS error belongs to; `AwsError` when no row knows it. Never throws. */
export function classifyAwsError(facts: AwsErrorFacts): FailureType {
  const code = facts.code.replace(/(Fault|Exception)$/, '');
  for (const candidate of rows) {
    if (candidate.services && !candidate.services.includes(facts.service)) continue;
    if (candidate.operation && !candidate.operation.test(facts.operation)) continue;
    if (candidate.code && !candidate.code.test(code)) continue;
    if (candidate.message && !candidate.message.test(facts.message)) continue;
    if (candidate.httpStatus && candidate.httpStatus !== facts.httpStatus) continue;
    return candidate.becomes;
  }
  if (unreachable(facts)) return 'AwsUnreachable';
  if (facts.httpStatus !== undefined && facts.httpStatus >= 500) return 'AwsUnavailable';
  if (!facts.answered) return 'OutcomeUnknown';
  return 'AwsError';
}

/**
 * Whether an error proves that a write did not happen: AWS answered with a refusal, or the request never left.
 * A 5xx, a cut answer, a time-out or an HTML page leaves it open, whatever its status.
 */
export function provesNotDone(facts: AwsErrorFacts): boolean {
  const type = classifyAwsError(facts);
  if (!facts.answered) {
    return unreachable(facts) || type === 'CredentialsMissing' || type === 'CredentialsExpired';
  }
  const { httpStatus } = facts;
  return (
    httpStatus !== undefined &&
    httpStatus >= 400 &&
    httpStatus < 500 &&
    httpStatus !== 408 &&
    type !== 'AwsUnavailable'
  );
}

const unreachable = ({ answered, transport, message }: AwsErrorFacts) =>
  !answered && (neverSentTransport.test(transport ?? '') || (!transport && neverConnected.test(message)));
