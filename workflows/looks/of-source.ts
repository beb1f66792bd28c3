import type { SnapshotFacts } from '../../domain/aws/snapshot';
import { keptRecoveryPointName, snapshotCopyName } from '../../domain/names';
import { estimate } from '../../domain/plan/estimate';
import { type Finding, type Looked, ok } from '../../domain/plan/finding';
import { judgeCopy } from '../../domain/plan/judge-copy';
import { judgeChoice, judgeSource, type SourceUse } from '../../domain/plan/judge-source';
import { judgeWarehouse } from '../../domain/plan/judge-warehouse';
import { asOfMs, type RestoreSource, sourceIdentifier } from '../../domain/restore-source';
import { chooseSource, type SourceChoice, type SourceFacts, type SourceKind } from '../../domain/sources';
import type { Warehouse } from '../../domain/warehouse';
import type { Parsed } from '../run';
import { glanceAtSource, glanceAtWarehouse, listSources } from '../warehouse';
import { glance, looked } from './glance';
import type { Looks, Manner } from './looks';

/** A source as a preflight sees it: by its name, or, where it looks thoroughly, chosen by time. */
export interface SeenSource {
  facts?: SourceFacts;
  judge: (use: Omit<SourceUse, 'nowMs'>) => Finding[];
  choice?: SourceChoice;
}

/** @param warehouse with its namespace, see glanceAtWarehouse */
export async function seeSource(
  warehouse: Warehouse,
  source: RestoreSource,
  { nowMs, thorough }: Manner,
  automatedDays: () => number | undefined,
  kind?: SourceKind,
): Promise<SeenSource> {
  if (!('asOf' in source)) {
    const glanced = await glanceAtSource(warehouse, source);
    const seen = 'seen' in glanced ? { seen: glanced.seen(automatedDays()) } : glanced;
    return {
      ...('seen' in seen && { facts: seen.seen }),
      judge: (use) => judgeSource(seen, { ...use, nowMs }),
    };
  }
  if (!thorough) return { judge: () => [ok('source', 'chosen by time in the step choose')] };
  const listed = await looked(listSources(warehouse, glance));
  const asOf = asOfMs(source.asOf, nowMs);
  const chosen: Looked<SourceChoice> =
    'seen' in listed
      ? {
          seen: chooseSource(listed.seen.sources, {
            of: listed.seen.of,
            asOf,
            now: nowMs,
            ...(kind && { kind }),
          }),
        }
      : listed;
  const choice = 'seen' in chosen ? chosen.seen : undefined;
  return {
    ...(choice?.chosen && { facts: choice.chosen, choice }),
    judge: (use) => judgeChoice(chosen, { ...use, nowMs }),
  };
}

/** The key of a name that a run makes: of a run that chooses by time, the choice is part of it. */
export const nameKeyOf = (step: string, { choice, facts }: SeenSource): string =>
  choice && facts ? `${step} ${sourceIdentifier(facts.source)}` : step;

/** What can be known before a snapshot is copied. */
export async function looksOfCopy(input: Parsed<'copySnapshot'>, manner: Manner): Promise<Looks> {
  const { sourceSnapshotIdentifier: named, sourceSnapshotClusterIdentifier: cluster, asOf } = input;
  const source = named === undefined ? { asOf: asOf ?? '' } : { snapshotIdentifier: named };
  const warehouse = { clusterIdentifier: cluster ?? '' };
  const { state } = cluster === undefined ? { state: undefined } : await glanceAtWarehouse(warehouse);
  const days = state && 'seen' in state ? state.seen.automatedDays : undefined;
  const seen = await seeSource(warehouse, source, manner, () => days, 'automated snapshot');
  const from = named ?? (seen.facts && sourceIdentifier(seen.facts.source));
  const target =
    input.targetSnapshotIdentifier ??
    (from === undefined ? undefined : snapshotCopyName(from, manner.asRun, 'copy'));
  const megaBytes = seen.facts?.sizeMegaBytes;
  const { estimateSeconds } = estimate('snapshotCopy', megaBytes);
  return {
    what: 'copy of the snapshot',
    handles: { source: from, target },
    findings: [
      ...seen.judge({ of: cluster, neededSeconds: estimateSeconds, use: 'copy' }),
      ...(target === undefined ? [] : await roomForCopy(target, from)),
    ],
    sizes: { ...(megaBytes !== undefined && { source: megaBytes }) },
  };
}

/** Whether a copy of that name can be made. */
export async function roomForCopy(target: string, source: string | undefined): Promise<Finding[]> {
  const manual = await looked(glance.listManualSnapshots({ name: target }));
  // Only where the name is taken: is it a copy of this source?
  const known: Looked<SnapshotFacts> =
    'seen' in manual && manual.seen.named && source !== undefined
      ? await looked(glance.describeClusterSnapshot({ snapshotIdentifier: source }))
      : { failure: 'SnapshotNotFound', why: 'not looked at' };
  return judgeCopy(manual, { name: target, source: known });
}

/**
 * The findings about a recovery point; when it has ended, but an earlier execution of the run kept it as a snapshot,
 * which the run takes over, that is as good.
 */
export async function orKept(
  findings: Finding[],
  kept: { recoveryPointId: string; namespaceName: string; asRun: string; step: string },
): Promise<Finding[]> {
  const { recoveryPointId, namespaceName } = kept;
  if (!findings.some(({ failure }) => failure === 'RecoveryPointNotFound')) return findings;
  const snapshotName = keptRecoveryPointName(namespaceName, recoveryPointId, kept.asRun, kept.step);
  const snapshot = await looked(glance.getSnapshot({ snapshotName }));
  if ('failure' in snapshot || snapshot.seen.namespaceName !== namespaceName) return findings;
  return [
    ok('source', `recovery point ${recoveryPointId} has ended, but is kept as ${snapshotName} already`),
  ];
}

/** What can be known before a recovery point is kept. */
export async function looksOfKeeping(input: Parsed<'keepRecoveryPoint'>, manner: Manner): Promise<Looks> {
  const { namespaceName, source } = input;
  const warehouse = { workgroupName: namespaceName, namespaceName };
  const [namespace, seen] = await Promise.all([
    looked(glance.getNamespace({ namespaceName })),
    seeSource(warehouse, source, manner, () => undefined, 'recovery point'),
  ]);
  const state =
    'seen' in namespace
      ? { seen: { what: `namespace ${namespaceName}`, status: namespace.seen.status } }
      : namespace;
  const gone = 'failure' in state && state.failure === 'WorkgroupNotFound';
  const megaBytes = seen.facts?.sizeMegaBytes;
  const { estimateSeconds } = estimate('recoveryPointConversion', megaBytes);
  const findings = seen.judge({ of: namespaceName, neededSeconds: estimateSeconds, use: 'restore' });
  const ofSource =
    'recoveryPointId' in source && input.snapshotName === undefined
      ? await orKept(findings, { ...source, namespaceName, asRun: manner.asRun, step: 'keep' })
      : findings;
  return {
    what: 'keeping of the recovery point',
    handles: {
      namespace: namespaceName,
      recoveryPoint: 'recoveryPointId' in source ? source.recoveryPointId : undefined,
    },
    findings: [
      ...judgeWarehouse(state),
      // In a namespace that is not there nothing else is news.
      ...(gone ? [] : ofSource),
    ],
    sizes: { ...(megaBytes !== undefined && { source: megaBytes }) },
  };
}
