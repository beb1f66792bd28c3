import { dataApiFlags, deadlineFlag, tableFlags, under, warehouseFlags } from '../flag-sets';
import type { OperationCommand } from '../operation-command';

export const recordExpectationCommand: OperationCommand = {
  description:
    'Records what a table is at this moment: row count, columns, aggregates of each column, on demand a hash of all rows. Give the run to verify-table later (--expect-from). Asked again in the same words it is the same run, not recorded anew: name the moment (--moment), or use --again.',
  flags: [
    ...under('Table:', [...warehouseFlags, ...tableFlags('the table to record')]),
    ...under('What is recorded:', [
      {
        flag: '--moment',
        path: 'moment',
        type: 'text',
        value: '<words>',
        description: 'what the moment is called, such as "before release 42"',
      },
      {
        flag: '--row-hash',
        path: 'rowHash',
        type: 'boolean',
        description: 'also hash all rows, which reads the whole table once more',
      },
    ]),
    ...under('Database login:', dataApiFlags),
    ...under('Waiting:', [deadlineFlag]),
  ],
  example: `undrop record-expectation start --cluster analytics --database dev --table orders \\
    --moment "before release 42" --row-hash --wait`,
};
