import { Writable } from 'node:stream';
import pino from 'pino';
import { ClientError } from '../../client/errors';
import type { Operations } from '../../client/http/api';
import { operationExamples } from '../../client/http/examples';
import { apiRig, bearer, tokens, type ApiRig } from './api-rig';

let api: ApiRig;
afterEach(() => api.app.close());

const input = operationExamples.restoreTable.byTime!.value;

/** Starts what it is asked for, and says the second time that it runs already. */
function starting(): Operations {
  let runs = 0;
  const start = async (operation: string, _input: unknown, { workflowId }: { workflowId: string }) => ({
    operation,
    workflowId,
    runId: 'r',
    links: { ui: '' },
    ...((runs += 1) > 1 && { reason: 'already running' }),
  });
  const show = async () => {
    throw new ClientError('RunNotFound', 'no such run');
  };
  return { start, show } as unknown as Operations;
}

const scrape = async (headers?: Record<string, string>) => (await api.get('/metrics', headers)).text();

it('counts requests by route template, problems by type, and runs by what came of asking for them', async () => {
  api = await apiRig(starting());
  await api.post('/v1/restore-table', input);
  await api.post('/v1/restore-table', input);
  await api.post('/v1/restore-table', { colour: 'red' });
  await api.get('/v1/runs/one');
  await api.get('/v1/runs/another%2Fone');
  await api.get('/no/such/route');
  await api.get('/v1/runs', {});
  const text = await scrape();
  for (const line of [
    'undrop_api_requests_total{method="POST",route="/v1/restore-table",status="202"} 2',
    'undrop_api_requests_total{method="POST",route="/v1/restore-table",status="400"} 1',
    'undrop_api_requests_total{method="GET",route="/v1/runs/:id",status="404"} 2',
    'undrop_api_requests_total{method="GET",route="(none)",status="404"} 1',
    'undrop_api_request_duration_seconds_count{method="GET",route="/v1/runs/:id"} 2',
    'undrop_api_runs_asked_total{operation="restoreTable",answer="started"} 1',
    'undrop_api_runs_asked_total{operation="restoreTable",answer="already running"} 1',
    'undrop_api_runs_asked_total{operation="restoreTable",answer="refused"} 1',
    'undrop_api_runs_asked_total{operation="copySnapshot",answer="started"} 0',
    'undrop_api_problems_total{type="InvalidInput"} 1',
    'undrop_api_problems_total{type="Unauthenticated"} 1',
    'undrop_api_problems_total{type="RouteNotFound"} 1',
    'undrop_api_problems_total{type="RoleTooLow"} 0',
  ])
    expect(text.split('\n')).toContain(line);
});

it('counts refused callers and those who ask too often', async () => {
  api = await apiRig(starting(), { rateLimit: 3 });
  await api.get('/v1/runs', bearer('guessed'));
  await api.post('/v1/query', {}, bearer(tokens.operator));
  await api.get('/v1/operations');
  await api.get('/v1/operations');
  const text = await scrape();
  for (const type of ['Unauthenticated', 'RoleTooLow', 'TooManyRequests'])
    expect(text.split('\n')).toContain(`undrop_api_problems_total{type="${type}"} 1`);
});

describe('/metrics', () => {
  it('is for viewers and above', async () => {
    api = await apiRig(starting());
    expect((await api.get('/metrics', {})).status).toBe(401);
    expect((await api.get('/metrics', bearer('guessed'))).status).toBe(401);
    expect((await api.get('/metrics', bearer(tokens.viewer))).status).toBe(200);
  });

  it('is for everybody only when that was asked for', async () => {
    api = await apiRig(starting(), { metricsAccess: 'open' });
    expect((await api.get('/metrics', {})).status).toBe(200);
  });

  it('is not there when it is off', async () => {
    api = await apiRig(starting(), { metricsAccess: 'off' });
    expect((await api.get('/metrics')).status).toBe(404);
  });

  it('needs no token where nothing does, and answers this machine alone then', async () => {
    api = await apiRig(starting(), { auth: { tokens: [] } });
    expect((await api.get('/metrics', {})).status).toBe(200);
    const elsewhere = await api.app.inject({ url: '/metrics', headers: { host: 'rebound.example.org' } });
    expect(elsewhere.statusCode).toBe(403);
  });
});

it('writes one line for each request: id, route, status, duration, who, and what was wrong', async () => {
  const lines: { msg: string }[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(String(chunk)) as { msg: string });
      done();
    },
  });
  api = await apiRig(starting(), { logger: pino({ base: undefined }, sink) });
  await api.post('/v1/restore-table', input, { 'x-request-id': 'one' });
  await api.get('/v1/runs?cursor=secret', { ...bearer(tokens.viewer), 'x-request-id': 'two' });
  await api.get('/v1/runs', { 'x-request-id': 'three' });
  await api.get('/livez');
  await api.get('/metrics');
  while (lines.length < 4) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(lines.filter(({ msg }) => msg === 'answered')).toMatchObject([
    {
      reqId: 'one',
      method: 'POST',
      route: '/v1/restore-table',
      status: 202,
      durationMs: expect.any(Number),
      who: 'the admin',
      role: 'admin',
      from: '127.0.0.1',
    },
    { reqId: 'two', status: 400, path: '/v1/runs', problem: { type: 'urn:undrop:failure:InvalidInput' } },
    { reqId: 'three', status: 401, problem: { type: 'urn:undrop:failure:Unauthenticated' } },
  ]);
  expect(JSON.stringify(lines)).not.toContain('secret');
});
