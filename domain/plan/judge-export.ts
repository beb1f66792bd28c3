import { formatDuration } from '../duration';
import { type Finding, type Looked, blocking, judged, ok, unseen, warning } from './finding';

/** What DescribeTable and DescribeContinuousBackups tell; times ISO. */
export interface DynamoTableFacts {
  status: string;
  createdAt?: string;
  sizeBytes?: number;
  itemCount?: number;
}

export interface RecoveryFacts {
  enabled: boolean;
  earliest?: string;
  latest?: string;
}

export interface BucketFacts {
  region?: string;
}

/** The times of an export as they are asked for; ISO. */
export interface ExportTimes {
  exportTime?: string;
  window?: { exportFromTime: string; exportToTime?: string };
}

const minuteMs = 60_000;
const shortestMs = 15 * minuteMs;
const longestMs = 24 * 60 * minuteMs;

/** Whether the table is there to be exported. */
export function judgeDynamoTable(name: string, looked: Looked<DynamoTableFacts>): Finding[] {
  const gone = (why: string) => [blocking('table', why, 'TableNotFound')];
  return judged(
    'table',
    looked,
    ({ status, itemCount }) =>
      status === 'DELETING'
        ? blocking('table', `${name} is being deleted`, 'TableNotFound')
        : ok(
            'table',
            `${name} is ${status || 'there'}${itemCount === undefined ? '' : `, about ${itemCount} items`}`,
          ),
    { NotFound: gone, TableNotFound: gone },
  );
}

/** Whether point-in-time recovery is on and reaches the moment, or the window, that is asked for. */
export function judgeExportTimes(
  name: string,
  times: ExportTimes,
  facts: { table: Looked<DynamoTableFacts>; recovery: Looked<RecoveryFacts>; nowMs: number },
): Finding[] {
  if ('failure' in facts.recovery) {
    const { failure } = facts.recovery;
    return failure === 'TableNotFound' || failure === 'NotFound'
      ? []
      : [unseen('point-in-time recovery', facts.recovery)];
  }
  const { enabled, earliest, latest } = facts.recovery.seen;
  if (!enabled) {
    return [
      blocking(
        'point-in-time recovery',
        `point-in-time recovery of ${name} is off`,
        'PointInTimeRecoveryOff',
      ),
    ];
  }
  const createdAt = 'seen' in facts.table ? facts.table.seen.createdAt : undefined;
  // AWS's clock counts, and only the end of the window tells of it.
  const nowMs = Math.max(facts.nowMs, latest === undefined ? 0 : Date.parse(latest));
  const bounds: Bounds = { nowMs, createdAt, earliest, latest };
  const problem = times.window
    ? windowProblem(times.window, bounds)
    : momentProblem(times.exportTime, bounds);
  const subject = times.window ? 'export window' : 'export time';
  return [
    ok('point-in-time recovery', `on, from ${earliest ?? '(not told)'} to ${latest ?? '(not told)'}`),
    problem === undefined
      ? ok(subject, shownTimes(times, nowMs))
      : blocking(subject, problem, 'InvalidExportTime'),
  ];
}

interface Bounds {
  nowMs: number;
  createdAt?: string;
  earliest?: string;
  latest?: string;
}

/** Each cause of InvalidExportTimeException of a full export, in words; undefined when AWS takes the moment. */
function momentProblem(
  exportTime: string | undefined,
  { nowMs, createdAt, earliest, latest }: Bounds,
): string | undefined {
  if (exportTime === undefined) return undefined;
  const at = Date.parse(exportTime);
  if (at > nowMs) return `${exportTime} is yet to come`;
  if (before(at, createdAt)) return `${exportTime} is before the table was made, at ${createdAt}`;
  if (before(at, earliest))
    return `${exportTime} is before the restorable window, which begins at ${earliest}`;
  if (latest !== undefined && at > Date.parse(latest))
    return `${exportTime} is too recent: the restorable window ends at ${latest}, as ever about five minutes ago`;
  return undefined;
}

/** The same of an incremental export. */
function windowProblem(
  { exportFromTime: from, exportToTime: to }: NonNullable<ExportTimes['window']>,
  { nowMs, createdAt, earliest }: Bounds,
): string | undefined {
  const [fromMs, toMs] = [Date.parse(from), to === undefined ? nowMs : Date.parse(to)];
  const end = to ?? 'now';
  if (toMs > nowMs) return `the window ends at ${end}, which is yet to come`;
  if (fromMs >= toMs) return `the window begins at ${from}, not before its end, ${end}`;
  if (before(fromMs, createdAt))
    return `the window begins at ${from}, before the table was made, at ${createdAt}`;
  if (before(fromMs, earliest))
    return `the window begins at ${from}, before the restorable window, which begins at ${earliest}`;
  const length = `from ${from} to ${end} is ${formatDuration(toMs - fromMs)}`;
  if (toMs - fromMs < shortestMs) return `${length}, less than 15 minutes`;
  if (toMs - fromMs > longestMs) return `${length}, more than 24 hours`;
  return undefined;
}

/** AWS counts in whole seconds, and takes a moment within the same second. */
const before = (atMs: number, iso: string | undefined) =>
  iso !== undefined && Math.floor(atMs / 1000) < Math.floor(Date.parse(iso) / 1000);

function shownTimes({ exportTime, window }: ExportTimes, nowMs: number): string {
  if (!window) return exportTime === undefined ? 'the moment at which AWS takes the request' : exportTime;
  const toMs = window.exportToTime === undefined ? nowMs : Date.parse(window.exportToTime);
  return `${formatDuration(toMs - Date.parse(window.exportFromTime))} from ${window.exportFromTime}`;
}

/** Whether the bucket is there; AWS itself finds out only while it exports. */
export function judgeBucket(name: string, tableRegion: string, looked: Looked<BucketFacts>): Finding[] {
  return judged(
    'bucket',
    looked,
    ({ region }) =>
      region === undefined || region === tableRegion
        ? ok('bucket', `${name} exists${region === undefined ? '' : `, in ${region}`}`)
        : warning(
            'bucket',
            `${name} is in ${region}, the table in ${tableRegion}`,
            'Nothing; AWS charges for the transfer between Regions.',
          ),
    {
      NotFound: () => [blocking('bucket', `there is no bucket ${name}`, 'ExportBucketMissing')],
      AccessDenied: () => [
        warning(
          'bucket',
          `${name} cannot be looked at: it is of another account, or not of the one told, or the worker role has no s3:ListBucket on it`,
          'Look at s3BucketOwner; allow the worker role s3:ListBucket. The run goes on; AWS needs s3:PutObject there.',
        ),
      ],
    },
  );
}
