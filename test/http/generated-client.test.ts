import { startApiChild, type ApiChild } from '../../dev/children';
import { operationExamples } from '../../client/http/examples';
import { cluster, Rig } from '../support/rig';
import { temporalAddress } from '../support/stand-in-rig';
import { until } from '../support/until';
import { bearer, tokens, tokenLines } from './api-rig';
import type * as ApiClient from './generated/api-client.js' with { 'resolution-mode': 'import' };

// Made from docs/openapi.json by `npm run docs:openapi`: as strange to Undrop as the program of any caller.
const client = require('./generated/api-client') as typeof ApiClient;

/** The API as a process of its own, a real Temporal server, a real worker, simulated AWS, and a client that was generated. */
describe('a client that was generated from the OpenAPI document', () => {
  let rig: Rig;
  let api: ApiChild;

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.startWorker();
    api = await startApiChild({
      temporalAddress: temporalAddress(),
      taskQueue: rig.taskQueue,
      env: { UNDROP_API_TOKENS: tokenLines, UNDROP_UI_URL: 'http://ui.test' },
    });
    client.defaults.baseUrl = api.url;
    client.defaults.headers = bearer(tokens.operator);
  });
  afterAll(async () => {
    await api?.child.stop();
    await rig?.close();
  });

  const input = operationExamples.restoreTable.byTime!.value;
  const verify = operationExamples.verifyTable.rowCount!.value;

  /** The answer of that status, typed as the document says. */
  function expectStatus<T extends { status: number }, S extends T['status']>(answer: T, status: S) {
    if (answer.status !== status) throw new Error(`not ${status}: ${JSON.stringify(answer)}`);
    return answer as Extract<T, { status: S }>;
  }

  it('lists what can be started', async () => {
    const { data } = expectStatus(await client.listOperations(), 200);
    expect(data.operations.map(({ operation }) => operation)).toContain('recoverTable');
  });

  it('plans a run through the worker, which asks AWS and changes nothing', async () => {
    const before = await rig.changes();
    const { data: plan } = expectStatus(await client.planRestoreTable(input), 200);
    expect(plan).toMatchObject({
      operation: 'restoreTable',
      feasible: true,
      links: { start: '/v1/restore-table' },
    });
    expect(plan.findings.map(({ subject }) => subject)).toContain('target name');
    expect(plan.steps.map(({ name }) => name)).toEqual(['choose', 'restore']);
    expect(await rig.changes()).toEqual(before);
  });

  it('plans a run that would be refused, and learns why', async () => {
    const { data: plan } = expectStatus(
      await client.planRestoreTable({ ...input, target: { table: 'customers' } }),
      200,
    );
    expect(plan.feasible).toBe(false);
    expect(plan.findings).toContainEqual(
      expect.objectContaining({ subject: 'target name', level: 'blocking', failure: 'TargetTableExists' }),
    );
  });

  it('starts a run under a key, follows its events to the end, and shows what it made', async () => {
    const key = `ticket-${rig.taskQueue}`;
    const { data: started } = expectStatus(await client.restoreTable(input, { idempotencyKey: key }), 202);
    rig.track(started);
    expect(started).toMatchObject({ workflowId: key, started: true, links: { self: `/v1/runs/${key}` } });

    const { data: events } = expectStatus(await client.watchRun(key), 200);
    const [, lastId = ''] = /id: (\S+)\ndata: .*\n\n$/.exec(events) ?? [];
    expect(events).toContain('event: run\n');
    expect(events).toMatch(/event: end\nid: \S+\ndata: .*"outcome":"done"/);
    expectStatus(await client.watchRun(key, { lastEventId: lastId }), 204);

    const { data: run } = expectStatus(await client.showRun(key), 200);
    expect(run).toMatchObject({ outcome: 'done', operation: 'restoreTable' });
    expect(run.state!.aws).toContainEqual(expect.objectContaining({ kind: 'table restore request' }));

    const { data: again } = expectStatus(await client.restoreTable(input, { idempotencyKey: key }), 200);
    expect(again).toMatchObject({ started: false, reason: 'already done', runId: run.runId });
    const { data: taken } = expectStatus(await client.verifyTable(verify, { idempotencyKey: key }), 409);
    expect(taken.type).toBe('urn:undrop:failure:WorkflowIdTaken');
    expect(await rig.control.effects('RestoreTable')).toHaveLength(1);
  });

  it('lists runs page by page', async () => {
    const keys = ['first', 'second'].map((round) => `${rig.taskQueue}-${round}`);
    for (const key of keys) {
      rig.track(expectStatus(await client.verifyTable(verify, { idempotencyKey: key }), 202).data);
      await rig.end(key);
    }
    // Runs that have ended, and nobody else's: the list stands still between its pages.
    const query = {
      warehouse: cluster,
      operation: 'verify-table',
      idPrefix: rig.taskQueue,
      outcome: 'done',
    } as const;
    await until(
      async () => expectStatus(await client.listRuns(query), 200).data.runs.length === 2 || undefined,
    );
    const page = { ...query, limit: '1' } as const;
    const first = expectStatus(await client.listRuns(page), 200).data;
    const second = expectStatus(await client.listRuns({ ...page, cursor: first.nextCursor! }), 200).data;
    expect([...second.runs, ...first.runs].map(({ workflowId }) => workflowId)).toEqual(keys);
  });

  it('cancels a run', async () => {
    await rig.control.set({ restorePendingSeconds: 600 });
    const { data: started } = expectStatus(
      await client.restoreTable({ ...input, target: { table: 'orders_cancelled' } }),
      202,
    );
    rig.track(started);
    const { workflowId } = started;
    expectStatus(await client.cancelRun(workflowId, { reason: 'wrong table' }), 202);
    expectStatus(await client.watchRun(workflowId), 200);
    expect(expectStatus(await client.showRun(workflowId), 200).data.outcome).toBe('cancelled');
  });

  it('is told every problem of an input, with the path of each', async () => {
    const wrong = { ...input, table: { database: '' } } as never;
    const { data: problem } = expectStatus(await client.restoreTable(wrong), 400);
    expect(problem.problems!.map(({ path }) => path).sort()).toEqual(['table.database', 'table.table']);
  });

  it('is told that its role is too low', async () => {
    const query = operationExamples.runQuery.count!.value;
    const { data } = expectStatus(await client.runQuery(query), 403);
    expect(data.detail).toBe('the operator has the role operator; this needs admin');
  });

  it('looks things up', async () => {
    const { data: found } = expectStatus(
      await client.listSources({ warehouseClusterIdentifier: cluster, asOf: '1h' }),
      200,
    );
    const ages: number[] = found.sources.map(({ ageSeconds }) => ageSeconds);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
    expect(found.choice?.chosen?.source).toEqual(found.sources.find(({ chosen }) => chosen)!.source);
    const { data } = expectStatus(
      await client.listTables('dev', { warehouseClusterIdentifier: cluster, schemaPattern: 'public' }),
      200,
    );
    const names: string[] = data.tables.map(({ name }) => name);
    expect(names).toContain('orders');
  });

  it('is told by types what an answer does not have', () => {
    type Sources = Extract<Awaited<ReturnType<typeof client.listSources>>, { status: 200 }>['data'];
    // @ts-expect-error There is no such member.
    const strange = ({ sources }: Sources) => sources.map(({ colour }) => colour);
    // @ts-expect-error An age is a number.
    const asText = ({ sources }: Sources): string[] => sources.map(({ ageSeconds }) => ageSeconds);
    expect([strange, asText]).toHaveLength(2);
  });

  it('is refused by types already where its input cannot be right', () => {
    // @ts-expect-error There is no restore without a table.
    const withoutTable = () => client.restoreTable({ warehouse: input.warehouse, source: input.source });
    // @ts-expect-error There is no such filter.
    const strangeFilter = () => client.listRuns({ colour: 'red' });
    expect([withoutTable, strangeFilter]).toHaveLength(2);
  });
});
