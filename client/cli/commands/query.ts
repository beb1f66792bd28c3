import type { Command } from 'commander';
import { commonFlags } from '../common-flags';
import { deadlineFlag, under } from '../flag-sets';
import type { Flag } from '../flags';
import { lazy } from '../lazy';
import type { OperationCommand } from '../operation-command';
import { tabular } from '../tabular';
import { dataWarehouseFlags, loginFlags } from './data-api/flags';
import type { OperationEntry } from './index';
import { describeOperation, optionOf, type RunAction, valuesOf } from './operation';

/** How SQL is given where it is not an argument. */
const sqlFlags: Flag[] = under('SQL, one of:', [
  {
    flag: '--sql',
    path: 'sql',
    group: '',
    alternative: 'sql',
    type: 'text',
    value: '<sql>',
    description: 'one statement',
  },
  {
    flag: '--statement',
    path: 'sqls',
    group: '',
    alternative: 'sqls',
    type: 'texts',
    value: '<sql>',
    description: 'a statement of a batch; give it once for each, up to 40',
  },
]);

const queryFlags: Flag[] = [
  ...dataWarehouseFlags,
  {
    flag: '--database',
    path: 'database',
    type: 'text',
    value: '<name>',
    description: 'database to run it in',
    required: true,
    heading: 'Where:',
  },
  ...under('Query:', [
    {
      flag: '--param',
      path: 'parameters',
      type: 'parameters',
      description: 'value of a :name in the SQL; give it once for each',
    },
    {
      flag: '--execution-mode',
      path: 'executionMode',
      type: 'text',
      value: '<mode>',
      description: 'of a batch: TRANSACTION (the default), or AUTO_COMMIT',
    },
    {
      flag: '--max-rows',
      path: 'maxRows',
      type: 'integer',
      value: '<n>',
      description: 'so many rows at most (default: 1000), and one megabyte in all',
    },
    {
      flag: '--statement-name',
      path: 'statementName',
      type: 'text',
      value: '<name>',
      description: 'name to find the statement by (default: from the run)',
    },
    {
      flag: '--with-event',
      path: 'withEvent',
      type: 'boolean',
      description: 'AWS tells EventBridge when it has ended',
    },
  ]),
  ...loginFlags,
  ...under('Waiting:', [deadlineFlag]),
];

export const queryCommand: OperationCommand = {
  description:
    'Runs SQL in a cluster or workgroup, waits for its end and brings the rows home; the SQL runs once, however often AWS loses an answer or a worker dies. `undrop query "<sql>"` starts it and prints the rows; `undrop query start` starts it as other operations are started.',
  flags: [...sqlFlags, ...queryFlags, ...under('Where:', [namespaceFlag()])],
  example: `undrop query start --cluster analytics --database dev \\
    --statement "delete from staging" --statement "insert into staging select * from fresh" --wait`,
};

function namespaceFlag(): Flag {
  return {
    flag: '--namespace-name',
    path: 'warehouse.namespaceName',
    group: 'warehouse',
    alternative: 'workgroupName',
    type: 'text',
    value: '<name>',
    description: 'namespace of the workgroup; the Data API does not need it',
  };
}

const examples = `
Examples:
  undrop query "select status, count(*) from orders group by 1" --cluster analytics --database dev
  undrop query "select * from orders where order_id = :id" --param id=42 --workgroup adhoc --database dev -o json
  undrop query --file report.sql --cluster analytics --database dev -o csv > report.csv
  undrop query "delete from staging" "insert into staging select * from fresh" --cluster analytics --database dev

Several statements are one batch, in one transaction. Rows are on stdout, everything else on stderr. Ctrl-C detaches,
the query goes on; a query that is cancelled (undrop runs cancel) cancels its statement.`;

/** Fills in `undrop query`: the query itself, and `start` as of every operation. */
export function describeQuery(
  query: Command,
  entry: OperationEntry,
  run: RunAction,
  argv: readonly string[],
): void {
  describeOperation(query, entry, run);
  // What stands before a sub-command's name would take its options away: they are given to one of the two only.
  if (argv[argv.indexOf(entry.command) + 1] === 'start') return;
  query.description('Run SQL through the Redshift Data API, wait for its end, print the rows');
  query.argument('[sql...]', 'the SQL; several are one batch');
  query.optionsGroup('Query:');
  query.option('--file <path>', 'SQL from a file, - for standard input');
  query.option('--no-wait', 'start it and leave; runs show has the rows later');
  query.option(
    '--timeout <duration>',
    'longest stay, such as 10m; exit code 3 when it is up, the query goes on',
  );
  query.option('--workflow-id <id>', 'id of the run: the same id again is the same run, not a second one');
  const flags = [...queryFlags, ...commonFlags];
  for (const flag of flags) query.addOption(optionOf(flag));
  query.addHelpText('after', examples);
  tabular.add(query);
  query.action(
    (sql: string[], given: { file?: string; wait: boolean; timeout?: string; workflowId?: string }) =>
      run(query, (session) =>
        lazy.queryAction().queryAction(session, { ...given, sql }, flags, valuesOf(query, flags)),
      ),
  );
}
