import {
  type Conversion,
  isConversion,
  type ServerlessSnapshotFacts,
} from '../../../domain/aws/serverless-snapshot';
import { isCopyOf, type SnapshotFacts } from '../../../domain/aws/snapshot';
import {
  endedInVain,
  isSameRestore,
  requestToAdopt,
  type RestoreIdentity,
  type TableRestoreFacts,
} from '../../../domain/aws/table-restore';

const source: SnapshotFacts = {
  snapshotIdentifier: 'rs:analytics-1',
  clusterIdentifier: 'analytics',
  snapshotType: 'automated',
  status: 'available',
  snapshotCreateTime: '2026-11-20T03:00:00.000Z',
  clusterCreateTime: '2025-01-01T00:00:00.000Z',
};
const copy: SnapshotFacts = {
  ...source,
  snapshotIdentifier: 'kept',
  snapshotType: 'manual',
  status: 'creating',
};

describe('isCopyOf', () => {
  it('is true for a manual snapshot of the same cluster and the same moment', () => {
    expect(isCopyOf(copy, source)).toBe(true);
  });

  it.each([
    ['is not manual', { snapshotType: 'automated' }],
    ['is of another cluster', { clusterIdentifier: 'other' }],
    ['is of another moment', { snapshotCreateTime: '2026-11-20T11:00:00.000Z' }],
    ['is of an earlier cluster of that name', { clusterCreateTime: '2024-01-01T00:00:00.000Z' }],
  ])('is false for a snapshot that %s', (_name, changes) => {
    expect(isCopyOf({ ...copy, ...changes }, source)).toBe(false);
  });

  it('is false when AWS tells no moment: two unknowns are not equal', () => {
    expect(isCopyOf({ ...copy, snapshotCreateTime: '' }, { ...source, snapshotCreateTime: '' })).toBe(false);
  });
});

const wanted: RestoreIdentity = {
  sourceIdentifier: 'kept',
  source: { database: 'dev', schema: 'public', table: 'orders' },
  target: { database: 'dev', schema: 'public', table: 'orders_restored_1a2b3c4d' },
  caseSensitive: false,
};
const request = (changes: Partial<TableRestoreFacts> = {}): TableRestoreFacts => ({
  tableRestoreRequestId: 'r-1',
  status: 'IN_PROGRESS',
  requestTime: '2026-11-20T08:00:00.000Z',
  sourceIdentifier: wanted.sourceIdentifier,
  source: wanted.source,
  target: wanted.target,
  ...changes,
});

describe('isSameRestore', () => {
  it('finds the request by what it asked for, whatever its id, state and case', () => {
    expect(isSameRestore(wanted, request({ tableRestoreRequestId: 'other', status: 'FAILED' }))).toBe(true);
    const upper = { ...wanted.target, table: wanted.target.table.toUpperCase() };
    expect(isSameRestore(wanted, request({ target: upper }))).toBe(true);
    expect(isSameRestore({ ...wanted, caseSensitive: true }, request({ target: upper }))).toBe(false);
  });

  it.each([
    ['another snapshot', { sourceIdentifier: 'other' }],
    ['no snapshot', { sourceIdentifier: undefined }],
    ['another source table', { source: { ...wanted.source, table: 'other' } }],
    ['another source schema', { source: { ...wanted.source, schema: 'other' } }],
    ['another target table', { target: { ...wanted.target, table: 'other' } }],
    ['another target database', { target: { ...wanted.target, database: 'other' } }],
  ])('does not take a request with %s for ours', (_name, changes) => {
    expect(isSameRestore(wanted, request(changes))).toBe(false);
  });
});

describe('isSameRestore, of a serverless workgroup', () => {
  const fromPoint = { ...wanted, sourceIdentifier: 'rp-1' };

  it('finds the request by its recovery point, or its snapshot', () => {
    expect(isSameRestore(fromPoint, request({ sourceIdentifier: 'rp-1' }))).toBe(true);
    expect(
      isSameRestore({ ...wanted, sourceIdentifier: 'weekly' }, request({ sourceIdentifier: 'weekly' })),
    ).toBe(true);
  });

  it('does not take a restore from another recovery point, or from the snapshot of the same one, for ours', () => {
    expect(isSameRestore(fromPoint, request({ sourceIdentifier: 'rp-2' }))).toBe(false);
    expect(isSameRestore(fromPoint, request({ sourceIdentifier: 'adhoc-keep-1a2b3c4d' }))).toBe(false);
  });
});

