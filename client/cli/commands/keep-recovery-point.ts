import { asOfFlag, deadlineFlag, under } from '../flag-sets';
import type { OperationCommand } from '../operation-command';

export const keepRecoveryPointCommand: OperationCommand = {
  description:
    'Converts a recovery point of a serverless namespace to a snapshot and waits until that is available. AWS deletes recovery points after 24 hours; the snapshot is kept as long as you say.',
  flags: [
    ...under('Recovery point:', [
      {
        flag: '--namespace-name',
        path: 'namespaceName',
        type: 'text',
        value: '<name>',
        description: 'serverless namespace',
        required: true,
      },
      {
        flag: '--recovery-point',
        path: 'source.recoveryPointId',
        group: 'source',
        alternative: 'recoveryPointId',
        type: 'text',
        value: '<id>',
        description: 'recovery point of that namespace, or else:',
      },
      asOfFlag,
    ]),
    ...under('Snapshot:', [
      {
        flag: '--snapshot-name',
        path: 'snapshotName',
        type: 'text',
        value: '<name>',
        description: 'name of the snapshot (default: from the namespace and the run)',
      },
      {
        flag: '--retention-days',
        path: 'retentionPeriod',
        type: 'integer',
        value: '<days>',
        description: 'days to keep it: -1 (for ever) or 1 to 3653',
      },
    ]),
    ...under('Waiting:', [deadlineFlag]),
  ],
  example: `undrop keep-recovery-point start --namespace-name adhoc --as-of 2h --retention-days 7 --wait`,
};
