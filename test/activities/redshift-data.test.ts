import { cancelStatement } from '../../activities/redshift-data/cancel-statement';
import { describeStatement } from '../../activities/redshift-data/describe-statement';
import { executeStatement } from '../../activities/redshift-data/execute-statement';
import { findTable } from '../../activities/redshift-data/find-table';
import { getStatementResult, resultValue } from '../../activities/redshift-data/get-statement-result';
import { clientsUnderTest, json, page } from './clients-under-test';
import { inActivity, thrownIn } from './in-activity';

let under: Awaited<ReturnType<typeof clientsUnderTest>>;
beforeAll(async () => {
  under = await clientsUnderTest();
});
afterAll(() => under.close());

const bodies = () => under.aws.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
const warehouse = { clusterIdentifier: 'analytics' };

describe('executeStatement', () => {
  const input = {
    warehouse,
    database: 'dev',
    sql: 'select count(*) from "public"."orders"',
    parameters: [],
    clientToken: 'undrop-token',
    statementName: 'undrop:run:verify:1',
  };
  const execute = (changes = {}) => executeStatement(under.clients, { ...input, ...changes });

  it('passes the token through unchanged, on every attempt', async () => {
    under.aws.answers(json({ Id: 's-1', Status: 'SUBMITTED' }));
    expect((await inActivity(() => execute())).result).toEqual({ id: 's-1', status: 'SUBMITTED' });
    await inActivity(() => execute());
    expect(bodies().map(({ ClientToken }) => ClientToken)).toEqual(['undrop-token', 'undrop-token']);
  });

  it('signs in as was asked: secret, database user, or the worker itself', async () => {
    under.aws.answers(json({ Id: 's-1' }));
    await inActivity(() => execute({ access: { secretArn: 'arn:secret' } }));
    await inActivity(() => execute({ access: { dbUser: 'undrop' } }));
    await inActivity(() => execute());
    const [secret, user, worker] = bodies();
    expect(secret).toMatchObject({
      ClusterIdentifier: 'analytics',
      Database: 'dev',
      SecretArn: 'arn:secret',
    });
    expect(user).toMatchObject({ DbUser: 'undrop' });
    expect(worker).not.toHaveProperty('DbUser');
    expect(worker).not.toHaveProperty('SecretArn');
    expect(worker).not.toHaveProperty('Parameters');
  });

  it('sends values as parameters, never in the text', async () => {
    under.aws.answers(json({ Id: 's-1' }));
    await inActivity(() => execute({ parameters: [{ name: 'day', value: "'; --" }] }));
    expect(bodies()[0]).toMatchObject({ Sql: input.sql, Parameters: [{ name: 'day', value: "'; --" }] });
  });

  it.each<[string, Parameters<typeof under.aws.answers>[0], string, boolean]>([
    ['a lost answer', 'drop', 'OutcomeUnknown', false],
    ['a page with status 200', page(200), 'OutcomeUnknown', false],
    ['nothing at all with status 200', { status: 200 }, 'OutcomeUnknown', false],
    [
      'an environmental error',
      json({ __type: 'ExecuteStatementException', Message: 'x' }, 500),
      'AwsUnavailable',
      false,
    ],
    [
      'too many statements',
      json({ __type: 'ActiveStatementsExceededException' }, 400),
      'StatementLimitExceeded',
      true,
    ],
    ['no connection', json({ __type: 'DatabaseConnectionException' }, 500), 'DatabaseUnavailable', true],
    [
      'a throttle in the clothes of a validation error',
      json(
        { __type: 'ValidationException', message: 'Service returned error code ThrottlingException' },
        400,
      ),
      'Throttled',
      false,
    ],
  ])('sends one request and fails as it should on %s', async (_name, answer, type, nonRetryable) => {
    under.aws.answers(answer);
    expect(await thrownIn(() => execute())).toMatchObject({ type, nonRetryable });
    expect(under.aws.received).toHaveLength(1);
  });
});

