import type { CopySnapshotInput, CopySnapshotResult } from '../domain/operations/copy-snapshot';
import { describeSource, type RestoreSource, sourceIdentifier } from '../domain/restore-source';
import type { Carried } from '../domain/retry/carried';
import type { Parsed, RunPlan } from './run';
import { runOperation } from './run-operation';
import { chosenSource, choosing } from './steps/choose-source';
import { copySnapshotStep } from './steps/copy-snapshot';

/** Copies an automated Redshift snapshot, named or chosen by time, to a manual one, and waits until it is available. */
export async function copySnapshot(input: CopySnapshotInput, carried?: Carried): Promise<CopySnapshotResult> {
  return runOperation('copySnapshot', { input, carried }, copySnapshotPlan, async (run, valid) => {
    const warehouse = { clusterIdentifier: valid.sourceSnapshotClusterIdentifier ?? '' };
    const { deadline } = valid;
    const { named, choice } = await chosenSource(
      run,
      warehouse,
      { source: sourceOf(valid), deadline },
      'automated snapshot',
    );
    const copied = await run.step('copy', (step) =>
      copySnapshotStep(step, { ...valid, sourceSnapshotIdentifier: sourceIdentifier(named) }),
    );
    return { ...copied, ...(choice && { choice }) };
  });
}

/** As other operations name it; the schema asks for one of both. */
const sourceOf = ({ sourceSnapshotIdentifier, asOf }: Parsed<'copySnapshot'>): RestoreSource =>
  sourceSnapshotIdentifier === undefined
    ? { asOf: asOf ?? '' }
    : { snapshotIdentifier: sourceSnapshotIdentifier };

export function copySnapshotPlan(valid: Parsed<'copySnapshot'>): RunPlan {
  const source = sourceOf(valid);
  const name = describeSource(source);
  return {
    title: `Keep snapshot ${name}`,
    steps: [
      ...choosing(source),
      {
        name: 'copy',
        title: `Copy ${'asOf' in source ? 'the chosen snapshot' : name} to a manual snapshot`,
      },
    ],
  };
}
