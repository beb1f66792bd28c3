import { randomUUID } from 'node:crypto';
import type { LookUpKind } from '../../domain/look-ups';
import { cluster, Rig } from '../support/rig';

/** Every kind of look-up, through the real Temporal server, the worker's AWS SDK and the simulated AWS. */
describe('look-ups', () => {
  let rig: Rig;
  const warehouse = { clusterIdentifier: cluster };
  const dev = { warehouse, database: 'dev' };

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.startWorker();
    await rig.control.sql(cluster, 'dev', 'create schema returns');
    await rig.control.sql(
      cluster,
      'dev',
      "create table returns.refunds (refund_id bigint not null, amount numeric(12,2), reason varchar(40) default 'none')",
    );
  });

  afterEach(() => rig.control.clearFaults());
  afterAll(() => rig.close());

  it('lists databases, connecting to dev when no database is named', async () => {
    const { databases } = await rig.operations.lookUp('databases', { warehouse });
    expect(databases).toContain('dev');
    const [request] = await rig.control.operations('ListDatabases');
    expect(request!.parameters).toMatchObject({ ClusterIdentifier: cluster, Database: 'dev' });
  });

  it('lists schemas that fit a pattern', async () => {
    expect((await rig.operations.lookUp('schemas', dev)).schemas).toEqual(
      expect.arrayContaining(['public', 'returns']),
    );
    expect(await rig.operations.lookUp('schemas', { ...dev, schemaPattern: 'retur%' })).toEqual({
      schemas: ['returns'],
    });
  });

  it('lists tables that fit both patterns', async () => {
    expect(await rig.operations.lookUp('tables', { ...dev, schemaPattern: 'returns' })).toEqual({
      tables: [{ schema: 'returns', name: 'refunds', type: 'TABLE' }],
    });
    const { tables } = await rig.operations.lookUp('tables', {
      ...dev,
      schemaPattern: 'public',
      tablePattern: 'ord%',
    });
    expect(tables.map(({ name }) => name)).toEqual(['orders']);
  });

  it('stops at the limit, and goes on from there', async () => {
    const all = await rig.operations.lookUp('tables', { ...dev, schemaPattern: '%' });
    const first = await rig.operations.lookUp('tables', { ...dev, schemaPattern: '%', limit: 2 });
    expect(first.tables).toEqual(all.tables.slice(0, 2));
    const pageToken = first.nextPageToken!;
    const next = await rig.operations.lookUp('tables', { ...dev, schemaPattern: '%', limit: 2, pageToken });
    expect(next.tables).toEqual(all.tables.slice(2, 4));
  });

  it('describes a table: its columns in order, with types, nullability and defaults', async () => {
    const described = await rig.operations.lookUp('table', {
      warehouse,
      table: { database: 'dev', schema: 'returns', table: 'refunds' },
    });
    expect(described.table).toEqual({ database: 'dev', schema: 'returns', table: 'refunds' });
    expect(described.columns).toMatchObject([
      { name: 'refund_id', typeName: 'int8', nullable: false },
      { name: 'amount', typeName: 'numeric', nullable: true, precision: 12, scale: 2 },
      {
        name: 'reason',
        typeName: 'varchar',
        nullable: true,
        length: 40,
        columnDefault: expect.stringContaining('none'),
      },
    ]);
  });

  it('says that a table is not there instead of showing one without columns', async () => {
    const asked = rig.operations.lookUp('table', { warehouse, table: { database: 'dev', table: 'nowhere' } });
    await expect(asked).rejects.toMatchObject({
      type: 'NotFound',
      exit: 5,
      message: expect.stringMatching(
        /^look at the table failed \[cluster=analytics, database=dev, table=public\.nowhere\]/,
      ),
    });
  });

  it('finds statements by the begin of their name, shows one, reads its result', async () => {
    const run = await rig.run('verifyTable', {
      warehouse,
      table: { database: 'dev', table: 'customers' },
      rowCount: { atLeast: 1 },
    });
    const found = await rig.operations.lookUp('statements', { statementName: `undrop:${run.workflowId}` });
    expect(found.statements).toMatchObject([
      {
        status: 'FINISHED',
        sql: expect.stringContaining('count(*)'),
        createdAt: expect.stringMatching(/Z$/),
      },
    ]);
    const { id } = found.statements[0]!;
    expect(await rig.operations.lookUp('statement', { id })).toMatchObject({
      id,
      status: 'FINISHED',
      clusterIdentifier: cluster,
      database: 'dev',
      hasResultSet: true,
      resultRows: 1,
    });
    const rows = await rig.control.count(cluster, 'dev', 'public.customers');
    expect(await rig.operations.lookUp('statementResult', { id })).toEqual({
      columns: [{ name: 'row_count', typeName: 'int8' }],
      rows: [[rows]],
      totalRows: 1,
      truncated: false,
    });
  });

  describe('a running statement', () => {
    let id: string;
    beforeAll(async () => {
      await rig.control.set({ statementSeconds: 300 });
      const { ExecuteStatementCommand } = await import('@aws-sdk/client-redshift-data');
      const started = await rig.clients.redshiftData.send(
        new ExecuteStatementCommand({ ClusterIdentifier: cluster, Database: 'dev', Sql: 'select 1' }),
      );
      id = started.Id!;
    });
    afterAll(() => rig.control.set({ statementSeconds: 0.05 }));

    it('is listed, and is left out of a list of finished ones', async () => {
      const ids = async (status: 'ALL' | 'FINISHED') =>
        (await rig.operations.lookUp('statements', { ...dev, status })).statements.map((found) => found.id);
      expect(await ids('ALL')).toContain(id);
      expect(await ids('FINISHED')).not.toContain(id);
    });

    it('has no result yet, and says so', async () => {
      await expect(rig.operations.lookUp('statementResult', { id })).rejects.toMatchObject({
        type: 'StatementHasNoResult',
        exit: 5,
      });
    });

    it('is cancelled once, also when the first answer is lost, and again without complaint', async () => {
      await rig.control.addFault({
        operation: 'CancelStatement',
        match: { Id: id },
        action: { kind: 'drop-after' },
      });
      expect(await rig.operations.lookUp('cancelStatement', { id })).toEqual({ cancelled: true });
      expect(await rig.operations.lookUp('cancelStatement', { id })).toEqual({ cancelled: true });
      expect((await rig.effectCounts('CancelStatement'))[id]).toBe(1);
      expect(await rig.operations.lookUp('statement', { id })).toMatchObject({ status: 'ABORTED' });
    });
  });

  it('says of a finished statement that there was nothing to cancel', async () => {
    const { statements } = await rig.operations.lookUp('statements', { status: 'FINISHED', limit: 1 });
    expect(await rig.operations.lookUp('cancelStatement', { id: statements[0]!.id })).toEqual({
      cancelled: false,
    });
  });

  it('waits a little for an AWS that is too busy', async () => {
    const action = { kind: 'error', code: 'DatabaseConnectionException', status: 500 };
    await rig.control.addFault({ operation: 'ListSchemas', action, times: 1 });
    expect((await rig.operations.lookUp('schemas', dev)).schemas).toContain('public');
  });

  it.each<[string, LookUpKind, object, object]>([
    [
      'a cluster that does not exist',
      'schemas',
      { warehouse: { clusterIdentifier: 'nowhere' }, database: 'dev' },
      { type: 'ClusterNotFound', exit: 5 },
    ],
    [
      'a database that does not exist',
      'tables',
      { warehouse: { clusterIdentifier: 'analytics' }, database: 'nowhere' },
      { type: 'InvalidRequest', message: expect.stringContaining('database "nowhere" does not exist') },
    ],
    [
      'a statement that does not exist',
      'statement',
      { id: randomUUID() },
      { type: 'StatementNotFound', exit: 5 },
    ],
  ])('tells of %s', async (_what, kind, input, failure) => {
    await expect(rig.operations.lookUp(kind, input as never)).rejects.toMatchObject(failure);
  });

  it('tells of an AWS that refuses, with the remedy', async () => {
    const action = { kind: 'error', code: 'AccessDeniedException', status: 400 };
    await rig.control.addFault({ operation: 'ListDatabases', action });
    await expect(rig.operations.lookUp('databases', { warehouse })).rejects.toMatchObject({
      type: 'AccessDenied',
      exit: 4,
      remedy: expect.any(String),
    });
  });

  it.each<[string, LookUpKind, object, string]>([
    ['no warehouse', 'databases', {}, 'warehouse'],
    ['a limit of nothing', 'tables', { ...dev, limit: 0 }, 'limit'],
    ['an id that is none', 'statement', { id: 'x' }, 'id'],
    ['an unknown state', 'statements', { status: 'DONE' }, 'status'],
    ['a field that is none', 'schemas', { ...dev, pattern: 'x' }, 'pattern'],
    [
      'a database user with a workgroup',
      'databases',
      { warehouse: { workgroupName: 'adhoc' }, dataApi: { dbUser: 'u' } },
      'dataApi.dbUser',
    ],
  ])('refuses %s before anything is asked', async (_what, kind, input, field) => {
    await expect(rig.operations.lookUp(kind, input as never)).rejects.toMatchObject({
      type: 'InvalidInput',
      problems: [expect.objectContaining({ field })],
    });
  });

  it('refuses bad input at the worker too, whoever started it', async () => {
    const started = { taskQueue: rig.taskQueue, args: [{ kind: 'statement', input: { id: 'x' } }] };
    const asked = rig.temporal.workflow.execute('lookUp', {
      ...started,
      workflowId: `look-up/${randomUUID()}`,
    });
    await expect(asked).rejects.toMatchObject({ cause: { type: 'InvalidInput' } });
    const strange = { ...started, args: [{ kind: 'toString', input: {} }] };
    const other = rig.temporal.workflow.execute('lookUp', {
      ...strange,
      workflowId: `look-up/${randomUUID()}`,
    });
    await expect(other).rejects.toMatchObject({ cause: { type: 'InvalidInput' } });
  });

  it('are no runs: not listed, no search attributes, replayed all the same', async () => {
    await rig.operations.lookUp('databases', { warehouse });
    const query = `TaskQueue = '${rig.taskQueue}' AND WorkflowType = 'lookUp'`;
    const started: { workflowId: string; runId: string }[] = [];
    while (started.length === 0) {
      for await (const seen of rig.temporal.workflow.list({ query })) {
        expect(seen.workflowId).toMatch(/^look-up\//);
        expect(Object.keys(seen.typedSearchAttributes.getAll()).join()).not.toMatch(/Undrop/);
        started.push(seen);
      }
    }
    started.forEach((run) => rig.track(run));
    const listed = await rig.operations.list({ limit: 1000 });
    expect(listed.runs.filter(({ workflowId }) => workflowId.startsWith('look-up/'))).toEqual([]);
    expect(await rig.replayAll()).toEqual([]);
  });

  it('say so when no worker answers, and are not done by one that comes later', async () => {
    await rig.stopWorker();
    const before = (await rig.control.operations('ListDatabases')).length;
    const asked = rig.operations.lookUp('databases', { warehouse }, { workerTimeoutMs: 1_000 });
    await expect(asked).rejects.toMatchObject({
      type: 'NoWorker',
      message: `look-up failed [kind=databases]: no worker on task queue ${rig.taskQueue} answered within 1 s`,
    });
    await rig.startWorker();
    await rig.operations.lookUp('schemas', dev);
    expect((await rig.control.operations('ListDatabases')).length).toBe(before);
  });
});
