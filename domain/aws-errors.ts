import type { FailureType } from './failures';

export type AwsService = 'redshift' | 'redshift-serverless' | 'redshift-data' | 'dynamodb' | 's3';

/** What is known of an error that came out of the AWS SDK. */
export interface AwsErrorFacts {
  service: AwsService;
  operation: string;
  /** The SDK's error name or the wire code; `…Fault` and `…Exception` make no difference. */
  code: string;
  message: string;
  httpStatus?: number;
  /** Node's code of a transport error (ECONNREFUSED, ECONNRESET, ENOTFOUND …). */
  transport?: string;
  /** False for errors that are not an answer of AWS: cut bodies, HTML with status 200, sockets that closed. */
  answered: boolean;
}

interface AwsErrorRow {
  services?: readonly AwsService[];
  operation?: RegExp;
  /** Compared without `Fault`, `Exception` or `Error` at the end. */
  code?: RegExp;
  message?: RegExp;
  becomes: FailureType;
}

/**
 * First match wins, so the message patterns stand first: throttles and expired results can arrive as
 * `ValidationException` whose text names the real error (aws-facts §1.18).
 */
const rows: readonly AwsErrorRow[] = [
  {
    message: /ThrottlingException|Rate exceeded|TooManyRequests|RequestLimitExceeded/i,
    becomes: 'Throttled',
  },
  { services: ['redshift-data'], message: /result (?:as it )?has expired/i, becomes: 'ResultExpired' },
  {
    code: /^(Throttling|Throttled|TooManyRequests|RequestLimitExceeded|ProvisionedThroughputExceeded|SlowDown|RequestThrottled)/,
    becomes: 'Throttled',
  },
  {
    code: /^(CredentialsProvider|CredentialsProviderError|MissingAuthenticationToken|NoCredentials)/,
    becomes: 'CredentialsMissing',
  },
  {
    message: /Could not load credentials from any providers|Region is missing/i,
    becomes: 'CredentialsMissing',
  },
  {
    code: /^(ExpiredToken|TokenRefreshRequired|RequestExpired|UnrecognizedClient|ExpiredTokenException)/,
    becomes: 'CredentialsExpired',
  },
  {
    code: /^(InvalidClientTokenId|InvalidAccessKeyId|SignatureDoesNotMatch|AuthFailure|IncompleteSignature)/,
    becomes: 'CredentialsMissing',
  },
  {
    code: /^(AccessDenied|UnauthorizedOperation|NotAuthorized|Unauthorized|Forbidden|403)/,
    becomes: 'AccessDenied',
  },
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
  { services: ['redshift-data'], code: /^ResourceNotFound$/, becomes: 'StatementNotFound' },

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

  { services: ['s3'], code: /^(NoSuchKey|NoSuchBucket|NotFound|404)$/, becomes: 'NotFound' },
  {
    code: /^(Validation|InvalidParameterValue|InvalidParameterCombination|MissingParameter|ValidationError|SerializationError|Serialization|UnknownOperation|InvalidAction)$/,
    becomes: 'InvalidRequest',
  },
  { code: /ResourceNotFound$/, becomes: 'NotFound' },
];

/** Transport errors that prove the request never reached AWS. */
const neverSent = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_|UNABLE_TO)/;

/** The row of the failure table an AWS error belongs to; `AwsError` when no row knows it. Never throws. */
export function classifyAwsError(facts: AwsErrorFacts): FailureType {
  const code = facts.code.replace(/(Fault|Exception)$/, '');
  for (const candidate of rows) {
    if (candidate.services && !candidate.services.includes(facts.service)) continue;
    if (candidate.operation && !candidate.operation.test(facts.operation)) continue;
    if (candidate.code && !candidate.code.test(code)) continue;
    if (candidate.message && !candidate.message.test(facts.message)) continue;
    return candidate.becomes;
  }
  if (facts.transport && neverSent.test(facts.transport)) return 'AwsUnreachable';
  if (!facts.answered) return 'OutcomeUnknown';
  if (facts.httpStatus !== undefined && facts.httpStatus >= 500) return 'AwsUnavailable';
  return 'AwsError';
}

/**
 * Whether an error proves that a write did not happen: AWS answered with a refusal, or the request never left.
 * A 5xx, a cut answer, a time-out or an HTML page leaves it open.
 */
export function provesNotDone(facts: AwsErrorFacts): boolean {
  if (facts.transport) return neverSent.test(facts.transport);
  return facts.answered && facts.httpStatus !== undefined && facts.httpStatus < 500;
}
