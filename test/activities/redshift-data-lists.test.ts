import { batchExecuteStatement } from '../../activities/redshift-data/batch-execute-statement';
import { cancelStatement } from '../../activities/redshift-data/cancel-statement';
import { collect } from '../../activities/redshift-data/collect';
import { describeTable } from '../../activities/redshift-data/describe-table';
import { findStatement } from '../../activities/redshift-data/find-statement';
import { getStatementResult, resultValue } from '../../activities/redshift-data/get-statement-result';
import { listDatabases } from '../../activities/redshift-data/list-databases';
import { listSchemas } from '../../activities/redshift-data/list-schemas';
import { listStatements } from '../../activities/redshift-data/list-statements';
import { listTables } from '../../activities/redshift-data/list-tables';
import { showStatement } from '../../activities/redshift-data/show-statement';
import { clientsUnderTest, json, page } from './clients-under-test';
import { inActivity, thrownIn } from './in-activity';

let under: Awaited<ReturnType<typeof clientsUnderTest>>;
beforeAll(async () => {
  under = await clientsUnderTest();
});
afterAll(() => under.close());

const bodies = () => under.aws.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
const cluster = { clusterIdentifier: 'analytics' };
const workgroup = { workgroupName: 'adhoc' };
const dev = { warehouse: cluster, database: 'dev', limit: 100 };

describe('a list', () => {
  const pages = (sizes: number[]) => {
    const asked: { MaxResults: number; NextToken: string | undefined }[] = [];
    const read = (request: (typeof asked)[number]) => {
      const size = sizes[asked.length]!;
      asked.push(request);
      const next = asked.length < sizes.length ? `page-${asked.length + 1}` : undefined;
      return Promise.resolve({ items: Array.from({ length: size }, () => asked.length), next });
    };
    return { asked, read };
  };

  it('is read to its end, over short and empty pages', async () => {
    const { asked, read } = pages([2, 0, 1]);
    expect(await collect({ limit: 10, largestPage: 5 }, read)).toEqual({ items: [1, 1, 3] });
    expect(asked.map(({ NextToken }) => NextToken)).toEqual([undefined, 'page-2', 'page-3']);
  });

  it('never asks for more than is missing, so that it can go on where it stopped', async () => {
    const { asked, read } = pages([5, 3, 9]);
    expect(await collect({ limit: 8, largestPage: 5, pageToken: 'from-here' }, read)).toMatchObject({
      nextPageToken: 'page-3',
    });
    expect(asked).toEqual([
      { MaxResults: 5, NextToken: 'from-here' },
      { MaxResults: 3, NextToken: 'page-2' },
    ]);
  });

  it('ends when AWS gives the same page for ever', async () => {
    const same = () => Promise.resolve({ items: [], next: 'same' });
    await expect(collect({ limit: 5, largestPage: 5 }, same)).rejects.toThrow('the same page again');
  });
});

describe('the lists of the catalog', () => {
  it('ask a cluster or a workgroup, signed in as was asked', async () => {
    under.aws.answers(json({ Databases: ['dev'] }));
    await inActivity(() => listDatabases(under.clients, { ...dev, access: { secretArn: 'arn:secret' } }));
    await inActivity(() => listDatabases(under.clients, { ...dev, warehouse: workgroup }));
    expect(bodies()).toEqual([
      { ClusterIdentifier: 'analytics', Database: 'dev', SecretArn: 'arn:secret', MaxResults: 100 },
      { WorkgroupName: 'adhoc', Database: 'dev', MaxResults: 100 },
    ]);
  });

  it('pass patterns and the connected database on', async () => {
    under.aws.answers(json({ Schemas: ['public'], Tables: [{ schema: 's', name: 'n', type: 'VIEW' }] }));
    const more = { ...dev, connectedDatabase: 'home', schemaPattern: 's%' };
    expect((await inActivity(() => listSchemas(under.clients, more))).result).toEqual({
      schemas: ['public'],
    });
    const { result } = await inActivity(() => listTables(under.clients, { ...more, tablePattern: 'n_' }));
    expect(result).toEqual({ tables: [{ schema: 's', name: 'n', type: 'VIEW' }] });
    expect(bodies()).toMatchObject([
      { ConnectedDatabase: 'home', SchemaPattern: 's%' },
      { ConnectedDatabase: 'home', SchemaPattern: 's%', TablePattern: 'n_' },
    ]);
  });

  it.each([
    ['databases', () => listDatabases(under.clients, dev)],
    ['schemas', () => listSchemas(under.clients, dev)],
    ['tables', () => listTables(under.clients, dev)],
    ['statements', () => listStatements(under.clients, { status: 'ALL', limit: 5 })],
    ['a lost statement', () => findStatement(under.clients, { statementName: 'x' })],
  ])('never take a page that is not of AWS for an empty list of %s', async (_what, list) => {
    under.aws.answers(page(200));
    expect(await thrownIn(list as () => Promise<unknown>)).toMatchObject({ type: 'OutcomeUnknown' });
  });
});

