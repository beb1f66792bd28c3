import * as fc from '../support/made-up';
import {
  type AwsErrorFacts,
  type AwsService,
  classifyAwsError,
  provesNotDone,
} from '../../domain/aws-errors';
import { type FailureType, failures } from '../../domain/failures';

const refusal = (
  service: AwsService,
  code: string,
  message = '',
  httpStatus: number | undefined = 400,
  operation = 'Any',
): AwsErrorFacts => ({ service, operation, code, message, httpStatus, answered: true });

const unanswered = (facts: Partial<AwsErrorFacts>): AwsErrorFacts => ({
  service: 'redshift',
  operation: 'RestoreTableFromClusterSnapshot',
  code: 'Error',
  message: '',
  answered: false,
  ...facts,
});

/** service, wire code or SDK class, message, HTTP status, row of the failure table (docs/aws-notes.md). */
const table: [AwsService, string, string, number, FailureType][] = [
  ['redshift', 'ClusterNotFound', 'Cluster analytics not found.', 404, 'ClusterNotFound'],
  ['redshift', 'ClusterNotFoundFault', '', 404, 'ClusterNotFound'],
  ['redshift', 'ClusterSnapshotNotFound', '', 404, 'SnapshotNotFound'],
  ['redshift', 'ClusterSnapshotAlreadyExists', '', 400, 'SnapshotNameTaken'],
  ['redshift', 'ClusterSnapshotAlreadyExistsFault', '', 400, 'SnapshotNameTaken'],
  ['redshift', 'ClusterSnapshotQuotaExceeded', '', 400, 'SnapshotQuotaExceeded'],
  ['redshift', 'InvalidClusterSnapshotState', '', 400, 'InvalidSnapshotState'],
  ['redshift', 'InvalidClusterState', 'There is an operation running on the Cluster', 400, 'ClusterBusy'],
  ['redshift', 'InvalidClusterStateFault', '', 400, 'ClusterBusy'],
  ['redshift', 'InvalidRetentionPeriodFault', '', 400, 'InvalidRetentionPeriod'],
  ['redshift', 'InvalidTableRestoreArgument', 'Table public.nope not found', 400, 'TableNotInSnapshot'],
  ['redshift', 'InvalidTableRestoreArgument', 'Table orders already exists', 400, 'TargetTableExists'],
  [
    'redshift',
    'InvalidTableRestoreArgument',
    'Snapshot was not taken from cluster x',
    400,
    'SnapshotNotOfCluster',
  ],
  ['redshift', 'InProgressTableRestoreQuotaExceededFault', '', 400, 'RestoreQuotaExceeded'],
  ['redshift', 'TableRestoreNotFoundFault', '', 400, 'NotFound'],
  ['redshift', 'UnsupportedOperation', 'The table has interleaved sort keys', 400, 'InterleavedSortKey'],
  ['redshift', 'UnsupportedOperation', 'Snapshot predates a resize', 400, 'NotRestorable'],
  ['redshift', 'InvalidTagFault', '', 400, 'AwsError'],
  ['redshift', 'TagLimitExceededFault', '', 400, 'AwsError'],
  ['redshift', 'DependentServiceRequestThrottlingFault', '', 400, 'Throttled'],
  ['redshift', 'DependentServiceUnavailableFault', '', 400, 'AwsUnavailable'],
  ['redshift', 'Throttling', 'Rate exceeded', 400, 'Throttled'],
  ['redshift', 'InvalidParameterValue', '', 400, 'InvalidRequest'],
  ['redshift', 'MissingParameter', '', 400, 'InvalidRequest'],
  ['redshift', 'InternalFailure', '', 500, 'AwsUnavailable'],
  ['redshift', 'ServiceUnavailable', '', 503, 'AwsUnavailable'],
  ['sns', 'NotFound', 'Topic does not exist', 404, 'TopicNotFound'],
  ['sns', 'NotFoundException', 'Topic does not exist', 404, 'TopicNotFound'],
  ['sns', 'AuthorizationErrorException', '', 403, 'AccessDenied'],
  ['sns', 'KMSAccessDeniedException', '', 400, 'AccessDenied'],
  ['sns', 'KMSDisabledException', '', 400, 'TopicKeyUnusable'],
  ['sns', 'KMSInvalidStateException', '', 400, 'TopicKeyUnusable'],
  ['sns', 'KMSNotFoundException', '', 400, 'TopicKeyUnusable'],
  ['sns', 'KMSOptInRequired', '', 403, 'TopicKeyUnusable'],
  ['sns', 'KMSThrottlingException', '', 400, 'Throttled'],
  ['sns', 'ThrottledException', '', 429, 'Throttled'],
  ['sns', 'InvalidParameterException', 'Invalid parameter: TopicArn', 400, 'InvalidRequest'],
  ['sns', 'ParameterValueInvalid', '', 400, 'InvalidRequest'],
  ['sns', 'InvalidSecurityException', '', 403, 'CredentialsMissing'],
  ['sns', 'InternalErrorException', '', 500, 'AwsUnavailable'],

  ['redshift-serverless', 'ValidationException', 'bad', 400, 'InvalidRequest'],
  ['redshift-serverless', 'ResourceNotFoundException', '', 404, 'WorkgroupNotFound'],
  ['redshift-serverless', 'ConflictException', '', 409, 'ClusterBusy'],
  ['redshift-serverless', 'ThrottlingException', '', 429, 'Throttled'],
  ['redshift-serverless', 'ServiceQuotaExceededException', '', 402, 'SnapshotQuotaExceeded'],
  ['redshift-serverless', 'InsufficientCapacityException', '', 400, 'ClusterBusy'],
  ['redshift-serverless', 'TooManyTagsException', '', 400, 'AwsError'],
  ['redshift-serverless', 'AccessDeniedException', '', 403, 'AccessDenied'],
  [
    'redshift-serverless',
    'ValidationException',
    'Service returned error code ThrottlingException (Service: RedshiftServerless)',
    400,
    'Throttled',
  ],
  ['redshift-serverless', 'InternalServerException', '', 500, 'AwsUnavailable'],
  ['redshift-serverless', 'InvalidPaginationException', '', 400, 'AwsError'],

  ['redshift-data', 'ResourceNotFoundException', 'Query does not exist.', 404, 'StatementNotFound'],
  ['redshift-data', 'ActiveStatementsExceededException', '', 400, 'StatementLimitExceeded'],
  ['redshift-data', 'ActiveSessionsExceededException', '', 400, 'StatementLimitExceeded'],
  ['redshift-data', 'ActiveWaitingRequestsExceededException', '', 400, 'StatementLimitExceeded'],
  ['redshift-data', 'ExecuteStatementException', '', 500, 'AwsUnavailable'],
  ['redshift-data', 'ExecuteStatementException', '', 400, 'AwsUnavailable'],
  ['redshift-data', 'BatchExecuteStatementException', '', 500, 'AwsUnavailable'],
  ['redshift-data', 'DatabaseConnectionException', '', 500, 'DatabaseUnavailable'],
  ['redshift-data', 'QueryTimeoutException', '', 400, 'AwsUnavailable'],
  ['redshift-data', 'InternalServerException', '', 400, 'AwsUnavailable'],
  [
    'redshift-data',
    'ValidationException',
    "Redshift endpoint doesn't exist in this region.",
    400,
    'ClusterNotFound',
  ],
  ['redshift-data', 'ValidationException', 'The cluster is paused', 400, 'DatabaseUnavailable'],
  ['redshift-data', 'ValidationException', 'Database name is invalid', 400, 'InvalidRequest'],
  [
    'redshift-data',
    'ValidationException',
    'Service returned error code ThrottlingException (Service: RedshiftServerless)',
    400,
    'Throttled',
  ],
  [
    'redshift-data',
    'ValidationException',
    'Could not retrieve the query result as it has expired after 1700000000.',
    400,
    'ResultExpired',
  ],

  ['dynamodb', 'TableNotFoundException', 'Table not found', 400, 'TableNotFound'],
  ['dynamodb', 'PointInTimeRecoveryUnavailableException', '', 400, 'PointInTimeRecoveryOff'],
  ['dynamodb', 'ContinuousBackupsUnavailableException', '', 400, 'PointInTimeRecoveryOff'],
  ['dynamodb', 'InvalidExportTimeException', 'Difference between export period', 400, 'InvalidExportTime'],
  ['dynamodb', 'ExportConflictException', 'Duplicate request detected', 400, 'ExportConflict'],
  ['dynamodb', 'ExportNotFoundException', '', 400, 'ExportNotFound'],
  ['dynamodb', 'LimitExceededException', '', 400, 'ExportLimitExceeded'],
  ['dynamodb', 'ValidationException', 'Invalid Export ARN', 400, 'InvalidRequest'],
  ['dynamodb', 'ThrottlingException', '', 400, 'Throttled'],
  ['dynamodb', 'ProvisionedThroughputExceededException', '', 400, 'Throttled'],
  ['dynamodb', 'RequestLimitExceeded', '', 400, 'Throttled'],
  ['dynamodb', 'InternalServerError', '', 500, 'AwsUnavailable'],
  ['dynamodb', 'UnknownOperationException', '', 400, 'InvalidRequest'],

  ['s3', 'NoSuchKey', '', 404, 'NotFound'],
  ['s3', 'NoSuchBucket', '', 404, 'NotFound'],
  ['s3', 'NotFound', 'UnknownError', 404, 'NotFound'],
  ['s3', 'Unknown', 'UnknownError', 403, 'AccessDenied'],
  ['s3', 'UnknownError', 'UnknownError', 403, 'AccessDenied'],
  ['s3', 'Unknown', 'UnknownError', 400, 'AwsError'],
  ['s3', 'SlowDown', '', 503, 'Throttled'],

  [
    'redshift',
    'AccessDenied',
    'User x is not authorized to perform: redshift:CopyClusterSnapshot',
    403,
    'AccessDenied',
  ],
  ['redshift', 'UnauthorizedOperation', '', 400, 'AccessDenied'],
  ['dynamodb', 'AccessDeniedException', '', 400, 'AccessDenied'],
  [
    'redshift-data',
    'ValidationException',
    'x is not authorized to perform: sts:AssumeRole',
    400,
    'AccessDenied',
  ],
  ['redshift', 'ExpiredToken', '', 403, 'CredentialsExpired'],
  ['dynamodb', 'ExpiredTokenException', '', 400, 'CredentialsExpired'],
  ['redshift', 'RequestExpired', '', 400, 'CredentialsExpired'],
  ['redshift', 'InvalidClientTokenId', '', 403, 'CredentialsMissing'],
  ['dynamodb', 'UnrecognizedClientException', 'The security token is invalid', 400, 'CredentialsMissing'],
  ['s3', 'InvalidAccessKeyId', '', 403, 'CredentialsMissing'],
  ['s3', 'SignatureDoesNotMatch', '', 403, 'CredentialsMissing'],
  ['dynamodb', 'InvalidSignatureException', '', 400, 'CredentialsMissing'],
  ['dynamodb', 'MissingAuthenticationTokenException', '', 400, 'CredentialsMissing'],
];

