import type {
  KeepRecoveryPointInput,
  KeepRecoveryPointResult,
} from '../domain/operations/keep-recovery-point';
import { describeSource } from '../domain/restore-source';
import { fail } from './failure';
import { runOperation } from './run';
import { chooseSourceOnce } from './steps/choose-source';
import { keepRecoveryPointStep } from './steps/keep-recovery-point';

/** Keeps a serverless recovery point as a snapshot, and waits until that is available. */
export async function keepRecoveryPoint(input: KeepRecoveryPointInput): Promise<KeepRecoveryPointResult> {
  return runOperation(
    'keepRecoveryPoint',
    input,
    ({ source, namespaceName }) => ({
      title: `Keep ${describeSource(source)} of ${namespaceName}`,
      steps: [{ name: 'keep', title: `Keep ${describeSource(source)} as a snapshot` }],
    }),
    (run, valid) =>
      run.step('keep', async (step) => {
        const { namespaceName } = valid;
        // The workgroup plays no part here; sources belong to the namespace.
        const { named, choice } = await chooseSourceOnce(
          step,
          { workgroupName: namespaceName, namespaceName },
          valid.source,
        );
        if (!('recoveryPointId' in named)) {
          throw fail(
            'NoUsableSource',
            'choice of the source',
            { namespace: namespaceName },
            'the newest source is a snapshot, which is kept already',
          );
        }
        const kept = await keepRecoveryPointStep(step, { ...valid, recoveryPointId: named.recoveryPointId });
        return { ...kept, ...(choice && { choice }) };
      }),
  );
}
