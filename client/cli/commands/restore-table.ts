import {
  dataApiFlags,
  deadlineFlag,
  settleFlag,
  snapshotFlags,
  tableFlags,
  targetFlags,
  under,
  warehouseFlags,
} from '../flag-sets';
import type { OperationCommand } from '../operation-command';

export const restoreTableCommand: OperationCommand = {
  description:
    'Restores one table from a snapshot of the same cluster under a new name; no table that exists is touched. A busy cluster is waited for. However often it is asked for, or AWS loses an answer, there is one restored table.',
  flags: [
    ...under('Table and snapshot:', [
      ...warehouseFlags,
      ...snapshotFlags,
      ...tableFlags('the table as it was in the snapshot'),
    ]),
    ...under('Restored table:', targetFlags),
    ...under('Database login:', dataApiFlags),
    ...under('Waiting:', [deadlineFlag, settleFlag]),
  ],
  example: `undrop restore-table start --cluster analytics --snapshot before-the-change \\
    --database dev --table orders --target-table orders_before --wait`,
};
