import { Client, Connection } from '@temporalio/client';
import { problemSchema, runListSchema, runSchema, startedSchema } from '../../client/http/schemas';
import { standInRig, temporalAddress, type StandInRig } from '../support/stand-in-rig';
import { apiRig, type ApiRig } from './api-rig';

let rig: StandInRig;
let api: ApiRig;
let temporal: Client;
beforeAll(async () => {
  rig = await standInRig();
  await rig.startWorker();
  temporal = new Client({
    connection: await Connection.connect({ address: temporalAddress() }),
    namespace: rig.config.temporal.namespace,
  });
  api = await apiRig(rig.operations);
});
afterAll(async () => {
  await api?.app.close();
  await temporal?.connection.close();
  await rig?.close();
});

const restore = (table: string) => ({
  warehouse: { clusterIdentifier: rig.cluster },
  source: { snapshotIdentifier: 'before-the-change' },
  table: { database: 'dev', table },
});
const key = (name: string) => ({ 'idempotency-key': `${rig.cluster}/${name}` });
const finish = (workflowId: string) => temporal.workflow.getHandle(workflowId).signal('finish');

describe('POST /v1/<operation>', () => {
  it('starts a run and answers 202 with its address and links', async () => {
    const response = await api.post('/v1/restore-table', restore('orders'));
    const started = startedSchema.parse(await response.json());
    expect(response.status).toBe(202);
    expect(started).toMatchObject({ started: true, operation: 'restoreTable' });
    expect(started.workflowId).toMatch(new RegExp(`^restore-table/${rig.cluster}/dev\\.public\\.orders/`));
    expect(response.headers.get('location')).toBe(`/v1/runs/${encodeURIComponent(started.workflowId)}`);
    const self = await api.get(started.links.self);
    expect(await self.json()).toMatchObject({ workflowId: started.workflowId, runId: started.runId });
  });

  it('takes the Idempotency-Key as workflow id, in quotes or without, and joins the run on the second call', async () => {
    const quoted = { 'idempotency-key': `"${rig.cluster}/joined"` };
    const first = await startedBy(api.post('/v1/restore-table', restore('slow_key'), key('joined')));
    const second = await startedBy(api.post('/v1/restore-table', restore('slow_key'), quoted));
    expect(first).toMatchObject({ started: true, workflowId: `${rig.cluster}/joined` });
    expect(second).toMatchObject({ started: false, reason: 'already running', runId: first.runId });
    await finish(first.workflowId);
  });

  it('answers 200 for what the same key did before', async () => {
    const first = await startedBy(api.post('/v1/restore-table', restore('once'), key('done')));
    await rig.operations.wait(first.workflowId);
    const second = await api.post('/v1/restore-table', restore('once'), key('done'));
    expect(second.status).toBe(200);
    expect(await second.json()).toMatchObject({ reason: 'already done', runId: first.runId });
  });

  it.each(['slow_running', 'done', 'refused_failed'])(
    'answers 409 to another body under the key of a run that is %s, and leaves that run alone',
    async (table) => {
      const first = await startedBy(api.post('/v1/restore-table', restore(table), key(`taken-${table}`)));
      if (!table.startsWith('slow')) await rig.operations.wait(first.workflowId);
      const other = await api.post('/v1/restore-table', restore('another'), key(`taken-${table}`));
      expect(other.status).toBe(409);
      expect(await other.json()).toMatchObject({ type: 'urn:undrop:failure:WorkflowIdTaken', status: 409 });
      expect((await rig.operations.show(first.workflowId)).runId).toBe(first.runId);
      if (table.startsWith('slow')) await finish(first.workflowId);
    },
  );

  it('starts anew, under the same key and with the same body, what failed', async () => {
    const first = await startedBy(api.post('/v1/restore-table', restore('refused_again'), key('anew')));
    await rig.operations.wait(first.workflowId);
    const second = await api.post('/v1/restore-table', restore('refused_again'), key('anew'));
    expect(second.status).toBe(202);
    expect(startedSchema.parse(await second.json()).runId).not.toBe(first.runId);
  });

  it('makes a run of its own when asked to do it again', async () => {
    const first = await startedBy(api.post('/v1/restore-table', restore('twice')));
    const again = await startedBy(api.post('/v1/restore-table?again=true', restore('twice')));
    expect(again.started).toBe(true);
    expect(again.workflowId).not.toBe(first.workflowId);
  });

  it('names every problem of an input at once, the key included', async () => {
    const body = { warehouse: { clusterIdentifier: 'No!' }, table: { database: '' }, colour: 'red' };
    const response = await api.post('/v1/restore-table', body, { 'idempotency-key': 'x'.repeat(1001) });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const problem = problemSchema.parse(await response.json());
    expect(problem).toMatchObject({ type: 'urn:undrop:failure:InvalidInput', instance: '/v1/restore-table' });
    expect(problem.problems!.map(({ path }) => path).sort()).toEqual([
      'colour',
      'source',
      'table.database',
      'table.table',
      'warehouse.clusterIdentifier',
      'workflowId',
    ]);
    expect(problem.problems).toContainEqual({ path: 'table.table', message: 'is missing' });
  });
});

