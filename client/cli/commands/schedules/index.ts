import { Option, type Command } from 'commander';
import { lazy } from '../../lazy';
import type { OperationEntry } from '../index';
import { operationEntries } from '../index';
import { optionOf, type RunAction, valuesOf } from '../operation';
import { skipPreflightFlag } from '../../flag-sets';
import type { Flag } from '../../flags';
import { UsageError } from '../../usage-error';
import { overlapChoices, resettable, scheduleFlags } from './flags';

/** Fills in `undrop schedules`: its sub-commands. */
export function describeSchedules(schedules: Command, run: RunAction, argv: readonly string[]): void {
  schedules.description(
    'Operations at times that come again, as Temporal Schedules. Texts of an input may have the scheduled time in them: {{scheduled}}, {{scheduled-24h}}, {{scheduled:yyyyMMdd}}; an age such as --as-of 24h is before it.',
  );
  describeCreate(schedules.command('create'), run, argv);
  describeApply(schedules.command('apply'), run);
  describeLooks(schedules, run);
  describePatches(schedules, run);
  describeBackfill(schedules.command('backfill'), run);
  describeUpdate(schedules.command('update'), run, argv);
  describeDelete(schedules.command('delete'), run);
}

const actions = () => lazy.scheduleActions();

/** The operation that the command line names, if it does: its flags are known then. */
const entryIn = (argv: readonly string[]) => operationEntries.find(({ command }) => argv.includes(command));

const operationFlags = (entry: OperationEntry | undefined): Flag[] =>
  entry ? [...entry.load().flags, skipPreflightFlag] : [];

function addFlags(
  command: Command,
  argv: readonly string[],
): { entry: OperationEntry | undefined; flags: Flag[] } {
  const entry = entryIn(argv);
  const flags = operationFlags(entry);
  for (const flag of [...scheduleFlags, ...flags]) command.addOption(optionOf({ ...flag, required: false }));
  if (!entry)
    command.addHelpText(
      'after',
      '\nFlags of the input: name the operation before --help, as in the example.',
    );
  return { entry, flags };
}

const operationChoice = operationEntries.map(({ command }) => command).join(', ');

function describeCreate(create: Command, run: RunAction, argv: readonly string[]): void {
  create.description('Make a schedule. Asked for again with the same words, it is the same schedule');
  create.argument('<id>', 'id of the schedule; the ids of its runs begin with it');
  create.argument('<operation>', `what is started: ${operationChoice}`);
  create.option(
    '-f, --file <path>',
    'input of the operation as JSON or YAML, - for standard input; flags override it',
  );
  const { entry, flags } = addFlags(create, argv);
  create.addHelpText('before', `${createExample}\n`);
  create.action((id: string, operation: string, given: { file?: string }) =>
    run(create, (session) =>
      actions().createAction(session, id, {
        entry: entryNamed(operation, entry),
        flags,
        values: valuesOf(create, [...scheduleFlags, ...flags]),
        file: given.file,
      }),
    ),
  );
}

function entryNamed(operation: string, entry: OperationEntry | undefined): OperationEntry {
  if (entry?.command === operation) return entry;
  throw new UsageError(`there is no operation ${operation}: it must be ${operationChoice}`);
}

const createExample = `Example: prove each night at two in Berlin that the table can be brought back
  undrop schedules create nightly-orders restore-table --cron "0 2 * * *" --time-zone Europe/Berlin \\
    --cluster analytics --as-of 24h --database dev --table orders \\
    --target-table "orders_drill_{{scheduled:yyyyMMdd}}" --pause-on-failure`;

function describeUpdate(update: Command, run: RunAction, argv: readonly string[]): void {
  update.description('Change what is given and nothing else. Flags of the input need the operation named');
  update.argument('<schedule>', 'its id');
  update.argument('[operation]', 'its operation, when flags of the input are given');
  update.option(
    '-f, --file <path>',
    'the whole input anew as JSON or YAML, - for standard input; flags override it',
  );
  update.addOption(
    new Option('--reset <members...>', 'take these back to their default').choices(resettable),
  );
  const { entry, flags } = addFlags(update, argv);
  update.addHelpText(
    'before',
    'Example:\n  undrop schedules update nightly-orders --cron "30 3 * * *" --reset jitter note\n',
  );
  update.action((id: string, operation: string | undefined, given: { file?: string; reset?: string[] }) =>
    run(update, (session) =>
      actions().updateAction(session, id, {
        entry: operation === undefined ? undefined : entryNamed(operation, entry),
        flags,
        values: valuesOf(update, [...scheduleFlags, ...flags]),
        file: given.file,
        reset: given.reset ?? [],
      }),
    ),
  );
}

