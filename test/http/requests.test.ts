import { Writable } from 'node:stream';
import pino from 'pino';
import { InvalidInputError } from '../../client';
import { ClientError, TemporalUnreachableError } from '../../client/errors';
import type { Operations } from '../../client/http/api';
import { problemSchema } from '../../client/http/schemas';
import { failures } from '../../domain/failures';
import { apiRig, bearer, tokens, untouched, type ApiRig } from './api-rig';

const started: ApiRig[] = [];
const api = async (...args: Parameters<typeof apiRig>) => {
  const rig = await apiRig(...args);
  started.push(rig);
  return rig;
};
afterEach(async () => {
  for (const rig of started.splice(0)) await rig.app.close();
});

const failing = (error: unknown) =>
  new Proxy({} as Operations, { get: () => async () => Promise.reject(error) });
const problemIn = async (response: Response) => {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return problemSchema.parse(await response.json());
};

describe('problem documents', () => {
  it.each(
    ['TargetTableExists', 'SnapshotNotFound', 'NotAuthorized', 'Throttled'].filter(
      (type) => type in failures,
    ),
  )('have status and remedy of the failure table: %s', async (type) => {
    const row = failures[type as keyof typeof failures];
    const { get } = await api(
      failing(new ClientError(type as keyof typeof failures, 'look-up failed: as told')),
    );
    const response = await get('/v1/tables?database=dev&warehouse.clusterIdentifier=a');
    expect(response.status).toBe(row.http);
    expect(await problemIn(response)).toMatchObject({
      type: `urn:undrop:failure:${type}`,
      status: row.http,
      detail: 'look-up failed: as told',
      remedy: row.remedy,
      instance: '/v1/tables',
    });
  });

  it('tell how far the connection to a Temporal that is away gets', async () => {
    const checks = [
      { name: 'TCP' as const, ok: false, detail: 'nothing listens', advice: 'Start Temporal there' },
    ];
    const { get } = await api(failing(new TemporalUnreachableError('temporal:7233', checks)));
    const response = await get('/v1/runs');
    expect(response.status).toBe(503);
    expect(await problemIn(response)).toMatchObject({
      type: 'urn:undrop:failure:TemporalUnreachable',
      checks,
    });
  });

  it('say nothing of the inside of an error that nobody foresaw', async () => {
    const { get } = await api(failing(new Error('password=hunter2 at /srv/app.js:1')));
    const response = await get('/v1/runs/x');
    expect(response.status).toBe(500);
    const problem = await problemIn(response);
    expect(problem.type).toBe('urn:undrop:failure:Unexpected');
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|app\.js/);
  });

  it.each([
    ['POST', '/v1/no-such-operation'],
    ['GET', '/v1/restore-table'],
    ['GET', '/v1/runs/a/b/c'],
    ['GET', '/metric'],
    ['GET', '/v1/plan'],
  ])('answer 404 to %s %s', async (method, path) => {
    const { url } = await api(untouched);
    const response = await fetch(`${url}${path}`, { method, headers: bearer(tokens.admin) });
    expect(response.status).toBe(404);
    expect(await problemIn(response)).toMatchObject({
      type: 'urn:undrop:failure:RouteNotFound',
      instance: path,
    });
  });

  it.each([
    ['JSON that is none', '{"a":', 'application/json', 400, 'NotJson'],
    ['nothing, said to be JSON', '', 'application/json', 400, 'NotJson'],
    ['a form', 'a=b', 'application/x-www-form-urlencoded', 415, 'UnsupportedMediaType'],
    ['plain text', '{}', 'text/plain', 415, 'UnsupportedMediaType'],
    ['a prototype in disguise', '{"__proto__":{"x":1}}', 'application/json', 400, 'NotJson'],
    ['a list', '[]', 'application/json', 400, 'InvalidInput'],
    ['null', 'null', 'application/json', 400, 'InvalidInput'],
    [
      'more than 256 KB',
      JSON.stringify({ a: 'x'.repeat(256 * 1024) }),
      'application/json',
      413,
      'BodyTooLarge',
    ],
  ])('refuse a body that is %s', async (_what, body, type, status, failure) => {
    const { post } = await api(untouched);
    const response = await post('/v1/restore-table', body, { 'content-type': type });
    expect(response.status).toBe(status);
    expect((await problemIn(response)).type).toBe(`urn:undrop:failure:${failure}`);
  });
});

describe('limits', () => {
  it('lets one address ask so often a minute, says when to come back, and leaves the probes alone', async () => {
    const { get } = await api(failing(new InvalidInputError('x', [])), { rateLimit: 3 });
    for (const wrongToken of [1, 2, 3]) {
      expect((await get('/v1/runs', bearer(`guess ${wrongToken}`))).status).toBe(401);
    }
    const response = await get('/v1/runs');
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await problemIn(response)).type).toBe('urn:undrop:failure:TooManyRequests');
    expect((await get('/livez', {})).status).toBe(200);
  });
});

