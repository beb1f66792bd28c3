import { defaultPayloadConverter } from '@temporalio/common';
import type { HistoryEvent } from '../../client/history-pages';
import { RecordedHandles } from '../../client/recorded-handles';
import { activity } from '../support/history-events';

interface Request {
  execution: { runId: string };
  maximumPageSize: number;
  nextPageToken?: Uint8Array;
}

/** A server with these histories, which gives two events more than it was asked for, as one that stores batches may. */
function server(histories: Record<string, HistoryEvent[]>) {
  const asked: string[] = [];
  let down = false;
  const page = (direction: string, events: HistoryEvent[], request: Request) => {
    if (down) return Promise.reject(unavailable());
    const from = Number(request.nextPageToken ? Buffer.from(request.nextPageToken).toString() : 0);
    const some = events.slice(from, from + request.maximumPageSize + 2);
    asked.push(`${direction} ${some.map(({ eventId }) => String(eventId)).join(' ')}`);
    const next = from + some.length;
    return Promise.resolve({
      history: { events: some },
      nextPageToken: Buffer.from(next < events.length ? String(next) : ''),
    });
  };
  const client = {
    options: {
      namespace: 'default',
      loadedDataConverter: { payloadCodecs: [], payloadConverter: defaultPayloadConverter },
    },
    withDeadline: (_: unknown, body: () => unknown) => body(),
    workflowService: {
      getWorkflowExecutionHistory: (request: Request) =>
        page('from the begin:', histories[request.execution.runId]!, request),
      getWorkflowExecutionHistoryReverse: (request: Request) =>
        page('from the end:', [...histories[request.execution.runId]!].reverse(), request),
    },
  };
  const handles = new RecordedHandles(client as never);
  const look = async (runId: string, historyLength: number) => {
    const found = await handles.of({ workflowId: 'w', runId, historyLength });
    return found.map(({ id }) => id);
  };
  return { asked, look, set: (is: { down: boolean }) => void (down = is.down) };
}

const unavailable = () => Object.assign(new Error('away'), { code: 14, details: 'away', metadata: {} });

const statement = (id: number, name: string) => activity(id, 'executeStatement', {}, { id: name });

describe('the handles that looks at a run find in its Event History', () => {
  it('are read on from where the last look ended, in the order of the events', async () => {
    const history = [...statement(1, 'a')];
    const { look, asked } = server({ r: history });
    expect(await look('r', 3)).toEqual(['a']);
    expect(await look('r', 3)).toEqual(['a']);
    history.push(...statement(5, 'b'), ...statement(9, 'c'));
    expect(await look('r', 11)).toEqual(['a', 'b', 'c']);
    expect(asked).toEqual(['from the begin: 1 3', 'from the end: 11 9 7 5 3 1']);
  });

  it('are complete when what is new does not fit a page, and no further page is asked for than it needs', async () => {
    const names = Array.from({ length: 900 }, (_, at) => `s-${at}`);
    const all = names.flatMap((name, at) => {
      const [asked, answered] = statement(2 * at + 1, name);
      const eventId = 2 * at + 2;
      return [asked!, { ...answered!, eventId } as unknown as HistoryEvent];
    });
    const history = all.slice(0, 1200);
    const { look, asked } = server({ r: history });
    expect(await look('r', 1200)).toEqual(names.slice(0, 600));
    history.push(...all.slice(1200));
    expect(await look('r', 1800)).toEqual(names);
    const fromTheEnd = asked.filter((line) => line.startsWith('from the end'));
    expect(fromTheEnd.map((line) => line.split(' ').length - 3)).toEqual([502, 502]);
  });

  it('find the answer to what had been asked for when the last look was', async () => {
    const [asking, answer] = statement(5, 'b');
    const history = [...statement(1, 'a'), asking!];
    const { look } = server({ r: history });
    expect(await look('r', 5)).toEqual(['a']);
    history.push(answer!);
    expect(await look('r', 7)).toEqual(['a', 'b']);
  });

  it('are those of the execution that is looked at, from its begin', async () => {
    const { look, asked } = server({ old: statement(1, 'a'), next: statement(1, 'b') });
    expect(await look('old', 3)).toEqual(['a']);
    expect(await look('next', 3)).toEqual(['b']);
    expect(asked).toEqual(['from the begin: 1 3', 'from the begin: 1 3']);
  });

  it('are kept while the server is away, and what came meanwhile is read later', async () => {
    const history = [...statement(1, 'a')];
    const { look, set } = server({ r: history });
    expect(await look('r', 3)).toEqual(['a']);
    history.push(...statement(5, 'b'));
    set({ down: true });
    expect(await look('r', 7)).toEqual(['a']);
    set({ down: false });
    expect(await look('r', 7)).toEqual(['a', 'b']);
  });
});
