import { dataApiFlags, deadlineFlag, rowCountFlags, tableFlags, under, warehouseFlags } from '../flag-sets';
import type { OperationCommand } from '../operation-command';

export const verifyTableCommand: OperationCommand = {
  description:
    'Counts the rows of a table and compares them with what is expected. Exit code 7 when they are not.',
  flags: [
    ...under('Table:', [...warehouseFlags, ...tableFlags('the table to prove')]),
    ...under('Expected, one of:', rowCountFlags('rowCount')),
    ...under('Database login:', dataApiFlags),
    ...under('Waiting:', [deadlineFlag]),
  ],
  example: `undrop verify-table start --cluster analytics --database dev --table orders_before \\
    --about 120000 --tolerance 0.5 --wait --timeout 10m`,
};