describe('requests', () => {
  it("are known by the caller's own id where a log can bear it, else by a new one", async () => {
    const { get } = await api(untouched);
    const given = await get('/livez', { 'x-request-id': 'night-shift.42' });
    expect(given.headers.get('x-request-id')).toBe('night-shift.42');
    const strange = await get('/livez', { 'x-request-id': 'a b{"level":60}' });
    expect(strange.headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-/);
  });

  it('are logged with their id, and never with a token, whether it was good or not', async () => {
    const lines: string[] = [];
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    const { get, post } = await api(failing(new Error('inside')), { logger: pino({ level: 'trace' }, sink) });
    await get('/v1/runs', { ...bearer('wrong-canary'), 'x-request-id': 'one' });
    await get('/v1/runs', { ...bearer(tokens.viewer), 'x-request-id': 'two' });
    await post('/v1/runs/x/cancel', undefined, { 'x-request-id': 'three' });
    const log = lines.join('');
    for (const id of ['one', 'two', 'three']) expect(log).toContain(`"reqId":"${id}"`);
    expect(log).toContain('the viewer');
    expect(log).not.toMatch(/canary|token-[voa]/);
  });

  it('that change something leave one line that tells who did what', async () => {
    const lines: { audit?: object }[] = [];
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(JSON.parse(String(chunk)) as object);
        done();
      },
    });
    const run = { workflowId: 'a/b', runId: 'r', links: { ui: '' }, outcome: 'running' };
    const cancelling = { cancel: async () => run, list: async () => ({ runs: [] }) } as unknown as Operations;
    const { get, post } = await api(cancelling, { logger: pino(sink) });
    await get('/v1/runs');
    expect((await post('/v1/runs/a%2Fb/cancel', undefined, bearer(tokens.operator))).status).toBe(202);
    expect(lines.flatMap(({ audit }) => audit ?? [])).toEqual([
      {
        action: 'cancel',
        who: 'the operator',
        role: 'operator',
        workflowId: 'a/b',
        runId: 'r',
        reason: 'over the API, by the operator',
      },
    ]);
  });

  it('are not kept by anybody on the way, nor taken for another type', async () => {
    const { get } = await api(untouched);
    const { headers } = await get('/v1/runs', {});
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('probes', () => {
  it('say that the process lives, whatever Temporal does, and that it is not ready without Temporal', async () => {
    const { get } = await api(failing(new TemporalUnreachableError('secret-host:7233', [])));
    for (const path of ['/livez', '/healthz']) expect((await get(path, {})).status).toBe(200);
    const response = await get('/readyz', {});
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'not ready', reason: 'TemporalUnreachable' });
  });

  it('say ready when Temporal answers, and ask it once for many probes', async () => {
    let asked = 0;
    const list = async () => {
      asked += 1;
      return { apiVersion: 'undrop/v1', runs: [] };
    };
    const { get } = await api({ list } as unknown as Operations);
    const answers = await Promise.all(Array.from({ length: 5 }, () => get('/readyz', {})));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(asked).toBe(1);
  });
});

describe('look-ups', () => {
  const asking = () => {
    const asked: unknown[] = [];
    const lookUp = async (kind: string, input: unknown) => {
      asked.push([kind, input]);
      return { answered: kind };
    };
    return { asked, operations: { lookUp } as unknown as Operations };
  };

  it.each([
    [
      '/v1/tables?warehouse.clusterIdentifier=analytics&database=dev&dataApi.dbUser=reader&limit=5',
      'tables',
      {
        warehouse: { clusterIdentifier: 'analytics' },
        database: 'dev',
        dataApi: { dbUser: 'reader' },
        limit: 5,
      },
    ],
    [
      '/v1/table?warehouse.workgroupName=adhoc&table.database=dev&table.table=a%20%22b%22',
      'table',
      { warehouse: { workgroupName: 'adhoc' }, table: { database: 'dev', table: 'a "b"' } },
    ],
    ['/v1/statements?roleLevel=false&status=FAILED', 'statements', { roleLevel: false, status: 'FAILED' }],
    [
      '/v1/statements/d9b6c0c9-0747-4bf4-b142-e8883122f766:2/result?maxRows=10',
      'statementResult',
      { id: 'd9b6c0c9-0747-4bf4-b142-e8883122f766:2', maxRows: 10 },
    ],
  ])('take their input from the query, each value under its path: %s', async (path, kind, input) => {
    const { asked, operations } = asking();
    const { get } = await api(operations);
    const response = await get(path);
    expect([response.status, await response.json()]).toEqual([200, { answered: kind }]);
    expect(asked).toEqual([[kind, input]]);
  });

  it('name every parameter that is wrong, and ask nothing then', async () => {
    const { get } = await api(untouched);
    const response = await get(
      '/v1/tables?warehouse.clusterIdentifier=No!&limit=many&colour=red&__proto__.x=1',
    );
    expect(response.status).toBe(400);
    const { problems } = await problemIn(response);
    expect(problems!.map(({ path }) => path).sort()).toEqual([
      '__proto__.x',
      'colour',
      'database',
      'limit',
      'warehouse.clusterIdentifier',
    ]);
  });

  it('that change something are asked by POST', async () => {
    const { asked, operations } = asking();
    const { post, get } = await api(operations);
    const path = '/v1/statements/d9b6c0c9-0747-4bf4-b142-e8883122f766/cancel';
    expect((await get(path)).status).toBe(404);
    expect((await post(path)).status).toBe(200);
    expect(asked).toEqual([['cancelStatement', { id: 'd9b6c0c9-0747-4bf4-b142-e8883122f766' }]]);
  });
});
