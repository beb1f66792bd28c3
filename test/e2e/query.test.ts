import type { RunView } from '../../client';
import { failures } from '../../domain/failures';
import type { RunQueryInput, RunQueryResult } from '../../domain/operations/run-query';
import { cluster, quickSettings, Rig } from '../support/rig';
import { losses } from '../support/submits';

const resultOf = (run: RunView) => run.result as RunQueryResult;

describe('runQuery', () => {
  let rig: Rig;
  let lost: { workflowId: string; name: string };
  let neverHeard: string;
  const on = { warehouse: { clusterIdentifier: cluster }, database: 'dev' };
  const query = (input: Omit<RunQueryInput, 'warehouse' | 'database'>) =>
    rig.run('runQuery', { ...on, ...input });
  const hits = async (page: string) =>
    Number(
      (
        await rig.control.sql(cluster, 'dev', `select count(*) from public.hits where page = '${page}'`)
      )[0]![0],
    );
  const hit = (page: string) => `insert into public.hits values ('${page}')`;

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.warmUp();
    rig.loseConnectionsAfter(4_000);
    await rig.control.sql(cluster, 'dev', 'create table public.hits (page varchar(200))');
    await rig.startWorker();
    // These two take the minute that all attempts of a submit take; the others go on meanwhile.
    lost = { workflowId: `${rig.taskQueue}/lost`, name: `${rig.taskQueue}-lost` };
    const all = { operation: 'ExecuteStatement', times: 100 };
    await rig.control.addFault({ ...all, match: { Sql: hit('lost') }, action: { kind: 'drop-after' } });
    await rig.control.addFault({
      ...all,
      match: { Sql: hit('never heard') },
      action: { kind: 'drop-before' },
    });
    await rig.begin(
      'runQuery',
      { ...on, sql: hit('lost'), statementName: lost.name },
      { workflowId: lost.workflowId },
    );
    neverHeard = await rig.begin('runQuery', { ...on, sql: hit('never heard') });
  });

  afterEach(() => rig.control.set({ ...quickSettings, statementSeconds: 0.05, resultPageRows: 1000 }));

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  it('brings every kind of value home', async () => {
    const run = await query({
      sql: `select null::int as nothing, true as yes, 42::bigint as n, 0.5::float8 as f, 'NaN'::float8 as nan,
              12.50::numeric(12,2) as amount, 'Ünï' as text, date '2026-11-20' as day, decode('cafe', 'hex') as bytes`,
    });
    expect(run.failure).toBeUndefined();
    const { statementId, columns, ...rest } = resultOf(run);
    expect(columns.map(({ name }) => name).join(' ')).toBe('nothing yes n f nan amount text day bytes');
    expect(columns.find(({ name }) => name === 'n')).toEqual({ name: 'n', typeName: 'int8' });
    expect(rest).toEqual({
      rows: [[null, true, 42, 0.5, 'NaN', '12.50', 'Ünï', '2026-11-20', 'yv4=']],
      totalRows: 1,
      truncated: false,
    });
    expect(run.state?.aws).toEqual([{ kind: 'statement', id: statementId, step: 'query' }]);
  });

  it('says that an integer beyond 2^53 was rounded', async () => {
    expect(resultOf(await query({ sql: 'select 9007199254740993::bigint as n' })).rounded).toBe(true);
  });

  it('sends values as named parameters', async () => {
    const sql = 'select count(*) from public.orders where order_id <= :most and status <> :status';
    const run = await query({
      sql,
      parameters: [
        { name: 'most', value: '160' },
        { name: 'status', value: "'; drop table x; --" },
      ],
    });
    expect(resultOf(run).rows).toEqual([[10]]);
    const [request] = await rig.requests('ExecuteStatement', { Sql: sql });
    expect(request!.parameters.Parameters).toEqual([
      { name: 'most', value: '160' },
      { name: 'status', value: "'; drop table x; --" },
    ]);
  });

  it('reads all pages, as far as rows were asked for', async () => {
    await rig.control.set({ resultPageRows: 10 });
    const sql = 'select g from generate_series(1, 35) g order by g';
    const all = resultOf(await query({ sql }));
    expect(all.rows.map(([n]) => n)).toEqual(Array.from({ length: 35 }, (_, index) => index + 1));
    expect(all).toMatchObject({ totalRows: 35, truncated: false });
    const some = resultOf(await query({ sql, maxRows: 12 }));
    expect(some.rows).toEqual(all.rows.slice(0, 12));
    expect(some).toMatchObject({ totalRows: 35, truncated: true });
  });

  it('brings a megabyte home and no more', async () => {
    const run = await query({ sql: "select repeat('x', 60000) from generate_series(1, 40)" });
    expect(resultOf(run)).toMatchObject({ totalRows: 40, truncated: true });
    expect(resultOf(run).rows).toHaveLength(16);
  });

  it('tells how many rows a statement without a result changed', async () => {
    const run = await query({ sql: `insert into public.hits select 'counted' from generate_series(1, 3)` });
    expect(resultOf(run)).toMatchObject({ rows: [], columns: [], affectedRows: 3, truncated: false });
    expect(await hits('counted')).toBe(3);
  });

  it('asks AWS as it was told to: name, event, secret', async () => {
    const secretArn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:undrop-AbCdEf';
    const sql = 'select 11';
    await query({ sql, statementName: 'nightly', withEvent: true, dataApi: { secretArn } });
    const [request] = await rig.requests('ExecuteStatement', { Sql: sql });
    expect(request!.parameters).toMatchObject({
      StatementName: 'nightly',
      WithEvent: true,
      SecretArn: secretArn,
      Database: 'dev',
    });
  });

  it('runs on a serverless workgroup as on a cluster', async () => {
    const run = await rig.run('runQuery', {
      warehouse: { workgroupName: 'adhoc' },
      database: 'dev',
      sql: 'select 12',
    });
    expect(resultOf(run).rows).toEqual([[12]]);
    const [request] = await rig.requests('ExecuteStatement', { Sql: 'select 12' });
    expect(request!.parameters).toMatchObject({ WorkgroupName: 'adhoc' });
    expect(request!.parameters).not.toHaveProperty('ClusterIdentifier');
  });

  describe('of a batch', () => {
    it('gives the result of each statement', async () => {
      const run = await query({ sqls: [hit('batch'), 'select 1 as a', 'select 2 as b union all select 3'] });
      expect(run.failure).toBeUndefined();
      const { statementId, statements } = resultOf(run);
      expect(statements).toMatchObject([
        { statementId: `${statementId}:1`, rows: [], affectedRows: 1 },
        { statementId: `${statementId}:2`, columns: [{ name: 'a' }], rows: [[1]] },
        { statementId: `${statementId}:3`, columns: [{ name: 'b' }], rows: [[2], [3]], totalRows: 2 },
      ]);
      expect(await hits('batch')).toBe(1);
    });

    it('keeps all results together within a megabyte', async () => {
      const big = "select repeat('x', 60000) from generate_series(1, 10)";
      const { statements } = resultOf(await query({ sqls: [big, big, big] }));
      expect(statements!.map(({ rows }) => rows.length)).toEqual([10, 6, 0]);
      expect(statements!.map(({ truncated }) => truncated)).toEqual([false, true, true]);
    });

    it('leaves nothing when one statement of the transaction fails', async () => {
      const run = await query({ sqls: [hit('undone'), 'select * from nowhere'] });
      expect(run.failure).toMatchObject({
        type: 'StatementFailed',
        message: expect.stringContaining('Query #2 failed'),
      });
      expect(await hits('undone')).toBe(0);
    });

    it('tells which statements stay when each commits by itself', async () => {
      const run = await query({
        sqls: [hit('stays'), 'select * from nowhere', hit('stays too')],
        executionMode: 'AUTO_COMMIT',
      });
      expect(run.failure?.message).toMatch(/of the 3 statements committed all the same: 1, 3$/);
      expect(await hits('stays')).toBe(1);
    });
  });

  it('fails with the words of the database', async () => {
    const run = await query({ sql: 'select nothing from nowhere' });
    expect(run.failure).toMatchObject({
      type: 'StatementFailed',
      message: expect.stringContaining('relation "nowhere" does not exist'),
      remedy: failures.StatementFailed.remedy,
    });
  });

  it('passes on that AWS refuses a parameter without use', async () => {
    const run = await query({ sql: 'select 1', parameters: [{ name: 'unused', value: 'x' }] });
    expect(run.failure).toMatchObject({ type: 'InvalidRequest', message: expect.stringContaining('unused') });
  });

  it('cancels the statement when the run is cancelled', async () => {
    await rig.control.set({ statementSeconds: 600 });
    const workflowId = await rig.begin('runQuery', { ...on, sql: hit('cancelled') });
    const { state } = await rig.until(workflowId, (view) => view.state?.aws.length === 1);
    await rig.operations.cancel(workflowId, 'enough');
    const run = await rig.end(workflowId);
    expect(run.outcome).toBe('cancelled');
    const { id } = state!.aws[0]!;
    expect(run.state?.timeline.map(({ text }) => text)).toContain(`cancelled the statement ${id}`);
    expect(await rig.effectCounts('CancelStatement')).toMatchObject({ [id]: 1 });
    expect(await hits('cancelled')).toBe(0);
  });

  it('cancels the statement when the deadline passes, and says so', async () => {
    await rig.control.set({ statementSeconds: 600 });
    const run = await query({ sql: hit('late'), deadline: '1 second' });
    expect(run.failure).toMatchObject({
      type: 'DeadlinePassed',
      message: expect.stringMatching(/; cancelled the statement/),
    });
    expect(await hits('late')).toBe(0);
  });

  it('takes SQL of a hundred kilobytes', async () => {
    const run = await query({ sql: `select 1 -- ${'x'.repeat(102_300)}` });
    expect(resultOf(run).rows).toEqual([[1]]);
    expect(run.title.length).toBeLessThan(120);
  });

  it('keeps rows and parameter values out of memo, search attributes, card and titles', async () => {
    const { workflowId } = await query({
      sql: "select 'a-' || 'secret-row', :value::text",
      parameters: [{ name: 'value', value: 'a-secret-value' }],
    });
    const described = await rig.temporal.workflow.getHandle(workflowId).describe();
    const { memo, typedSearchAttributes } = described;
    const shown = JSON.stringify([memo, typedSearchAttributes.getAll(), await described.staticDetails()]);
    expect(shown).toContain('runQuery');
    expect(shown).not.toMatch(/a-secret/);
    const metadata = await rig.temporal.workflow
      .getHandle(workflowId)
      .query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(JSON.stringify(metadata)).toContain('Query dev');
    expect(JSON.stringify(metadata)).not.toMatch(/a-secret/);
  });

  describe('exactly once', () => {
    const page = (loss: string) => `answer lost: ${loss}`;

    it.each(losses)('when the answer is lost because $loss', async ({ loss, action }) => {
      const match = { Sql: hit(page(loss)) };
      await rig.control.addFault({ operation: 'ExecuteStatement', match, action });
      const run = await query({ sql: match.Sql });
      expect(run.failure).toBeUndefined();
      const requests = await rig.requests('ExecuteStatement', match);
      expect(requests.map(({ fault }) => fault !== undefined)).toEqual([true, false]);
      expect(new Set(requests.map(({ parameters }) => parameters.ClientToken)).size).toBe(1);
      expect(await hits(page(loss))).toBe(1);
    });

    it('when the answer to a batch is lost', async () => {
      await rig.control.addFault({
        operation: 'BatchExecuteStatement',
        match: { StatementName: 'batch-once' },
        action: { kind: 'drop-after' },
      });
      const run = await query({ sqls: [hit('batch once'), 'select 1'], statementName: 'batch-once' });
      expect(run.outcome).toBe('done');
      expect(await rig.requests('BatchExecuteStatement', { StatementName: 'batch-once' })).toHaveLength(2);
      expect(await hits('batch once')).toBe(1);
    });

    it('when no answer ever arrives: the statement is found by its name', async () => {
      const run = await rig.end(lost.workflowId);
      expect(run.failure).toBeUndefined();
      expect(resultOf(run)).toMatchObject({ affectedRows: 1 });
      expect(run.state?.timeline.map(({ text }) => text).join('\n')).toContain('taken over by its name');
      expect(await hits('lost')).toBe(1);
    });

    it('when AWS never heard it: nothing is guessed, and the name to look for is told', async () => {
      const run = await rig.end(neverHeard);
      expect(run.failure).toMatchObject({
        type: 'StatementUnresolved',
        message: expect.stringContaining(`name=undrop:${neverHeard}`),
      });
      expect(await hits('never heard')).toBe(0);
    });

    it('when the worker is killed between submit and reply', async () => {
      await rig.stopWorker();
      const match = { Sql: hit('worker killed') };
      let worker = await rig.startWorkerProcess();
      await rig.control.addFault({
        operation: 'ExecuteStatement',
        match,
        action: { kind: 'hang', effect: 'kept' },
      });
      const workflowId = await rig.begin('runQuery', { ...on, sql: match.Sql });
      while ((await rig.requests('ExecuteStatement', match)).length === 0)
        await new Promise((r) => setTimeout(r, 50));
      process.kill(worker.pid, 'SIGKILL');
      expect(await worker.exited).toEqual({ code: null, signal: 'SIGKILL' });
      worker = await rig.startWorkerProcess();
      const run = await rig.end(workflowId);
      await worker.stop();
      expect(run.failure).toBeUndefined();
      expect(await rig.requests('ExecuteStatement', match)).toHaveLength(2);
      expect(await hits('worker killed')).toBe(1);
    });
  });
});