describe('classifyAwsError', () => {
  it.each(table)('%s %s "%s" (%d) is %s', (service, code, message, status, type) => {
    expect(classifyAwsError(refusal(service, code, message, status))).toBe(type);
  });

  const restores = ['RestoreTableFromRecoveryPoint', 'RestoreTableFromSnapshot'];

  it.each<[string[], string, string, number, FailureType]>([
    [
      restores,
      'ResourceNotFoundException',
      'The recovery point x could not be found.',
      404,
      'RecoveryPointNotFound',
    ],
    [restores, 'ResourceNotFoundException', 'The snapshot x could not be found.', 404, 'SnapshotNotFound'],
    [restores, 'ResourceNotFoundException', 'The namespace x could not be found.', 404, 'WorkgroupNotFound'],
    [restores, 'ResourceNotFoundException', 'The workgroup x could not be found.', 404, 'WorkgroupNotFound'],
    [restores, 'ConflictException', 'There is an operation running on the namespace.', 409, 'ClusterBusy'],
    [restores, 'ValidationException', 'The target table a.b.c already exists.', 400, 'TargetTableExists'],
    [restores, 'ConflictException', 'The target table a.b.c already exists.', 409, 'TargetTableExists'],
    [restores, 'ValidationException', 'The table a.b.c does not exist in it.', 400, 'TableNotInSnapshot'],
    [
      restores,
      'ValidationException',
      'The snapshot x is not of the namespace y.',
      400,
      'SnapshotNotOfCluster',
    ],
    [restores, 'ValidationException', 'The snapshot belongs to another account', 400, 'SnapshotNotOfCluster'],
    [
      restores,
      'ValidationException',
      'The table a.b.c has an interleaved sort key.',
      400,
      'InterleavedSortKey',
    ],
    [restores, 'ValidationException', "Value 'x y' at 'newTableName' failed", 400, 'InvalidRequest'],
    [
      ['ConvertRecoveryPointToSnapshot', 'GetRecoveryPoint'],
      'ResourceNotFoundException',
      '',
      404,
      'RecoveryPointNotFound',
    ],
    [['GetSnapshot'], 'ResourceNotFoundException', '', 404, 'SnapshotNotFound'],
    [['GetTableRestoreStatus'], 'ResourceNotFoundException', '', 404, 'NotFound'],
    [
      ['GetWorkgroup', 'GetNamespace', 'ListTableRestoreStatus', 'ListSnapshots'],
      'ResourceNotFoundException',
      '',
      404,
      'WorkgroupNotFound',
    ],
  ])('serverless %j: %s "%s" (%d) is %s', (operationNames, code, message, status, type) => {
    for (const operation of operationNames) {
      const facts = refusal('redshift-serverless', code, message, status, operation);
      expect([operation, classifyAwsError(facts)]).toEqual([operation, type]);
      expect(provesNotDone(facts)).toBe(true);
    }
  });

  it('keeps a code to its own service: a snapshot that is not found is nothing DynamoDB says', () => {
    expect(classifyAwsError(refusal('dynamodb', 'ClusterSnapshotNotFound'))).toBe('AwsError');
    expect(classifyAwsError(refusal('redshift', 'TableNotFoundException'))).toBe('AwsError');
  });

  it('does not take a table for a throttle because of its name', () => {
    const message = 'Table public.ThrottlingException already exists';
    expect(classifyAwsError(refusal('redshift', 'InvalidTableRestoreArgument', message))).toBe(
      'TargetTableExists',
    );
  });

  it.each([
    ['Could not load credentials from any providers', 'CredentialsMissing'],
    ['Profile nobody could not be found in shared credentials file.', 'CredentialsMissing'],
    ['The SSO session associated with this profile has expired. To refresh …', 'CredentialsExpired'],
    [
      "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
      'CredentialsExpired',
    ],
    ['Failed to load a token for session x, please re-authenticate using aws login', 'CredentialsExpired'],
  ])('tells a login that is missing from one that has run out: %s', (message, type) => {
    for (const code of ['CredentialsProviderError', 'TokenProviderError'])
      expect(classifyAwsError(unanswered({ code, message }))).toBe(type);
  });

  it.each<[string, Partial<AwsErrorFacts>, FailureType]>([
    ['nobody listens', { transport: 'ECONNREFUSED' }, 'AwsUnreachable'],
    ['no such host', { transport: 'ENOTFOUND' }, 'AwsUnreachable'],
    ['no answer from DNS', { transport: 'EAI_AGAIN' }, 'AwsUnreachable'],
    ['a certificate that is not trusted', { transport: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'AwsUnreachable'],
    ['a certificate of another host', { transport: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'AwsUnreachable'],
    [
      'no connection in time',
      {
        code: 'TimeoutError',
        message: 'the request socket did not establish a connection with the server within …',
      },
      'AwsUnreachable',
    ],
    ['a socket that closed', { transport: 'ECONNRESET' }, 'OutcomeUnknown'],
    ['a time-out', { code: 'TimeoutError', message: 'Request timed out' }, 'OutcomeUnknown'],
    ['a page with status 200', { code: 'SyntaxError', httpStatus: 200 }, 'OutcomeUnknown'],
    ['a page with status 403', { code: 'SyntaxError', httpStatus: 403 }, 'OutcomeUnknown'],
    ['a page with status 502', { code: 'SyntaxError', httpStatus: 502 }, 'AwsUnavailable'],
    ['no region', { message: 'Region is missing' }, 'CredentialsMissing'],
    ['nothing that is known', {}, 'OutcomeUnknown'],
  ])('%s', (_name, facts, type) => {
    expect(classifyAwsError(unanswered(facts))).toBe(type);
  });

  it('gives any facts a row of the table, and throws for none', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(failures).toHaveProperty(classifyAwsError(facts));
      }),
    );
  });
});