function describeApply(apply: Command, run: RunAction): void {
  apply
    .description(
      'Make schedules as a file says: shows what would change, asks, then creates and changes; what is so already is not touched',
    )
    .requiredOption('-f, --file <path>', 'one schedule or many as YAML or JSON, - for standard input')
    .option('--scope <name>', 'set that the schedules are (default: scope in the file)')
    .option(
      '--prune',
      'delete the schedules that apply made with this set and that are not in the file any more',
    )
    .option('--dry-run', 'show what would change, and change nothing')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  undrop schedules apply -f schedules.yaml --prune');
  apply.action((given) => run(apply, (session) => actions().applyAction(session, given)));
}

function describeLooks(schedules: Command, run: RunAction): void {
  const list = schedules
    .command('list')
    .description('List the schedules, with the next time and the newest run of each')
    .addOption(
      new Option('--operation <name>', 'of this operation only').choices(
        operationEntries.map(({ command }) => command),
      ),
    )
    .option('--table <name>', 'about this table: database.schema.table, as it stands in the input')
    .option('--warehouse <name>', 'about this cluster or workgroup')
    .option('--scope <name>', 'of this set only');
  list.action((given) => run(list, (session) => actions().listAction(session, given)));
  const show = schedules
    .command('show')
    .description(
      'Show a schedule: when it comes, its last runs, what was skipped or missed. -o yaml is for apply too',
    )
    .argument('<schedule>', 'its id');
  show.action((id: string) => run(show, (session) => actions().showAction(session, id)));
}

function describePatches(schedules: Command, run: RunAction): void {
  const pause = schedules
    .command('pause')
    .description('Start no runs until it is resumed; one that goes on is not affected')
    .argument('<schedule>', 'its id')
    .option('--note <text>', 'why, for whoever finds it paused');
  pause.action((id: string, { note }: { note?: string }) =>
    run(pause, (session) => actions().pauseAction(session, id, true, note)),
  );
  const resume = schedules
    .command('resume')
    .description('Start runs again. Times that passed meanwhile are not made up for: backfill does that')
    .argument('<schedule>', 'its id')
    .option('--note <text>', 'what has changed');
  resume.action((id: string, { note }: { note?: string }) =>
    run(resume, (session) => actions().pauseAction(session, id, false, note)),
  );
  const trigger = schedules
    .command('trigger')
    .description('Start a run now; its scheduled time is now')
    .argument('<schedule>', 'its id')
    .addOption(overlapOption("the schedule's own"));
  trigger.action((id: string, { overlap }: { overlap?: string }) =>
    run(trigger, (session) => actions().triggerAction(session, id, overlap)),
  );
}

const overlapOption = (byDefault: string) =>
  new Option('--overlap <policy>', `when a run goes on (default: ${byDefault})`).choices(overlapChoices);

function describeBackfill(backfill: Command, run: RunAction): void {
  backfill
    .description(
      'Start the runs of times that have passed, each with its own time. Those that are done or go on are left out; one that failed is started again',
    )
    .argument('<schedule>', 'its id')
    .requiredOption(
      '--from <time>',
      'the first time that may be meant; ISO, or a duration before now such as 72h',
    )
    .option('--to <time>', 'the last one (default: now)')
    .addOption(overlapOption('buffer-all, one after the other'))
    .option('--dry-run', 'show the runs, and start none')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  undrop schedules backfill nightly-orders --from 72h');
  backfill.action((id: string, given) =>
    run(backfill, (session) => actions().backfillAction(session, id, given)),
  );
}

function describeDelete(remove: Command, run: RunAction): void {
  remove
    .description('Remove a schedule. Its runs are not affected, neither those that go on')
    .argument('<schedule>', 'its id')
    .option('-y, --yes', 'do not ask');
  remove.action((id: string, { yes }: { yes?: boolean }) =>
    run(remove, (session) => actions().deleteAction(session, id, yes === true)),
  );
}
