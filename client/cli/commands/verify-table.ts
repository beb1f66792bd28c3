import {
  contentFlags,
  expectationsInFiles,
  recordedFlags,
  rowCountFlags,
  structureFlags,
} from '../expectation-flags';
import { dataApiFlags, deadlineFlag, tableFlags, under, warehouseFlags } from '../flag-sets';
import type { OperationCommand } from '../operation-command';

export const verifyTableCommand: OperationCommand = {
  description:
    'Proves a table by what you expect of it, the cheap levels first: its row count, its structure, its content, SQL assertions of your own, what was recorded earlier. At least one; all are looked at. Exit code 7 when one is not met, and the table is left as it is.',
  flags: [
    ...under('Table:', [...warehouseFlags, ...tableFlags('the table to prove')]),
    ...under('Rows expected, one of:', rowCountFlags('rowCount')),
    ...under('Structure expected:', structureFlags('')),
    ...under('Content expected:', contentFlags('')),
    ...under('Recorded earlier:', recordedFlags('')),
    ...under('Database login:', dataApiFlags),
    ...under('Waiting:', [deadlineFlag]),
  ],
  fileOnly: expectationsInFiles(''),
  example: `undrop verify-table start --cluster analytics --database dev --table orders_before \\
    --about 120000 --tolerance 0.5 --structure-same-as orders --wait --timeout 10m`,
};