describe('describeTable', () => {
  const table = { database: 'dev', schema: 'public', table: 'orders' };
  const describe = () => describeTable(under.clients, { warehouse: cluster, table });

  it('gives the columns of all pages, without what AWS leaves at zero', async () => {
    under.aws.answers(({ body }) => {
      const more = body.includes('page-2');
      const first = { name: 'id', typeName: 'int8', nullable: 0, length: 0, precision: 19, scale: 0 };
      const second = { name: 'note', typeName: 'varchar', nullable: 1, length: 40, columnDefault: "''" };
      return json({ ColumnList: [more ? second : first], ...(!more && { NextToken: 'page-2' }) });
    });
    expect((await inActivity(describe)).result).toEqual({
      table,
      columns: [
        { name: 'id', typeName: 'int8', nullable: false, precision: 19 },
        { name: 'note', typeName: 'varchar', nullable: true, length: 40, columnDefault: "''" },
      ],
    });
  });

  it('takes a table without columns for one that is not there', async () => {
    under.aws.answers(json({ TableName: 'orders', ColumnList: [] }));
    expect(await thrownIn(describe)).toMatchObject({ type: 'NotFound', nonRetryable: true });
  });
});

describe('batchExecuteStatement', () => {
  it('sends the statements in order, with token, mode and parameters', async () => {
    under.aws.answers(json({ Id: 's-1', Status: 'PICKED' }));
    const input = {
      warehouse: workgroup,
      database: 'dev',
      sqls: ['a', 'b'],
      executionMode: 'AUTO_COMMIT' as const,
      parameters: [{ name: 'n', value: '1' }],
      clientToken: 'token',
      statementName: 'name',
      withEvent: true,
    };
    const { result } = await inActivity(() => batchExecuteStatement(under.clients, input));
    expect(result).toEqual({ id: 's-1', status: 'PICKED' });
    expect(bodies()).toEqual([
      {
        WorkgroupName: 'adhoc',
        Database: 'dev',
        Sqls: ['a', 'b'],
        ExecutionMode: 'AUTO_COMMIT',
        Parameters: [{ name: 'n', value: '1' }],
        ClientToken: 'token',
        StatementName: 'name',
        WithEvent: true,
      },
    ]);
  });
});

