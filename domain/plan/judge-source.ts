import { formatDuration } from '../duration';
import type { FailureType } from '../failures';
import { type NamedSource, sourceIdentifier } from '../restore-source';
import type { SourceChoice, SourceFacts } from '../sources';
import { type Finding, type Looked, blocking, judged, ok, warning } from './finding';

/** What the source is for. */
export interface SourceUse {
  /** Cluster or namespace of the run; absent where none is told. */
  of?: string;
  nowMs: number;
  /** The source must last so long. */
  neededSeconds: number;
  /** `copy` makes a manual snapshot of an automated one: no other can be copied. */
  use: 'copy' | 'restore';
}

/** What AWS calls a source that is not there. */
export const missingSource = (source: NamedSource): FailureType =>
  'recoveryPointId' in source ? 'RecoveryPointNotFound' : 'SnapshotNotFound';

/** Whether the named source is there, of this warehouse, usable, and lasts long enough. */
export function judgeSource(looked: Looked<SourceFacts>, use: SourceUse): Finding[] {
  const gone = (why: string, failure: FailureType) => [blocking('source', why, failure)];
  return judged('source', looked, (facts) => judgeFacts(facts, use), {
    SnapshotNotFound: (why) => gone(why, 'SnapshotNotFound'),
    RecoveryPointNotFound: (why) => gone(why, 'RecoveryPointNotFound'),
  });
}

function judgeFacts(facts: SourceFacts, { of, use, nowMs, neededSeconds }: SourceUse): Finding[] {
  const name = `${facts.kind} ${sourceIdentifier(facts.source)}`;
  const block = (text: string, failure: FailureType) => [blocking('source', text, failure)];
  if (of !== undefined && facts.of !== '' && facts.of !== of)
    return block(
      `${name} is of ${facts.of}, not of ${of}: AWS finds no such source there`,
      missingSource(facts.source),
    );
  if (!facts.usable) return block(`${name} is ${facts.status}, not available`, 'InvalidSnapshotState');
  if (use === 'copy' && facts.kind === 'manual snapshot')
    return block(`${name} is kept already: only automated snapshots can be copied`, 'InvalidSnapshotState');
  const age = formatDuration(nowMs - Date.parse(facts.createdAt));
  return [
    ok('source', `${name} is available, and holds the rows of ${age} ago (${facts.createdAt})`),
    ...judgeExpiry(facts, nowMs, neededSeconds),
  ];
}

function judgeExpiry({ expiresAt, source }: SourceFacts, nowMs: number, neededSeconds: number): Finding[] {
  const subject = 'source expiry';
  if (expiresAt === undefined) return [];
  const leftMs = Date.parse(expiresAt) - nowMs;
  const keep =
    'recoveryPointId' in source
      ? 'Keep it first (undrop keep-recovery-point, or the step copy of recover-table), or choose a newer one.'
      : 'Keep it first (undrop copy-snapshot, or the step copy of recover-table), or choose a newer one.';
  if (leftMs <= 0)
    return [warning(subject, `its time was over at ${expiresAt}: AWS may delete it at any moment`, keep)];
  const left = formatDuration(leftMs);
  if (leftMs < neededSeconds * 1000)
    return [warning(subject, `AWS deletes it in ${left}, at ${expiresAt}: before the estimated end`, keep)];
  return [ok(subject, `AWS keeps it for another ${left}`)];
}

/** Whether a source can be chosen by time. */
export function judgeChoice(looked: Looked<SourceChoice>, use: SourceUse): Finding[] {
  return judged('source', looked, (choice) => {
    const { chosen, rejected, asOf } = choice;
    if (chosen) return judgeFacts(chosen, use);
    const reasons = rejected.slice(0, 3).map((each) => `${sourceIdentifier(each.source)} (${each.reason})`);
    const why =
      reasons.length > 0
        ? `none of ${rejected.length} can be used: ${reasons.join(', ')}`
        : 'AWS lists none at all';
    return blocking('source', `no source at or before ${asOf}: ${why}`, 'NoUsableSource');
  });
}
