import { defaultPayloadConverter } from '@temporalio/common';
import { collectHandles, type Payloads } from '../../client/handles-from-history';
import type { HistoryEvent } from '../../client/history-pages';

const payloads = (value: unknown): Payloads => [defaultPayloadConverter.toPayload(value)!];
const decode = (given: Payloads) =>
  Promise.resolve().then(() => defaultPayloadConverter.fromPayload<unknown>(given![0]!));

/** The events of one activity: asked for, and answered unless it still runs. */
function activity(id: number, name: string, input: unknown, result?: unknown): HistoryEvent[] {
  const scheduled = {
    eventId: id,
    activityTaskScheduledEventAttributes: {
      activityType: { name },
      input: { payloads: payloads(input) },
    },
  };
  const completed = {
    eventId: id + 2,
    activityTaskCompletedEventAttributes: {
      scheduledEventId: id,
      result: { payloads: payloads(result) },
    },
  };
  return (result === undefined ? [scheduled] : [scheduled, completed]) as unknown as HistoryEvent[];
}

const restore = (id: string) => ({ outcome: 'accepted', restore: { tableRestoreRequestId: id } });

describe('the handles in an Event History', () => {
  it.each([
    ['copyClusterSnapshot', { snapshot: { snapshotIdentifier: 'kept' } }, { kind: 'snapshot', id: 'kept' }],
    [
      'convertRecoveryPointToSnapshot',
      { snapshot: { snapshotName: 'kept' } },
      { kind: 'snapshot', id: 'kept' },
    ],
    [
      'restoreTableFromClusterSnapshot',
      restore('r-1'),
      { kind: 'table restore request', id: 'r-1', step: 'restore' },
    ],
    [
      'restoreTableFromRecoveryPoint',
      restore('r-1'),
      { kind: 'table restore request', id: 'r-1', step: 'restore' },
    ],
    [
      'restoreTableFromSnapshot',
      restore('r-1'),
      { kind: 'table restore request', id: 'r-1', step: 'restore' },
    ],
    ['executeStatement', { id: 's-1', status: 'SUBMITTED' }, { kind: 'statement', id: 's-1' }],
    ['batchExecuteStatement', { id: 's-1', status: 'SUBMITTED' }, { kind: 'statement', id: 's-1' }],
    [
      'exportTableToPointInTime',
      { exportArn: 'arn:e', adopted: false },
      { kind: 'export', id: 'arn:e', step: 'export' },
    ],
  ])('are read from what %s answered', async (name, result, handle) => {
    expect(await collectHandles(activity(5, name, {}, result), decode)).toEqual([handle]);
  });

  it('hold a request whose answer was lost, by its being followed, and none of them twice', async () => {
    const look = { tableRestoreRequestId: 'r-1' };
    const lost = [
      ...activity(5, 'restoreTableFromClusterSnapshot', {}, { outcome: 'unknown', reason: 'lost' }),
      ...activity(11, 'listTableRestores', {}, [{ tableRestoreRequestId: 'of-somebody-else' }]),
      ...activity(17, 'describeTableRestoreStatus', look, { status: 'PENDING' }),
      ...activity(23, 'describeTableRestoreStatus', look),
    ];
    expect(await collectHandles(lost, decode)).toEqual([
      { kind: 'table restore request', id: 'r-1', step: 'restore' },
    ]);
  });

  it('leave out what has no answer yet, what names nothing, and what cannot be decoded', async () => {
    const sealed = activity(17, 'executeStatement', {}, { id: 's-1' });
    const unreadable = {
      ...sealed[1],
      activityTaskCompletedEventAttributes: { scheduledEventId: 17, result: { payloads: [{}] } },
    } as unknown as HistoryEvent;
    const events = [
      ...activity(5, 'executeStatement', {}),
      ...activity(11, 'exportTableToPointInTime', {}, { exportArn: '' }),
      sealed[0]!,
      unreadable,
    ];
    expect(await collectHandles(events, decode)).toEqual([]);
  });
});