describe('statements', () => {
  it('are listed with their SQL cut, batches with their size', async () => {
    under.aws.answers(
      json({
        Statements: [
          {
            Id: 's-1',
            Status: 'STARTED',
            StatementName: 'n',
            QueryString: 'x'.repeat(5000),
            CreatedAt: 1763700000,
          },
          { Id: 's-2', Status: 'FINISHED', IsBatchStatement: true, QueryStrings: ['a', 'b'] },
        ],
      }),
    );
    const { result } = await inActivity(() =>
      listStatements(under.clients, { status: 'ALL', warehouse: cluster, roleLevel: false, limit: 200 }),
    );
    expect(bodies()[0]).toEqual({
      ClusterIdentifier: 'analytics',
      Status: 'ALL',
      RoleLevel: false,
      MaxResults: 100,
    });
    expect(result.statements).toEqual([
      {
        id: 's-1',
        status: 'STARTED',
        statementName: 'n',
        sql: `${'x'.repeat(299)}…`,
        createdAt: '2025-11-21T04:40:00.000Z',
      },
      { id: 's-2', status: 'FINISHED', sql: 'a', batchOf: 2 },
    ]);
  });

  it('are found again by their whole name only', async () => {
    const named = (Id: string, StatementName: string) => ({ Id, Status: 'STARTED', StatementName });
    under.aws.answers(json({ Statements: [named('s-1', 'run:1'), named('s-2', 'run:10')] }));
    const { result } = await inActivity(() => findStatement(under.clients, { statementName: 'run:1' }));
    expect(result.found).toEqual([{ id: 's-1', status: 'STARTED' }]);
    expect(bodies()[0]).toMatchObject({ StatementName: 'run:1', Status: 'ALL' });
  });

  it('are shown whole, without what AWS does not know yet', async () => {
    under.aws.answers(
      json({
        Id: 's-1',
        Status: 'STARTED',
        Duration: -1,
        ResultRows: -1,
        ResultSize: -1,
        QueryString: 'select 1',
        QueryParameters: [{ name: 'a', value: 'b' }],
        SubStatements: [{ Id: 's-1:1', Status: 'FINISHED', QueryString: 'y'.repeat(20_000), ResultRows: 3 }],
      }),
    );
    const { result } = await inActivity(() => showStatement(under.clients, { id: 's-1' }));
    expect(result).toEqual({
      id: 's-1',
      status: 'STARTED',
      queryString: 'select 1',
      queryParameters: [{ name: 'a', value: 'b' }],
      subStatements: [
        { id: 's-1:1', status: 'FINISHED', queryString: `${'y'.repeat(10_000)}…`, resultRows: 3 },
      ],
    });
  });

  it('that are cancelled already are cancelled; any other refusal is told', async () => {
    const refused = (message: string) => json({ __type: 'ValidationException', Message: message }, 400);
    const cancel = () => cancelStatement(under.clients, { id: 's-1' });
    under.aws.answers(refused('Could not cancel a query that is already in ABORTED state with ID: s-1'));
    expect((await inActivity(cancel)).result).toEqual({ cancelled: true });
    under.aws.answers(refused('Could not cancel a query that is already in FAILED state with ID: s-1'));
    expect(await thrownIn(cancel)).toMatchObject({ type: 'InvalidRequest' });
  });
});

describe('a result', () => {
  it('stops before it is larger than was asked for', async () => {
    const record = [{ stringValue: 'é'.repeat(500) }];
    under.aws.answers(json({ ColumnMetadata: [], Records: [record, record, record], TotalNumRows: 3 }));
    const { result } = await inActivity(() =>
      getStatementResult(under.clients, { id: 's-1', maxRows: 10, maxBytes: 2100 }),
    );
    expect(result.rows).toHaveLength(2);
    expect(result).toMatchObject({ totalRows: 3, truncated: true });
  });

  it('says that an integer was rounded, and not of a large floating-point number', async () => {
    const answer = (field: object) => json({ ColumnMetadata: [], Records: [[field]], TotalNumRows: 1 });
    const read = async () =>
      (await inActivity(() => getStatementResult(under.clients, { id: 's-1', maxRows: 1 }))).result.rounded;
    under.aws.answers(answer({ longValue: 2 ** 60 }));
    expect(await read()).toBe(true);
    under.aws.answers(answer({ doubleValue: 1e300 }));
    expect(await read()).toBeUndefined();
  });

  it.each([
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [-Infinity, '-Infinity'],
  ])('keeps %s, which JSON cannot say, as text', (doubleValue, text) => {
    expect(resultValue({ doubleValue })).toBe(text);
  });

  it('takes no value of an unknown kind for a null', () => {
    expect(() => resultValue({ $unknown: ['geometryValue', {}] })).toThrow('geometryValue');
  });
});