describe('GET /v1/runs', () => {
  it('pages through the runs of a warehouse with a cursor, each run once', async () => {
    const ids: string[] = [];
    for (const table of ['page_a', 'page_b', 'page_c']) {
      const body = { ...restore(table), warehouse: { clusterIdentifier: `${rig.cluster}p` } };
      ids.push((await startedBy(api.post('/v1/restore-table', body))).workflowId);
    }
    // Temporal's list is a moment behind, and a run that ends moves to another place in it.
    await eventually(async () => (await page('limit=10&outcome=done')).runs.length === 3);
    const first = await page('limit=2');
    const second = await page(`limit=2&cursor=${first.nextCursor}`);
    expect([...first.runs, ...second.runs].map(({ workflowId }) => workflowId).sort()).toEqual(ids.sort());
    expect(first.runs[0]!.links.self).toBe(`/v1/runs/${encodeURIComponent(first.runs[0]!.workflowId)}`);
    expect((await page('operation=verify-table')).runs).toEqual([]);
    const elsewhere = await api.get(`/v1/runs?warehouse=other&cursor=${first.nextCursor}`);
    expect(elsewhere.status).toBe(400);

    async function page(query: string) {
      const response = await api.get(`/v1/runs?warehouse=${rig.cluster}p&${query}`);
      return runListSchema.parse(await response.json());
    }
  });

  it('takes a time, a state of Temporal, a target and a begin of the id', async () => {
    const warehouse = `${rig.cluster}f`;
    const body = { ...restore('filtered'), warehouse: { clusterIdentifier: warehouse } };
    const { workflowId } = await startedBy(api.post('/v1/restore-table', body));
    await rig.operations.wait(workflowId);
    const idsBy = async (query: string) => {
      const response = await api.get(`/v1/runs?target=${warehouse}&${query}`);
      return runListSchema.parse(await response.json()).runs.map((run) => run.workflowId);
    };
    await eventually(async () => (await idsBy('status=completed&since=1h')).length === 1);
    expect(await idsBy('status=timed%20out')).toEqual([]);
    expect(await idsBy('until=1h')).toEqual([]);
    expect(await idsBy(`idPrefix=${encodeURIComponent(workflowId.slice(0, -4))}`)).toEqual([workflowId]);
    expect(await idsBy('idPrefix=verify-table')).toEqual([]);
  });

  it('names every parameter that is wrong', async () => {
    const response = await api.get(
      '/v1/runs?operation=restart&outcome=good&limit=0&since=soon&status=lost&age=1h',
    );
    expect(response.status).toBe(400);
    const { problems } = problemSchema.parse(await response.json());
    expect(problems!.map(({ path }) => path).sort()).toEqual([
      'age',
      'limit',
      'operation',
      'outcome',
      'since',
      'status',
    ]);
  });

  it.each(['table', 'warehouse', 'target', 'idPrefix', 'schedule'])(
    'refuses a %s that no name is, before Temporal is asked',
    async (path) => {
      const response = await api.get(`/v1/runs?${path}=x%00`);
      expect(response.status).toBe(400);
      expect(problemSchema.parse(await response.json()).problems).toEqual([
        { path, message: 'must not have control characters' },
      ]);
    },
  );

  it('refuses a cursor that no list gave', async () => {
    const response = await api.get('/v1/runs?cursor=nonsense');
    expect(response.status).toBe(400);
    expect(problemSchema.parse(await response.json()).problems).toEqual([
      { path: 'cursor', message: 'is not one that this list gave' },
    ]);
  });
});

