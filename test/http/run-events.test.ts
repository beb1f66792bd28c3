import { notReachable } from '../../client/watch-run';
import { standInRig, type StandInRig } from '../support/stand-in-rig';
import { apiRig, bearer, tokens, type ApiRig } from './api-rig';
import { Cable } from '../support/cable';

let rig: StandInRig;
let api: ApiRig;
beforeAll(async () => {
  rig = await standInRig();
  await rig.startWorker();
  api = await apiRig(rig.operations, { heartbeatMs: 100, maxStreams: 3 });
});
afterAll(async () => {
  await api?.app.close();
  await rig?.close();
});

const start = (table: string) =>
  rig.operations.start('restoreTable', {
    warehouse: { clusterIdentifier: rig.cluster },
    source: { snapshotIdentifier: 's' },
    table: { database: 'dev', table },
  });

interface Told {
  event: string;
  id?: string;
  data: { outcome?: string; notice?: string; workflowId?: string; status?: number };
}
interface Stream {
  response: Response;
  /** Events and comments as they come. */
  next(): Promise<Told | 'comment' | undefined>;
  /** The next that is wanted. @throws Error when the stream ends before it. */
  first(wanted: (one: Told | 'comment') => boolean): Promise<void>;
  /** All events until the stream ends. */
  rest(): Promise<Told[]>;
  leave(): void;
}

async function follow(at: ApiRig, workflowId: string, headers: Record<string, string> = {}): Promise<Stream> {
  const leaving = new AbortController();
  const response = await fetch(`${at.url}/v1/runs/${encodeURIComponent(workflowId)}/events`, {
    headers: { ...bearer(tokens.viewer), ...headers },
    signal: leaving.signal,
  });
  const blocks = blocksOf(response);
  const next = async (): Promise<Told | 'comment' | undefined> => {
    const block = (await blocks.next()).value;
    if (block === undefined) return undefined;
    if (block.startsWith(':')) return 'comment';
    const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s, 2)));
    if (fields.data === undefined) return next();
    return {
      event: fields.event,
      ...(fields.id && { id: fields.id }),
      data: JSON.parse(fields.data) as Told['data'],
    };
  };
  const first = async (wanted: (one: Told | 'comment') => boolean) => {
    for (let one = await next(); one !== undefined; one = await next()) if (wanted(one)) return;
    throw new Error('the stream ended before what was waited for');
  };
  const rest = async () => {
    const told: Told[] = [];
    for (let one = await next(); one !== undefined; one = await next()) if (one !== 'comment') told.push(one);
    return told;
  };
  return { response, next, first, rest, leave: () => leaving.abort() };
}

async function* blocksOf(response: Response): AsyncGenerator<string, undefined, void> {
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      yield text.slice(0, end);
      text = text.slice(end + 2);
    }
  }
  return undefined;
}

describe('GET /v1/runs/{id}/events', () => {
  it('tells the run, gives signs of life while nothing happens, tells the change, and ends with the run', async () => {
    const { workflowId } = await start('slow_events');
    const stream = await follow(api, workflowId);
    expect(stream.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(await stream.next()).toMatchObject({ event: 'run', data: { outcome: 'running', workflowId } });
    await stream.first((one) => one === 'comment');
    await rig.operations.cancel(workflowId, 'enough');
    const told = await stream.rest();
    expect(told.at(-2)).toMatchObject({ event: 'run', data: { outcome: 'cancelled' } });
    expect(told.at(-1)).toMatchObject({ event: 'end', data: { outcome: 'cancelled', workflowId } });
  });

  it('tells a run that has ended once, and 204 to one who has seen that', async () => {
    const { workflowId } = await start('events_of_the_past');
    await rig.operations.wait(workflowId);
    const told = await (await follow(api, workflowId)).rest();
    expect(told.map(({ event }) => event)).toEqual(['run', 'end']);
    const again = await follow(api, workflowId, { 'last-event-id': told[1]!.id! });
    expect(again.response.status).toBe(204);
  });

  it('says and waits out an outage of Temporal', async () => {
    const cable = new Cable();
    await cable.mend();
    const remote = await cable.client(rig);
    const far = await apiRig(remote);
    try {
      const { workflowId } = await start('slow_outage');
      const stream = await follow(far, workflowId);
      expect(await stream.next()).toMatchObject({ event: 'run', data: { outcome: 'running' } });
      await cable.cut();
      await stream.first((one) => one !== 'comment' && one.data.notice === notReachable);
      await rig.operations.cancel(workflowId, 'meanwhile');
      await cable.mend();
      expect((await stream.rest()).at(-1)).toMatchObject({ event: 'end', data: { outcome: 'cancelled' } });
    } finally {
      await far.app.close();
      await remote.close();
      await cable.cut();
    }
  });

  it('ends its streams when the API shuts down, which then waits for nobody', async () => {
    const short = await apiRig(rig.operations);
    const { workflowId } = await start('slow_shutdown');
    const stream = await follow(short, workflowId);
    await stream.next();
    await short.app.close();
    expect((await stream.rest()).map(({ event }) => event)).not.toContain('end');
    await rig.operations.cancel(workflowId, 'enough');
  });

  it('bears so many streams at once, and takes new ones when others have left', async () => {
    const { workflowId } = await start('slow_many_streams');
    const streams = await Promise.all([1, 2, 3].map(() => follow(api, workflowId)));
    const refused = await follow(api, workflowId);
    expect(refused.response.status).toBe(503);
    expect(await refused.response.json()).toMatchObject({ type: 'urn:undrop:failure:TooManyStreams' });
    streams[0]!.leave();
    let status = 503;
    while (status === 503) {
      const another = await follow(api, workflowId);
      ({ status } = another.response);
      another.leave();
    }
    expect(status).toBe(200);
    for (const stream of streams) stream.leave();
    await rig.operations.cancel(workflowId, 'enough');
  });
});
