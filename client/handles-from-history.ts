import type { AwsHandle } from '../domain/run-state';
import type { Payloads } from './first-value';
import type { HistoryEvent } from './history-pages';

/** What a run made on AWS, as its Event History tells it: the step is named where the activity leaves no doubt of it. */
export type RecordedHandle = Omit<AwsHandle, 'step' | 'orphaned'> & { step?: string };

/** The handles in the events of one run, which are taken in their order; an event that is taken twice does no harm. */
export class HandlesFromHistory {
  private readonly found = new Map<string, RecordedHandle>();
  private readonly scheduled = new Map<string, string>();

  /** @param decode the first of the payloads as a value; what it cannot decode is left out, it was written by others */
  constructor(private readonly decode: (payloads: Payloads) => Promise<unknown>) {}

  async take(event: HistoryEvent): Promise<void> {
    const asked = event.activityTaskScheduledEventAttributes;
    const answered = event.activityTaskCompletedEventAttributes;
    if (asked) {
      const type = asked.activityType?.name ?? '';
      this.scheduled.set(String(event.eventId), type);
      await this.look(followed.get(type), asked.input?.payloads);
    }
    if (answered) {
      const type = this.scheduled.get(String(answered.scheduledEventId)) ?? '';
      await this.look(made.get(type), answered.result?.payloads);
    }
  }

  /** Those of all events that were taken, in the order of the events. */
  all(): RecordedHandle[] {
    return [...this.found.values()];
  }

  private async look(handleIn: HandleIn | undefined, payloads: Payloads): Promise<void> {
    const handle = handleIn?.(await this.decode(payloads).catch(() => undefined));
    const key = handle && `${handle.kind} ${handle.id}`;
    if (key !== undefined && !this.found.has(key)) this.found.set(key, handle!);
  }
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
