import { ClientError } from '../../client/errors';
import type { Operations } from '../../client/http/api';
import { retriedSchema } from '../../client/http/schemas';
import type { RetryOptions, RetryResult, RunView } from '../../client';
import { apiRig, bearer, tokens, untouched, type ApiRig } from './api-rig';

const asked: [string, RetryOptions][] = [];
const result: RetryResult = {
  apiVersion: 'undrop/v1',
  workflowId: 'recover-table/a/b/12345678',
  runId: 'r2',
  links: { ui: 'http://ui.test/x' },
  temporalCommand: 'temporal workflow show',
  operation: 'recoverTable',
  title: 'Recover b',
  retried: true,
  of: { workflowId: 'recover-table/a/b/12345678', runId: 'r1' },
  from: 'restore',
  because: 'it failed (RestoreFailed)',
  kept: [{ step: 'copy', text: 'the snapshot s is there' }],
  steppedBack: [],
  notes: [],
};
const operations: Operations = {
  ...untouched,
  retry: async (id, options) => {
    if (id === 'runs') throw new ClientError('RunStillRuns', 'retry failed [run=runs]: the run is running');
    asked.push([id, options ?? {}]);
    return options?.dryRun ? { ...result, retried: false, reason: 'dry run' } : result;
  },
  show: async (id) => ({ operation: id === 'query' ? 'runQuery' : 'recoverTable' }) as RunView<never>,
};

let api: ApiRig;
beforeAll(async () => {
  api = await apiRig(operations);
});
afterAll(async () => {
  await api.app.close();
});
beforeEach(() => void asked.splice(0));

const operator = bearer(tokens.operator);

describe('POST /v1/runs/{id}/retry', () => {
  it('goes on with the run, with or without a body, and answers 202 with its address', async () => {
    const id = encodeURIComponent(result.workflowId);
    const response = await api.post(`/v1/runs/${id}/retry`, undefined, operator);
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toBe(`/v1/runs/${id}`);
    expect(retriedSchema.parse(await response.json())).toMatchObject({
      from: 'restore',
      links: { self: `/v1/runs/${id}`, retry: `/v1/runs/${id}/retry` },
    });
    expect(asked).toEqual([[result.workflowId, {}]]);
  });

  it('tells what it would do', async () => {
    const body = { from: 'copy', with: { 'table.table': 'orders', export: null }, dryRun: true };
    const response = await api.post('/v1/runs/x/retry', body, operator);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ retried: false, reason: 'dry run' });
    expect(asked).toEqual([['x', body]]);
  });

  it('takes an operator; other SQL in a query, or a named step of one, takes an admin', async () => {
    const status = async (id: string, body: object | undefined, token: string) =>
      (await api.post(`/v1/runs/${id}/retry`, body, bearer(token))).status;
    expect(await status('x', undefined, tokens.viewer)).toBe(403);
    expect(await status('query', undefined, tokens.operator)).toBe(202);
    expect(await status('query', { with: { sql: 'drop table x' } }, tokens.operator)).toBe(403);
    expect(await status('query', { from: 'query' }, tokens.operator)).toBe(403);
    expect(await status('query', { with: { sql: 'drop table x' } }, tokens.admin)).toBe(202);
    expect(asked).toHaveLength(2);
  });

  it.each<[object, string]>([
    [{ from: '' }, 'from'],
    [{ with: 'table=x' }, 'with'],
    [{ frm: 'copy' }, 'frm'],
  ])('refuses %j, naming the field', async (body, field) => {
    const response = await api.post('/v1/runs/x/retry', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ problems: [expect.objectContaining({ path: field })] });
    expect(asked).toEqual([]);
  });

  it('answers 409 while the run runs', async () => {
    const response = await api.post('/v1/runs/runs/retry');
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ type: 'urn:undrop:failure:RunStillRuns' });
  });
});
