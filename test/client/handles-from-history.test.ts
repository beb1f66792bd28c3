import { defaultPayloadConverter } from '@temporalio/common';
import type { Payloads } from '../../client/first-value';
import { HandlesFromHistory } from '../../client/handles-from-history';
import type { HistoryEvent } from '../../client/history-pages';
import { activity } from '../support/history-events';

const decode = (given: Payloads) =>
  Promise.resolve().then(() => defaultPayloadConverter.fromPayload<unknown>(given![0]!));

async function handlesIn(...events: HistoryEvent[]) {
  const handles = new HandlesFromHistory(decode);
  for (const event of events) await handles.take(event);
  return handles.all();
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
    expect(await handlesIn(...activity(5, name, {}, result))).toEqual([handle]);
  });

  it('hold a request whose answer was lost, by its being followed, and none of them twice', async () => {
    const look = { tableRestoreRequestId: 'r-1' };
    const lost = [
      ...activity(5, 'restoreTableFromClusterSnapshot', {}, { outcome: 'unknown', reason: 'lost' }),
      ...activity(11, 'listTableRestores', {}, [{ tableRestoreRequestId: 'of-somebody-else' }]),
      ...activity(17, 'describeTableRestoreStatus', look, { status: 'PENDING' }),
      ...activity(23, 'describeTableRestoreStatus', look),
    ];
    expect(await handlesIn(...lost)).toEqual([{ kind: 'table restore request', id: 'r-1', step: 'restore' }]);
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
    expect(await handlesIn(...events)).toEqual([]);
  });
});