describe('GET /v1/runs/{id}', () => {
  it('shows steps, timeline, failure and remedy of a failed run', async () => {
    const { workflowId } = await startedBy(api.post('/v1/restore-table', restore('refused_shown')));
    await rig.operations.wait(workflowId);
    const run = runSchema.parse(await (await api.get(`/v1/runs/${encodeURIComponent(workflowId)}`)).json());
    expect(run).toMatchObject({
      outcome: 'failed',
      failure: { type: 'TargetTableExists', http: 409, remedy: expect.any(String) },
      state: {
        steps: [{ name: 'restore', state: 'failed' }],
        aws: [{ id: 'arn:left-behind', orphaned: true }],
      },
    });
    expect(run.links.ui).toContain('http://ui.test/');
  });

  it('shows an execution that is not the latest of its id', async () => {
    const first = await startedBy(api.post('/v1/restore-table', restore('refused_two')));
    await rig.operations.wait(first.workflowId);
    await startedBy(api.post('/v1/restore-table', restore('refused_two')));
    const run = runSchema.parse(await (await api.get(`${first.links.self}?runId=${first.runId}`)).json());
    expect(run.runId).toBe(first.runId);
  });

  it.each(['', '/events'])('answers 404 for a run that there is not: /v1/runs/{id}%s', async (rest) => {
    const response = await api.get(`/v1/runs/no%2Fsuch%2Frun${rest}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      type: 'urn:undrop:failure:RunNotFound',
      title: 'Run not found',
      instance: `/v1/runs/no%2Fsuch%2Frun${rest}`,
      detail: expect.stringContaining('run=no/such/run'),
      remedy: expect.any(String),
      requestId: response.headers.get('x-request-id'),
    });
  });
});

describe('POST /v1/runs/{id}/cancel', () => {
  it('stops a run with the reason that was given, and says so of one that has ended', async () => {
    const { workflowId, links } = await startedBy(api.post('/v1/restore-table', restore('slow_cancel')));
    const response = await api.post(links.cancel, { reason: 'wrong table' });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ workflowId, outcome: 'running' });
    await expect(rig.operations.wait(workflowId)).resolves.toMatchObject({ run: { outcome: 'cancelled' } });
    const { events } = await temporal.workflow.getHandle(workflowId).fetchHistory();
    const asked = events?.find(({ workflowExecutionCancelRequestedEventAttributes: a }) => a);
    expect(asked?.workflowExecutionCancelRequestedEventAttributes?.cause).toBe('wrong table');
    const again = await api.post(links.cancel);
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ type: 'urn:undrop:failure:RunEnded' });
  });

  it('needs no body, and refuses one that is something else', async () => {
    const { workflowId, links } = await startedBy(api.post('/v1/restore-table', restore('slow_bare')));
    const strange = await api.post(links.cancel, { because: 1 });
    expect(strange.status).toBe(400);
    expect(problemSchema.parse(await strange.json()).problems).toEqual([
      { path: 'because', message: 'is not a field of this input' },
    ]);
    expect((await api.post(links.cancel)).status).toBe(202);
    await expect(rig.operations.wait(workflowId)).resolves.toMatchObject({ run: { outcome: 'cancelled' } });
  });
});

const startedBy = async (response: Promise<Response>) => startedSchema.parse(await (await response).json());

async function eventually(seen: () => Promise<boolean>): Promise<void> {
  while (!(await seen())) await new Promise((resolve) => setTimeout(resolve, 50));
}
