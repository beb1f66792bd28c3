import { ApplicationFailure } from '@temporalio/activity';
import {
  awsErrorFacts,
  failureOf,
  provesWriteNotDone,
  toFailure,
  type AwsCall,
} from '../../activities/aws-failure';
import { failures, type FailureType } from '../../domain/failures';

const call: AwsCall = {
  service: 'redshift',
  operation: 'RestoreTableFromClusterSnapshot',
  what: 'restore of the table',
  handles: { cluster: 'analytics', snapshot: undefined },
};
const awsError = (name: string, message: string, httpStatusCode: number) =>
  Object.assign(new Error(message), { name, $fault: 'client', $metadata: { httpStatusCode } });

describe('awsErrorFacts', () => {
  it('reads what an AWS error tells of itself', () => {
    expect(awsErrorFacts(call, awsError('ClusterNotFoundFault', 'gone', 404))).toEqual({
      service: 'redshift',
      operation: 'RestoreTableFromClusterSnapshot',
      code: 'ClusterNotFoundFault',
      message: 'gone',
      httpStatus: 404,
      answered: true,
    });
  });

  it('reads the code of a transport error', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(awsErrorFacts(call, refused)).toMatchObject({ transport: 'ECONNREFUSED', answered: false });
  });

  it('finds the status of an answer that could not be read', () => {
    const page = Object.assign(new SyntaxError('Unexpected token <'), { $response: { statusCode: 502 } });
    expect(awsErrorFacts(call, page)).toMatchObject({ httpStatus: 502, answered: false });
  });

  it.each(['Unknown', 'UnknownError'])(
    'takes an error that the SDK calls %s for no answer of AWS',
    (name) => {
      expect(awsErrorFacts(call, awsError(name, name, 403)).answered).toBe(false);
      // S3 answers HEAD without a body: there the status is all there is.
      expect(
        awsErrorFacts({ service: 's3', operation: 'HeadObject' }, awsError(name, name, 403)).answered,
      ).toBe(true);
    },
  );

  it('takes an operation that AWS does not know for an answer', () => {
    expect(awsErrorFacts(call, awsError('UnknownOperationException', '', 400)).answered).toBe(true);
  });
});

const hostile: unknown[] = [
  null,
  undefined,
  42,
  true,
  '',
  'text',
  Symbol('s'),
  10n,
  {},
  [],
  () => {},
  Object.create(null),
  { message: 42, name: {}, code: [], $metadata: null, $response: 'x', $fault: undefined },
  { $metadata: { httpStatusCode: 'many' } },
  new Error(),
];

describe('toFailure', () => {
  it.each(hostile.map((thrown) => [thrown]))(
    'makes a failure of the table of anything that was thrown: %p',
    (thrown) => {
      const failure = toFailure(call, thrown);
      expect(failure).toBeInstanceOf(ApplicationFailure);
      expect(failures).toHaveProperty(failure.type as string);
      expect(failure.message).toMatch(/^restore of the table failed \[cluster=analytics\]: ./);
      expect(provesWriteNotDone(call, thrown)).toBe(false);
    },
  );

  it('says what failed, with the handles that are known, and why', () => {
    const failure = toFailure(call, awsError('ClusterNotFoundFault', 'Cluster analytics not found.', 404));
    expect(failure.message).toBe(
      'restore of the table failed [cluster=analytics]: ClusterNotFoundFault: Cluster analytics not found.',
    );
    expect(failure.details).toEqual([{ remedy: failures.ClusterNotFound.remedy }]);
    expect(failure.cause).toMatchObject({ message: 'Cluster analytics not found.' });
  });

  it('leaves out what the SDK tells programmers', () => {
    const error = Object.assign(new SyntaxError("Unexpected token '<'\n  Deserialization error: to see …"), {
      $response: { statusCode: 200 },
    });
    expect(toFailure(call, error).message).toBe(
      "restore of the table failed [cluster=analytics]: HTTP 200, and the answer was not one of AWS: Unexpected token '<'",
    );
  });

  it('tells the status where AWS gave no reason', () => {
    expect(toFailure(call, awsError('UnknownError', 'UnknownError', 403)).message).toMatch(
      /: HTTP 403, without a reason of AWS$/,
    );
  });

  it('leaves a failure as it is', () => {
    const failure = failureOf('SnapshotNotFound', call, 'gone');
    expect(toFailure(call, failure)).toBe(failure);
  });
});

describe('failureOf', () => {
  it.each(Object.entries(failures))(
    '%s is retried by Temporal if, and only if, the table says retry',
    (type, { action }) => {
      expect(failureOf(type as FailureType, call, 'why').nonRetryable).toBe(action !== 'retry');
    },
  );
});
