import {
  asOriginalFlags,
  contentFlags,
  expectationsInFiles,
  recordedFlags,
  rowCountFlags,
  structureFlags,
} from '../expectation-flags';
import {
  asStep,
  dataApiFlags,
  deadlineFlag,
  exportFlags,
  settleFlag,
  skipPreflightFlag,
  snapshotFlags,
  tableFlags,
  targetFlags,
  under,
  warehouseFlags,
} from '../flag-sets';
import type { OperationCommand } from '../operation-command';

export const recoverTableCommand: OperationCommand = {
  description:
    'The main run, for a table that is wrong or gone: keeps the automated snapshot, restores the table from it under a new name, proves it (row count, structure, content, assertions), and exports a DynamoDB table at the end. Every step but the restore is optional.',
  flags: [
    ...under('Table and snapshot:', [
      ...warehouseFlags,
      ...snapshotFlags,
      ...tableFlags('the table that is wrong or gone'),
    ]),
    ...under('Copy of the snapshot:', [
      {
        flag: '--no-copy',
        path: 'copy',
        type: 'off',
        description: 'restore from the snapshot as it is; a manual snapshot is not copied anyway',
      },
      {
        flag: '--copy-as',
        path: 'copy.targetSnapshotIdentifier',
        type: 'text',
        value: '<id>',
        description: 'name of the manual copy (default: from the source and the run)',
      },
      {
        flag: '--retention-days',
        path: 'copy.manualSnapshotRetentionPeriod',
        type: 'integer',
        value: '<days>',
        description: 'days to keep the copy: -1 (for ever) or 1 to 3653',
      },
    ]),
    ...under('Restored table:', targetFlags),
    ...under('Rows expected in it, one of:', rowCountFlags('verify.rowCount')),
    ...under('Structure expected of it:', [
      ...asOriginalFlags('verify.', 'structure'),
      ...structureFlags('verify.'),
    ]),
    ...under('Content expected of it:', [
      ...asOriginalFlags('verify.', 'content'),
      ...contentFlags('verify.'),
    ]),
    ...under('Recorded earlier:', recordedFlags('verify.')),
    ...under('Database login:', dataApiFlags),
    ...under(
      'Export of a DynamoDB table:',
      asStep('export', [...exportFlags, deadlineFlag, skipPreflightFlag]),
    ),
    ...under('Waiting:', [deadlineFlag, settleFlag]),
  ],
  fileOnly: expectationsInFiles('verify.'),
  example: `undrop recover-table start --cluster analytics --snapshot rs:analytics-2026-11-20-03-00-00 \\
    --database dev --table orders --at-least 120000 \\
    --export-table-arn arn:aws:dynamodb:us-east-1:123456789012:table/orders --export-bucket exports --wait`,
};