describe('describeStatement', () => {
  it('asks AWS to wait, and gives back the facts', async () => {
    under.aws.answers(
      json({ Id: 's-1', Status: 'FINISHED', HasResultSet: true, ResultRows: 1, Duration: 5 }),
    );
    const { result } = await inActivity(() =>
      describeStatement(under.clients, { id: 's-1', waitTimeSeconds: 20 }),
    );
    expect(bodies()[0]).toEqual({ Id: 's-1', WaitTimeSeconds: 20 });
    expect(result).toEqual({
      id: 's-1',
      status: 'FINISHED',
      hasResultSet: true,
      resultRows: 1,
      durationNanoseconds: 5,
    });
  });
});

describe('cancelStatement', () => {
  it.each([
    [{ Status: true }, true],
    [{ Status: false }, false],
    [{}, false],
  ])('takes %j for cancelled: %s', async (answer, cancelled) => {
    under.aws.answers(json(answer));
    expect((await inActivity(() => cancelStatement(under.clients, { id: 's-1' }))).result).toEqual({
      cancelled,
    });
  });
});

describe('getStatementResult', () => {
  const read = (maxRows: number) => getStatementResult(under.clients, { id: 's-1', maxRows });

  it('reads all pages', async () => {
    under.aws.answers(({ body }) => {
      const more = body.includes('page-2');
      return json({
        ColumnMetadata: [{ name: 'n', typeName: 'int8' }],
        Records: [[{ longValue: more ? 2 : 1 }]],
        TotalNumRows: 2,
        ...(!more && { NextToken: 'page-2' }),
      });
    });
    expect((await inActivity(() => read(10))).result).toEqual({
      columns: [{ name: 'n', typeName: 'int8' }],
      rows: [[1], [2]],
      totalRows: 2,
      truncated: false,
    });
  });

  it('brings no more rows than were asked for, and says that there were more', async () => {
    under.aws.answers(
      json({ ColumnMetadata: [], Records: [[{ longValue: 1 }], [{ longValue: 2 }]], TotalNumRows: 2 }),
    );
    expect((await inActivity(() => read(1))).result).toMatchObject({
      rows: [[1]],
      totalRows: 2,
      truncated: true,
    });
  });

  it('knows an expired result by its text', async () => {
    under.aws.answers(
      json(
        {
          __type: 'ValidationException',
          message: 'Could not retrieve the query result as it has expired after 1',
        },
        400,
      ),
    );
    expect(await thrownIn(() => read(1))).toMatchObject({ type: 'ResultExpired' });
  });

  it.each([
    [{ isNull: true }, null],
    [{ stringValue: '' }, ''],
    [{ longValue: 0 }, 0],
    [{ doubleValue: 0.5 }, 0.5],
    [{ booleanValue: false }, false],
    [{ blobValue: new Uint8Array([1, 2]) }, 'AQI='],
  ])('reads the value %p', (field, value) => {
    expect(resultValue(field as Parameters<typeof resultValue>[0])).toBe(value);
  });
});

describe('findTable', () => {
  const find = (table = 'Orders', caseSensitive = false) =>
    findTable(under.clients, {
      warehouse,
      table: { database: 'dev', schema: 'public', table },
      caseSensitive,
    });
  const tables = (names: string[], NextToken?: string) =>
    json({ Tables: names.map((name) => ({ schema: 'public', name })), NextToken });

  it('finds the table on any page, its name folded as Redshift folds it', async () => {
    under.aws.answers(({ body }) =>
      body.includes('page-2') ? tables(['orders']) : tables(['other'], 'page-2'),
    );
    expect((await inActivity(() => find())).result).toEqual({ exists: true });
    expect(bodies()[0]).toMatchObject({ Database: 'dev', SchemaPattern: 'public', TablePattern: 'orders' });
  });

  it('does not take a table that only fits the pattern for it', async () => {
    under.aws.answers(tables(['order_items', 'ordersX']));
    expect((await inActivity(() => find('order%'))).result).toEqual({ exists: false });
    expect(bodies()[0]).toMatchObject({ TablePattern: 'order_' });
  });

  it('tells cases apart when names are case sensitive', async () => {
    under.aws.answers(tables(['orders']));
    expect((await inActivity(() => find('Orders', true))).result).toEqual({ exists: false });
    expect(bodies()[0]).toMatchObject({ TablePattern: 'Orders' });
  });

  it('never takes an empty answer that is not one of AWS for "no such table"', async () => {
    under.aws.answers({ status: 200 });
    expect(await thrownIn(() => find())).toMatchObject({ type: 'OutcomeUnknown', nonRetryable: false });
  });
});