describe('provesNotDone', () => {
  it('believes every refusal of AWS', () => {
    for (const [service, code, message, status, type] of table) {
      const certain = status < 500 && type !== 'AwsUnavailable';
      expect([code, provesNotDone(refusal(service, code, message, status))]).toEqual([code, certain]);
    }
  });

  it.each<[string, Partial<AwsErrorFacts>]>([
    ['a refused connection', { transport: 'ECONNREFUSED' }],
    ['a host that is not found', { transport: 'ENOTFOUND' }],
    ['a network that is not there', { transport: 'ENETUNREACH' }],
    [
      'a connection never made',
      { code: 'TimeoutError', message: 'the request socket did not establish a connection' },
    ],
    [
      'missing credentials',
      { code: 'CredentialsProviderError', message: 'Could not load credentials from any providers' },
    ],
    ['an expired login', { code: 'TokenProviderError', message: 'Token is expired.' }],
    ['a missing region', { message: 'Region is missing' }],
  ])('knows that %s sent nothing', (_name, facts) => {
    expect(provesNotDone(unanswered(facts))).toBe(true);
  });

  it.each<[string, Partial<AwsErrorFacts>]>([
    ['a socket that closed', { transport: 'ECONNRESET' }],
    ['a broken pipe', { transport: 'EPIPE' }],
    ['a network time-out', { transport: 'ETIMEDOUT' }],
    ['a request time-out', { code: 'TimeoutError', message: 'Request timed out' }],
    ['an aborted request', { code: 'AbortError', message: 'Request aborted' }],
    ['a page with status 200', { code: 'SyntaxError', httpStatus: 200 }],
    ['a page with status 400', { code: 'SyntaxError', httpStatus: 400 }],
    ['a page with status 403', { code: 'SyntaxError', httpStatus: 403 }],
    ['a page with status 503', { code: 'SyntaxError', httpStatus: 503 }],
    ['an answer that cannot be read', { code: 'Error', httpStatus: 200, transport: 'ECONNRESET' }],
    ['an error without a status', { answered: true }],
    ['an error of AWS with status 500', { answered: true, httpStatus: 500 }],
    ['an error of AWS with status 503', { answered: true, httpStatus: 503 }],
    [
      'an internal error with status 400',
      { answered: true, httpStatus: 400, code: 'InternalServerException' },
    ],
    ['a time-out of AWS', { answered: true, httpStatus: 408 }],
    ['a redirect', { answered: true, httpStatus: 301 }],
    ['an error with status 200', { answered: true, httpStatus: 200 }],
    ['nothing that is known', {}],
  ])('leaves it open after %s', (_name, facts) => {
    expect(provesNotDone(unanswered(facts))).toBe(false);
  });

  it('never calls a 5xx not done, whatever its code and text', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const open = facts.answered && (facts.httpStatus ?? 0) >= 500;
        if (open) expect(provesNotDone(facts)).toBe(false);
      }),
    );
  });
});

const anyFacts: fc.Arbitrary<AwsErrorFacts> = fc.record({
  service: fc.constantFrom<AwsService>(
    'redshift',
    'redshift-serverless',
    'redshift-data',
    'dynamodb',
    's3',
    'sts',
  ),
  operation: fc.string(),
  code: fc.oneof(fc.string(), fc.constantFrom(...table.map(([, code]) => code))),
  message: fc.oneof(fc.string(), fc.constantFrom(...table.map(([, , message]) => message))),
  httpStatus: fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined }),
  transport: fc.option(fc.constantFrom('ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT'), { nil: undefined }),
  answered: fc.boolean(),
});
