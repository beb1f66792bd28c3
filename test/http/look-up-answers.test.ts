import { ExportTableToPointInTimeCommand } from '@aws-sdk/client-dynamodb';
import { BatchExecuteStatementCommand, ExecuteStatementCommand } from '@aws-sdk/client-redshift-data';
import type { Operations } from '../../client/http/api';
import { lookUpRouteTable } from '../../client/http/routes/look-ups';
import { type RoutedLookUp, routedLookUps } from '../../client/http/schemas';
import { type LookUpKind, lookUps } from '../../domain/look-ups';
import { cluster, ordersArn, Rig } from '../support/rig';
import { apiRig, type ApiRig } from './api-rig';

/**
 * The answer of every look-up as the simulated AWS, the worker and the HTTP API make it: whole, and as the OpenAPI
 * document says. A member that a schema lacks is no mistake to a caller, but it is one here: nobody would know of it.
 */
describe('the answer of a look-up', () => {
  let rig: Rig;
  let api: ApiRig;
  /** What the client had from the worker for the newest look-up. */
  let told: unknown;
  const asked = new Set<RoutedLookUp>();

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.startWorker();
    const lookUp = async (kind: LookUpKind, input: never) =>
      (told = await rig.operations.lookUp(kind, input));
    api = await apiRig({ lookUp } as unknown as Operations);
  });
  afterAll(async () => {
    await api?.app.close();
    await rig?.close();
  });

  /** Asks over HTTP, and holds the answer against what the worker said and against its schema. */
  async function answerOf<T = Record<string, never>>(
    kind: RoutedLookUp,
    query: Record<string, string> = {},
    id = '',
  ): Promise<T> {
    const { method, url } = lookUpRouteTable.find((route) => route.kind === kind)!;
    const path = `${url.replace(':id', id)}?${new URLSearchParams(query).toString()}`;
    const response = await (method === 'POST' ? api.post(path) : api.get(path));
    const answer: unknown = await response.json();
    expect([response.status, answer]).toEqual([200, told]);
    expect(lookUps[kind].answer.parse(answer)).toEqual(answer);
    asked.add(kind);
    return answer as T;
  }

  const inCluster = { 'warehouse.clusterIdentifier': cluster };
  const inDev = { ...inCluster, database: 'dev' };

  async function finished(id: string) {
    let status;
    do ({ status } = await answerOf<{ status: string }>('statement', {}, id));
    while (!['FINISHED', 'FAILED'].includes(status));
    return status;
  }

  it.each([
    ['of a cluster', { ...inCluster, asOf: '1h' }, 'snapshotIdentifier'],
    ['of a cluster, when none is old enough', { ...inCluster, asOf: '3000d' }, 'snapshotIdentifier'],
    ['of a workgroup', { 'warehouse.workgroupName': 'adhoc', asOf: '1h' }, 'recoveryPointId'],
    ['of a namespace', { 'warehouse.namespaceName': 'adhoc' }, 'recoveryPointId'],
  ])('has every source %s', async (_whose, query: Record<string, string>, named) => {
    const { sources } = await answerOf<{ sources: { source: object }[] }>('sources', query);
    expect(sources.map(({ source }) => Object.keys(source)[0])).toContain(named);
  });

  it('has what is in a warehouse', async () => {
    await answerOf('databases', inCluster);
    await answerOf('schemas', inDev);
    const page = await answerOf<{ nextPageToken?: string }>('tables', { ...inDev, limit: '1' });
    expect(page.nextPageToken).toBeDefined();
    await rig.control.sql(
      cluster,
      'dev',
      "create table every_column (id bigint not null, price numeric(12,2), word varchar(40) default 'none')",
    );
    const table = { 'table.database': 'dev', 'table.table': 'every_column' };
    const { columns } = await answerOf<{ columns: object[] }>('table', { ...inCluster, ...table });
    expect(columns).toHaveLength(3);
  });

  it('has statements: one, a batch, one that failed', async () => {
    const place = { ClusterIdentifier: cluster, Database: 'dev' };
    const send = async (Sql: string, rest = {}) =>
      (await rig.clients.redshiftData.send(new ExecuteStatementCommand({ ...place, Sql, ...rest }))).Id!;
    const one = await send('select 9007199254740993 as big, true as yes, null as nothing, :word as word', {
      StatementName: 'with everything',
      Parameters: [{ name: 'word', value: 'x' }],
    });
    expect(await finished(one)).toBe('FINISHED');
    const { rounded } = await answerOf<{ rounded?: true }>('statementResult', { maxRows: '5' }, one);
    expect(rounded).toBe(true);
    expect(await finished(await send('select no_such_column'))).toBe('FAILED');
    const batch = await rig.clients.redshiftData.send(
      new BatchExecuteStatementCommand({ ...place, Sqls: ['select 1', 'select 2'] }),
    );
    await finished(batch.Id!);
    const { subStatements } = await answerOf<{ subStatements: object[] }>('statement', {}, batch.Id!);
    expect(subStatements).toHaveLength(2);
    const { statements } = await answerOf<{ statements: { batchOf?: number; statementName?: string }[] }>(
      'statements',
    );
    expect(statements.map(({ batchOf }) => batchOf)).toContain(2);
    expect(statements.map(({ statementName }) => statementName)).toContain('with everything');
    expect(await answerOf('cancelStatement', {}, one)).toEqual({ cancelled: false });
  });

  it('has exports: a full one, an incremental one, one that failed', async () => {
    const hourMs = 3_600_000;
    const to = new Date(Math.floor(Date.now() / 1000) * 1000 - hourMs);
    const window = { ExportFromTime: new Date(to.getTime() - hourMs), ExportToTime: to };
    const requests = [
      { S3Bucket: 'exports', S3Prefix: 'full', S3SseAlgorithm: 'AES256' as const },
      {
        S3Bucket: 'exports',
        S3Prefix: 'part',
        ExportType: 'INCREMENTAL_EXPORT' as const,
        IncrementalExportSpecification: { ...window, ExportViewType: 'NEW_IMAGE' as const },
      },
      { S3Bucket: 'no-such-bucket' },
    ];
    const ends: string[] = [];
    for (const request of requests) {
      const { ExportDescription: begun } = await rig.clients.dynamodb.send(
        new ExportTableToPointInTimeCommand({ TableArn: ordersArn, ...request }),
      );
      let shown;
      do shown = await answerOf<{ exportStatus: string }>('export', { exportArn: begun!.ExportArn! });
      while (shown.exportStatus === 'IN_PROGRESS');
      ends.push(shown.exportStatus);
    }
    expect(ends).toEqual(['COMPLETED', 'COMPLETED', 'FAILED']);
    const page = await answerOf<{ nextPageToken?: string }>('exports', { tableArn: ordersArn, limit: '2' });
    expect(page.nextPageToken).toBeDefined();
  });

  it('has who the worker is on AWS, and what it may not read there', async () => {
    await rig.control.addFault({
      operation: 'ListExports',
      action: { kind: 'access-denied' },
      times: 'always',
    });
    const { probes } = await answerOf<{ probes: { refusal?: object }[] }>('awsAccess', { bucket: 'exports' });
    await rig.control.clearFaults();
    expect(probes.filter(({ refusal }) => refusal)).toHaveLength(1);
  });

  it('was looked at for every kind that has a route', () => {
    expect([...asked].sort()).toEqual([...routedLookUps].sort());
  });
});
