import { asOfFlag, deadlineFlag, under } from '../flag-sets';
import type { OperationCommand } from '../operation-command';

export const copySnapshotCommand: OperationCommand = {
  description:
    'Copies an automated snapshot to a manual one, which AWS does not delete by itself, and waits until it is available. A copy of the same source that exists already is adopted, not made twice.',
  flags: [
    ...under('Snapshot:', [
      {
        flag: '--snapshot',
        path: 'sourceSnapshotIdentifier',
        group: '',
        alternative: 'sourceSnapshotIdentifier',
        type: 'text',
        value: '<id>',
        description: 'the automated snapshot to keep, or else:',
      },
      { ...asOfFlag, path: 'asOf', group: '', alternative: 'asOf' },
      {
        flag: '--cluster',
        path: 'sourceSnapshotClusterIdentifier',
        type: 'text',
        value: '<id>',
        description: 'cluster it was taken from; needed with --as-of, and where IAM policies name clusters',
      },
      {
        flag: '--copy-as',
        path: 'targetSnapshotIdentifier',
        type: 'text',
        value: '<id>',
        description: 'name of the manual copy (default: from the source and the run)',
      },
      {
        flag: '--retention-days',
        path: 'manualSnapshotRetentionPeriod',
        type: 'integer',
        value: '<days>',
        description: 'days to keep the copy: -1 (for ever) or 1 to 3653',
      },
    ]),
    ...under('Waiting:', [deadlineFlag]),
  ],
  example: `undrop copy-snapshot start --cluster analytics --snapshot rs:analytics-2026-11-20-03-00-00 \\
    --copy-as before-the-change --retention-days 30 --wait`,
};