describe('isConversion', () => {
  const moment = '2026-11-20T08:00:00.000Z';
  const free = '2026-11-20T11:00:00.000Z';
  const existing = (changes: Partial<ServerlessSnapshotFacts> = {}): ServerlessSnapshotFacts => ({
    snapshotName: 'before-the-change',
    namespaceName: 'adhoc',
    status: 'CREATING',
    snapshotCreateTime: moment,
    ...changes,
  });
  const conversion = (changes: Partial<Conversion> = {}): Conversion => ({
    namespaceName: 'adhoc',
    nameIsOurs: false,
    ...changes,
  });

  it('takes a snapshot under a name of the run’s own, whatever its moment and state', () => {
    const ours = conversion({ nameIsOurs: true });
    expect(isConversion(existing(), ours)).toBe(true);
    expect(isConversion(existing({ status: 'AVAILABLE', snapshotCreateTime: free }), ours)).toBe(true);
  });

  it('takes no snapshot of another namespace, whatever its name and moment', () => {
    const other = existing({ namespaceName: 'other' });
    expect(isConversion(other, conversion({ nameIsOurs: true }))).toBe(false);
    expect(isConversion(other, conversion({ recoveryPointCreateTime: moment }))).toBe(false);
  });

  it('takes a snapshot under a name of the user’s when it holds the moment of the recovery point', () => {
    expect(isConversion(existing(), conversion({ recoveryPointCreateTime: moment }))).toBe(true);
    const other = conversion({ recoveryPointCreateTime: '2026-11-20T08:30:00.000Z' });
    expect(isConversion(existing(), other)).toBe(false);
  });

  it('takes one that was made since the name was free, also by a clock that is a little behind', () => {
    const since = conversion({ recoveryPointCreateTime: moment, nameFreeAt: free });
    expect(isConversion(existing({ snapshotCreateTime: '2026-11-20T11:00:05.000Z' }), since)).toBe(true);
    expect(isConversion(existing({ snapshotCreateTime: '2026-11-20T10:59:30.000Z' }), since)).toBe(true);
    expect(isConversion(existing({ snapshotCreateTime: '2026-11-20T10:58:00.000Z' }), since)).toBe(false);
  });

  it('takes none when nothing is known that could tell', () => {
    expect(isConversion(existing(), conversion())).toBe(false);
    const unknown = existing({ snapshotCreateTime: '' });
    expect(isConversion(unknown, conversion({ recoveryPointCreateTime: '', nameFreeAt: free }))).toBe(false);
  });
});

describe('requestToAdopt', () => {
  const at = (hour: string, status: string) =>
    request({
      tableRestoreRequestId: `${status}-${hour}`,
      status,
      requestTime: `2026-11-20T${hour}:00:00.000Z`,
    });

  it('is none when there is none, or all ended in vain', () => {
    expect(requestToAdopt([])).toBeUndefined();
    expect(requestToAdopt([at('08', 'FAILED'), at('09', 'CANCELED')])).toBeUndefined();
    expect(endedInVain(at('08', 'IN_PROGRESS'))).toBe(false);
  });

  it('is the one that succeeded before any that still runs', () => {
    const candidates = [at('07', 'IN_PROGRESS'), at('09', 'SUCCEEDED'), at('06', 'FAILED')];
    expect(requestToAdopt(candidates)?.tableRestoreRequestId).toBe('SUCCEEDED-09');
  });

  it('is the oldest of those that run, in whatever order AWS lists them', () => {
    const candidates = [at('09', 'PENDING'), at('07', 'IN_PROGRESS'), at('08', 'IN_PROGRESS')];
    expect(requestToAdopt(candidates)?.tableRestoreRequestId).toBe('IN_PROGRESS-07');
    expect(requestToAdopt([...candidates].reverse())?.tableRestoreRequestId).toBe('IN_PROGRESS-07');
  });

  it('leaves the list it was given as it was', () => {
    const candidates = [at('09', 'PENDING'), at('07', 'PENDING')];
    requestToAdopt(candidates);
    expect(candidates.map(({ requestTime }) => requestTime)).toEqual([
      '2026-11-20T09:00:00.000Z',
      '2026-11-20T07:00:00.000Z',
    ]);
  });
});
