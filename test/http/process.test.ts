import { readFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { startApiChild, type ApiChild, type ApiChildOptions } from '../../dev/children';
import { Cable } from '../support/cable';
import { runCommand } from '../support/child-command';
import { standInRig, temporalAddress, type StandInRig } from '../support/stand-in-rig';
import { bearer, tokenLines, tokens } from './api-rig';

/** `node dist/client/http/main.js`, as a person or a container starts it. */
const main = 'client/http/main.js';

let rig: StandInRig;
beforeAll(async () => {
  rig = await standInRig();
  await rig.startWorker();
});
afterAll(() => rig?.close());

const running: ApiChild[] = [];
afterEach(async () => {
  for (const { child } of running.splice(0)) await child.stop();
});

type Api = ApiChild & {
  log: string[];
  get(path: string, headers?: Record<string, string>): Promise<Response>;
};

async function start(options: Partial<ApiChildOptions> = {}): Promise<Api> {
  const log: string[] = [];
  const api = await startApiChild({
    temporalAddress: temporalAddress(),
    taskQueue: rig.env.UNDROP_TASK_QUEUE,
    env: { UNDROP_API_TOKENS: tokenLines },
    onLine: (line) => log.push(line),
    ...options,
  });
  running.push(api);
  const get = (at: string, headers: Record<string, string> = bearer(tokens.viewer)) =>
    fetch(`${api.url}${at}`, { headers });
  return { ...api, log, get };
}

const restore = (table: string) => ({
  warehouse: { clusterIdentifier: rig.cluster },
  source: { snapshotIdentifier: 's' },
  table: { database: 'dev', table },
});

describe('the HTTP API as a process', () => {
  it('says in one line of JSON where it is, answers there, and writes nothing but JSON', async () => {
    const { get, log, child } = await start();
    expect((await get('/readyz', {})).status).toBe(200);
    expect((await get('/v1/runs')).status).toBe(200);
    expect(await child.stop()).toEqual({ code: 0, signal: null });
    const lines = log.map((line) => JSON.parse(line) as { msg: string });
    expect(lines.map(({ msg }) => msg)).toEqual([
      expect.stringMatching(/^Server listening at http:/),
      'API ready',
      'answered',
      expect.stringMatching(/^API stops/),
      'API stopped',
    ]);
  });

  it('shows no token in its log, good or bad, not even at level trace', async () => {
    const { get, log, child } = await start({
      env: { UNDROP_API_TOKENS: tokenLines, UNDROP_LOG_LEVEL: 'trace' },
    });
    await get('/v1/runs?cursor=canary-query');
    await get('/v1/runs', bearer('canary-token'));
    await child.stop();
    expect(log.join('\n')).toContain('the viewer');
    expect(log.join('\n')).not.toMatch(/canary|token-[voa]/);
  });

  it('logs who asks through a proxy that it was told of', async () => {
    const env = { UNDROP_API_TOKENS: tokenLines, UNDROP_API_TRUSTED_PROXIES: '127.0.0.1' };
    const { get, log, child } = await start({ env });
    await get('/v1/operations', { ...bearer(tokens.viewer), 'x-forwarded-for': '203.0.113.5' });
    await child.stop();
    expect(log.find((line) => line.includes('"answered"'))).toContain('"from":"203.0.113.5"');
  });

  it('ends with code 1 and names everything that is wrong with its settings', async () => {
    const env = {
      UNDROP_API_PORT: 'many',
      UNDROP_API_METRICS: 'all',
      UNDROP_API_TRUSTED_PROXIES: '*',
      UNDROP_API_TOKENS: 'root x',
      UNDROP_LOG_LEVEL: 'loud',
    };
    const { code, out, err } = await runCommand(main, [], env);
    expect([code, out]).toEqual([1, '']);
    for (const variable of Object.keys(env)) expect(err).toContain(variable);
  });

  it('does not start where others could reach it without a token', async () => {
    const env = { TEMPORAL_ADDRESS: temporalAddress(), UNDROP_API_HOST: '0.0.0.0' };
    expect(await runCommand(main, [], env)).toMatchObject({
      code: 1,
      err: expect.stringContaining('UNDROP_API_HOST is 0.0.0.0, which others can reach'),
    });
  });

  it('says in plain words that its port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const port = String((other.address() as AddressInfo).port);
    try {
      const end = await runCommand(main, [], { TEMPORAL_ADDRESS: temporalAddress(), UNDROP_API_PORT: port });
      expect(end.code).toBe(1);
      expect(end.err).toBe(
        `undrop api: listening failed [host=127.0.0.1, port=${port}]: another program listens there; stop it, or set UNDROP_API_PORT to another port (0: any free one)\n`,
      );
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });
});

describe('SIGTERM', () => {
  it('ends the streams of events as streams end, and the process with code 0', async () => {
    const { get, child } = await start();
    const { workflowId } = await rig.operations.start('restoreTable', restore('slow_sigterm'));
    const events = await get(`/v1/runs/${encodeURIComponent(workflowId)}/events`);
    const reader = events.body!.getReader();
    await reader.read();
    const end = child.stop();
    let text = '';
    for (let next = await reader.read(); !next.done; next = await reader.read())
      text += Buffer.from(next.value as Uint8Array).toString();
    expect(text).not.toContain('event: end');
    expect(await end).toEqual({ code: 0, signal: null });
    await rig.operations.cancel(workflowId, 'enough');
  });

  it('lets a request that is under way be answered: what it started is told', async () => {
    const { url, child, log } = await start();
    const body = JSON.stringify(restore('while_it_stops'));
    const asking = request(`${url}/v1/restore-table`, {
      method: 'POST',
      headers: {
        ...bearer(tokens.operator),
        'content-type': 'application/json',
        'content-length': body.length,
        expect: '100-continue',
      },
    });
    const answered = new Promise<IncomingMessage>((resolve) => asking.once('response', resolve));
    const heard = new Promise<void>((resolve) => asking.once('continue', resolve));
    asking.flushHeaders();
    await heard;
    asking.write(body.slice(0, 10));
    const end = child.stop();
    while (!log.some((line) => line.includes('API stops')))
      await new Promise((resolve) => setTimeout(resolve, 10));
    asking.end(body.slice(10));
    const response = await answered;
    expect(response.statusCode).toBe(202);
    response.setEncoding('utf8');
    let text = '';
    for await (const chunk of response) text += String(chunk);
    const { workflowId } = JSON.parse(text) as { workflowId: string };
    await expect(rig.operations.show(workflowId)).resolves.toMatchObject({ operation: 'restoreTable' });
    expect(await end).toEqual({ code: 0, signal: null });
  });
});

describe('a Temporal that is away', () => {
  it('is told at the start, in every answer and by the probe, and is used as soon as it is there', async () => {
    const cable = new Cable();
    await cable.mend();
    await cable.cut();
    const { get, log } = await start({ temporalAddress: cable.address });
    const told = JSON.parse(log[0]!) as { msg: string; checks: object[]; remedy: string };
    expect(told.msg).toContain(`connection to Temporal failed [address=${cable.address}]`);
    expect(told.checks).toContainEqual(expect.objectContaining({ name: 'TCP', ok: false }));
    expect(log.join('\n')).toContain('API listens, and is ready when Temporal can be reached');

    for (const round of ['away at the start', 'away in the middle']) {
      const runs = await get('/v1/runs');
      expect([round, runs.status]).toEqual([round, 503]);
      expect(await runs.json()).toMatchObject({
        type: 'urn:undrop:failure:TemporalUnreachable',
        remedy: expect.stringContaining('Start Temporal'),
      });
      expect(await (await get('/readyz', {})).json()).toEqual({
        status: 'not ready',
        reason: 'TemporalUnreachable',
      });
      expect((await get('/livez', {})).status).toBe(200);

      await cable.mend();
      while ((await get('/readyz', {})).status !== 200)
        await new Promise((resolve) => setTimeout(resolve, 100));
      expect((await get('/v1/runs')).status).toBe(200);
      await cable.cut();
      while ((await get('/readyz', {})).status !== 503)
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
});

describe('the table of metrics in docs/http-api.md', () => {
  it('has what a scrape brings, with its labels, and nothing else', async () => {
    const { get } = await start();
    await get('/v1/runs');
    const scrape = await get('/metrics');
    expect(scrape.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const families = new Map<string, Set<string>>();
    for (const line of (await scrape.text()).split('\n')) {
      const [, name = ''] = /^# TYPE (\S+)/.exec(line) ?? [];
      if (name !== '') families.set(name, new Set());
      const [, sample = '', labels = ''] = /^(\w+)\{(.*)\} /.exec(line) ?? [];
      const family = families.get(sample.replace(/_(bucket|sum|count)$/, '')) ?? families.get(sample);
      for (const [, label] of labels.matchAll(/(\w+)="/g)) if (label !== 'le') family?.add(label!);
    }
    const ofProcess = /^undrop_api_(process|nodejs)_/;
    const scraped = [...families].filter(([name]) => !ofProcess.test(name));
    expect([...families.keys()].filter((name) => ofProcess.test(name)).length).toBeGreaterThan(10);

    const page = readFileSync(path.resolve(__dirname, '..', '..', 'docs', 'http-api.md'), 'utf8');
    const table = [...page.matchAll(/^\| `(undrop_api_\w+)` \|(.*?)\|/gm)].map(
      ([, name, labels]) => [name, labels!.replace(/[` ]/g, '')] as const,
    );
    expect(Object.fromEntries(table)).toEqual(
      Object.fromEntries(scraped.map(([name, labels]) => [name, [...labels].join(',')])),
    );
  });
});
