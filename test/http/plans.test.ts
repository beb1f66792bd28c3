import { blocking, ok } from '../../domain/plan/finding';
import type { Operations } from '../../client/http/api';
import { operationExamples } from '../../client/http/examples';
import { problemSchema } from '../../client/http/schemas';
import { resolveRun } from '../../client/resolve-run';
import { operationNames, operations as registry } from '../../domain/operations';
import { apiRig, bearer, tokens, untouched, type ApiRig } from './api-rig';

/** Plans without looking at anything: what comes out is what went in. The looks have tests of their own (test/e2e/plan). */
const planning = {
  plan: async (operation, input, options) => {
    const { workflowId, title } = resolveRun(operation, input, options);
    const findings = [ok('warehouse', 'is there'), blocking('target name', 'is taken', 'TargetTableExists')];
    return { operation, workflowId, title, findings, steps: [], feasible: false };
  },
} as Partial<Operations> as Operations;

describe('POST /v1/<operation>/plan', () => {
  let api: ApiRig;
  beforeAll(async () => void (api = await apiRig(planning)));
  afterAll(() => api.app.close());

  it.each(operationNames)('plans %s, and names the route that would start it', async (operation) => {
    const start = `/v1/${registry[operation].command}`;
    for (const { value } of Object.values(operationExamples[operation])) {
      const response = await api.post(`${start}/plan`, value);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ apiVersion: 'undrop/v1', operation, links: { start } });
    }
  });

  const input = operationExamples.restoreTable.byTime!.value;

  it('tells what would block a run as a finding, which is an answer and no error', async () => {
    const response = await api.post('/v1/restore-table/plan', input);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      feasible: false,
      findings: [
        { level: 'ok' },
        { level: 'blocking', failure: 'TargetTableExists', remedy: expect.any(String) },
      ],
    });
  });

  it('plans the run of the Idempotency-Key, after which names on AWS are made', async () => {
    const key = { 'idempotency-key': '"ticket-4711"' };
    const planned = await api.post('/v1/restore-table/plan', input, key);
    expect(await planned.json()).toMatchObject({ workflowId: 'ticket-4711' });
    const byInput = await api.post('/v1/restore-table/plan', input);
    expect(await byInput.json()).toMatchObject({
      workflowId: expect.stringMatching(/^restore-table\/analytics\/dev\.public\.orders\//),
    });
  });

  it('names every problem of an input at once', async () => {
    const response = await api.post('/v1/restore-table/plan', { table: { database: '' }, colour: 'red' });
    expect(response.status).toBe(400);
    const { problems } = problemSchema.parse(await response.json());
    expect(problems!.map(({ path }) => path).sort()).toEqual([
      'colour',
      'source',
      'table.database',
      'table.table',
      'warehouse',
    ]);
  });

  it('lets a viewer plan what an operator may start, and asks an admin where SQL is of their own', async () => {
    const viewer = bearer(tokens.viewer);
    expect((await api.post('/v1/restore-table/plan', input, viewer)).status).toBe(200);
    const query = operationExamples.runQuery.count!.value;
    expect((await api.post('/v1/query/plan', query, viewer)).status).toBe(403);
    expect((await api.post('/v1/query/plan', query, bearer(tokens.operator))).status).toBe(403);
    expect((await api.post('/v1/query/plan', query)).status).toBe(200);
  });
});

describe('GET /v1/operations', () => {
  it('tells what can be started, by whom, with schema and examples of each input', async () => {
    const api = await apiRig(untouched);
    try {
      const { operations } = (await (await api.get('/v1/operations')).json()) as {
        operations: {
          operation: string;
          role: string;
          links: object;
          inputSchema: object;
          examples: object;
        }[];
      };
      expect(operations.map(({ operation }) => operation)).toEqual(operationNames);
      expect(operations.find(({ operation }) => operation === 'restoreTable')).toMatchObject({
        role: 'operator',
        links: { start: '/v1/restore-table', plan: '/v1/restore-table/plan' },
        inputSchema: { required: expect.arrayContaining(['warehouse', 'source', 'table']) },
        examples: { byTime: { value: { source: { asOf: '1h' } } } },
      });
      expect(operations.find(({ operation }) => operation === 'runQuery')!.role).toBe('admin');
    } finally {
      await api.app.close();
    }
  });
});
