import type { Client } from '@temporalio/client';
import type { AwsHandle } from '../domain/run-state';
import { historyOf, type HistoryEvent } from './history-pages';

/** What a run made on AWS, as its Event History tells it: the step is named where the activity leaves no doubt of it. */
export type RecordedHandle = Omit<AwsHandle, 'step' | 'orphaned'> & { step?: string };

export type Payloads = NonNullable<
  NonNullable<HistoryEvent['activityTaskCompletedEventAttributes']>['result']
>['payloads'];

/** Enough for most runs in one answer of the server. */
const pageSize = 500;

/**
 * The ids on AWS of a run that nobody can be asked about: activities that have ended left them in the Event History,
 * which the server has with or without a worker. A person who is called at night needs the id of the restore that AWS
 * is doing just then.
 */
export async function handlesFromHistory(
  client: Client,
  execution: { workflowId: string; runId: string },
): Promise<RecordedHandle[]> {
  const { payloadCodecs, payloadConverter } = client.options.loadedDataConverter;
  return collectHandles(historyOf(client, execution, pageSize), async (payloads) => {
    let decoded = payloads ?? [];
    for (const codec of [...payloadCodecs].reverse()) decoded = await codec.decode(decoded);
    const [first] = decoded;
    return first === undefined ? undefined : payloadConverter.fromPayload(first);
  });
}

/** @param decode the first of the payloads as a value; what it cannot decode is left out, it was written by others */
export async function collectHandles(
  events: AsyncIterable<HistoryEvent> | Iterable<HistoryEvent>,
  decode: (payloads: Payloads) => Promise<unknown>,
): Promise<RecordedHandle[]> {
  const handles = new Map<string, RecordedHandle>();
  const scheduled = new Map<string, string>();
  const read = async (handleIn: HandleIn, payloads: Payloads) => {
    const handle = handleIn(await decode(payloads).catch(() => undefined));
    if (handle && !handles.has(`${handle.kind} ${handle.id}`))
      handles.set(`${handle.kind} ${handle.id}`, handle);
  };
  for await (const event of events) {
    const asked = event.activityTaskScheduledEventAttributes;
    const answered = event.activityTaskCompletedEventAttributes;
    if (asked) {
      const type = asked.activityType?.name ?? '';
      scheduled.set(String(event.eventId), type);
      const handleIn = followed.get(type);
      if (handleIn) await read(handleIn, asked.input?.payloads);
    }
    if (answered) {
      const handleIn = made.get(scheduled.get(String(answered.scheduledEventId)) ?? '');
      if (handleIn) await read(handleIn, answered.result?.payloads);
    }
  }
  return [...handles.values()];
}

type HandleIn = (value: unknown) => RecordedHandle | undefined;

/** A handle whose id is in the value at this path. */
const at =
  (kind: AwsHandle['kind'], paths: string[][], step?: string): HandleIn =>
  (value) => {
    const id = paths.map((path) => path.reduce(memberOf, value)).find((found) => typeof found === 'string');
    return typeof id !== 'string' || id === ''
      ? undefined
      : { kind, id, ...(step !== undefined && { step }) };
  };

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

const restoreRequest = at('table restore request', [['restore', 'tableRestoreRequestId']], 'restore');
const snapshot = at('snapshot', [
  ['snapshot', 'snapshotIdentifier'],
  ['snapshot', 'snapshotName'],
]);
const statement = at('statement', [['id']]);
const restoreFollowed = at('table restore request', [['tableRestoreRequestId']], 'restore');

/** Activities whose result names what they made or took over. A snapshot or a statement can be of several steps. */
const made = new Map<string, HandleIn>([
  ['copyClusterSnapshot', snapshot],
  ['convertRecoveryPointToSnapshot', snapshot],
  ['restoreTableFromClusterSnapshot', restoreRequest],
  ['restoreTableFromRecoveryPoint', restoreRequest],
  ['restoreTableFromSnapshot', restoreRequest],
  ['executeStatement', statement],
  ['batchExecuteStatement', statement],
  ['exportTableToPointInTime', at('export', [['exportArn']], 'export')],
]);

/** A request whose answer was lost was found in a list; that it is the run's shows by its being followed. */
const followed = new Map<string, HandleIn>([
  ['describeTableRestoreStatus', restoreFollowed],
  ['getTableRestoreStatus', restoreFollowed],
]);
