import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Operations } from '../../client/http/api';
import type { RunView } from '../../client';
import { apiRig, bearer, tokens, type ApiRig } from './api-rig';

/** Streams of events as the network treats them; what they tell of real runs is in run-events.test.ts. */

const view = (looks: number, padding = ''): RunView =>
  ({
    apiVersion: 'undrop/v1',
    workflowId: 'w',
    runId: 'r',
    links: { ui: 'http://ui.test' },
    temporalCommand: 'temporal',
    operation: 'restoreTable',
    title: `look ${looks}${padding}`,
    status: 'running',
    outcome: 'running',
    startedAt: '2026-11-20T00:00:00Z',
  }) as RunView;

const done = (): RunView => ({ ...view(0), status: 'completed', outcome: 'done' });

/** Operations whose runs are what the test says. */
const watching = (watch: (signal: AbortSignal) => AsyncGenerator<RunView, void, void>) =>
  ({
    watch: (_id: string, options: { signal: AbortSignal }) => watch(options.signal),
  }) as unknown as Operations;

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));

let api: ApiRig;
afterEach(() => api.app.close());

/** A stream that is read no further than its beginning. */
function open(headers = ''): Promise<Socket> {
  const { port } = api.app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `GET /v1/runs/w/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${bearer(tokens.viewer).authorization}\r\n${headers}\r\n`,
  );
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('readable', () => resolve(socket));
  });
}

const metric = async (name: string): Promise<number> => {
  const text = await (await api.get('/metrics')).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.split(' ').at(-1));
};
const until = async (name: string, value: number) => {
  while ((await metric(name)) !== value) await new Promise((resolve) => setTimeout(resolve, 20));
};
const ended = (end: string) => `undrop_api_event_streams_ended_total{end="${end}"}`;

it('takes no look and keeps no event for a caller who reads nothing, and lets go of them in the end', async () => {
  let looks = 0;
  const megaByte = 'x'.repeat(1_000_000);
  api = await apiRig(
    watching(async function* endless(signal) {
      while (!signal.aborted) {
        looks += 1;
        yield view(looks, megaByte);
        await new Promise((resolve) => setImmediate(resolve));
      }
    }),
    { stallLimitMs: 1_000 },
  );
  const socket = await open();
  await until(ended('caller stopped reading'), 1);
  // What was looked at is what the two ends of the connection hold in their buffers, some megabytes, not all there was.
  expect(looks).toBeGreaterThan(0);
  expect(looks).toBeLessThan(50);
  expect(await metric('undrop_api_event_streams_open')).toBe(0);
  socket.destroy();
});

it('tells a slow reader what is, not all that was', async () => {
  let looks = 0;
  const megaByte = 'x'.repeat(1_000_000);
  api = await apiRig(
    watching(async function* changing() {
      while (looks < 200) {
        looks += 1;
        yield view(looks, megaByte);
      }
      yield done();
    }),
  );
  const socket = await open();
  const before = looks;
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(looks).toBeLessThan(before + 50);
  let text = '';
  for await (const chunk of socket) text = (text + String(chunk)).slice(-1_000);
  expect(text).toContain('event: end');
  expect(looks).toBe(200);
});

it('bears many streams at once, counts them, and lets go of those whose callers left', async () => {
  api = await apiRig(
    watching(async function* waiting(signal) {
      yield view(1);
      await untilAborted(signal);
    }),
  );
  const sockets = await Promise.all(Array.from({ length: 50 }, () => open()));
  await until('undrop_api_event_streams_open', 50);
  for (const socket of sockets) socket.destroy();
  await until('undrop_api_event_streams_open', 0);
  expect(await metric(ended('caller left'))).toBe(50);
});

it('tells one who comes back with Last-Event-ID only what is new since', async () => {
  let ended = false;
  api = await apiRig(
    watching(async function* changing() {
      yield view(1);
      yield view(2);
      yield* ended ? [] : [done()];
    }),
  );
  const all = await (await api.get('/v1/runs/w/events')).text();
  const [first, second, last] = [...all.matchAll(/^event: run\nid: (\S+)/gm)].map(([, id]) => id!);
  const told = async (id: string) => {
    const text = await (
      await api.get('/v1/runs/w/events', { ...bearer(tokens.viewer), 'last-event-id': id })
    ).text();
    return [...text.matchAll(/^id: (\S+)/gm)].map(([, found]) => found);
  };
  expect(await told(first!)).toEqual([second, last, last]);
  expect(await told('of another run')).toEqual([first, second, last, last]);
  ended = true;
  expect(await told(first!)).toEqual([second]);
});

it('leaves nothing open behind a HEAD', async () => {
  api = await apiRig(
    watching(async function* waiting(signal) {
      yield view(1);
      await untilAborted(signal);
    }),
  );
  const head = await fetch(`${api.url}/v1/runs/w/events`, { method: 'HEAD', headers: bearer(tokens.viewer) });
  expect(head.headers.get('content-type')).toMatch(/^text\/event-stream/);
  await until('undrop_api_event_streams_open', 0);
});
