import type {
  KeepRecoveryPointInput,
  KeepRecoveryPointResult,
} from '../domain/operations/keep-recovery-point';
import { describeSource, sourceIdentifier } from '../domain/restore-source';
import type { Carried } from '../domain/retry/carried';
import type { Parsed, RunPlan } from './run';
import { runOperation } from './run-operation';
import { chosenSource, choosing } from './steps/choose-source';
import { keepRecoveryPointStep } from './steps/keep-recovery-point';

/** Keeps a serverless recovery point, named or chosen by time, as a snapshot, and waits until that is available. */
export async function keepRecoveryPoint(
  input: KeepRecoveryPointInput,
  carried?: Carried,
): Promise<KeepRecoveryPointResult> {
  return runOperation('keepRecoveryPoint', { input, carried }, keepRecoveryPointPlan, async (run, valid) => {
    const { namespaceName } = valid;
    // The workgroup plays no part here; sources belong to the namespace.
    const warehouse = { workgroupName: namespaceName, namespaceName };
    const { named, choice } = await chosenSource(run, warehouse, valid, 'recovery point');
    const kept = await run.step('keep', (step) =>
      keepRecoveryPointStep(step, { ...valid, recoveryPointId: sourceIdentifier(named) }),
    );
    return { ...kept, ...(choice && { choice }) };
  });
}

export const keepRecoveryPointPlan = ({ source, namespaceName }: Parsed<'keepRecoveryPoint'>): RunPlan => ({
  title: `Keep ${describeSource(source)} of ${namespaceName}`,
  steps: [
    ...choosing(source),
    {
      name: 'keep',
      title: `Keep ${'asOf' in source ? 'the chosen recovery point' : describeSource(source)} as a snapshot`,
    },
  ],
});
