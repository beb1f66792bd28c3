import { CommanderError, type Command } from 'commander';
import { CarefulCommand } from './command';
import { addCommonOptions, type CommonOptions, type TableFormat } from './common-options';
import { operationEntries } from './commands';
import { dataApiGroups } from './commands/data-api';
import type { RunAction } from './commands/operation';
import { exitCodes, exitCodesHelp } from './exit-codes';
import type { Io } from './io';
import { lazy } from './lazy';
import { tabular } from './tabular';
import { UsageError } from './usage-error';

/**
 * Runs one command line.
 * @param argv without node and script: `['runs', 'list']`.
 * @returns the exit code; what goes wrong is told on stderr, never thrown.
 */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = createProgram(argv, io, async (command, action) => {
    const options = command.optsWithGlobals<CommonOptions>();
    if ((options.output as TableFormat) === 'csv' && !tabular.has(command)) {
      throw new UsageError('this command gives no CSV', [
        '--output: csv is for commands that print a table of data',
      ]);
    }
    exitCode = await action({ io, options });
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    // commander has told it already; help and version are no errors
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    return lazy.reportError().reportError(error, io, Boolean(program.opts<CommonOptions>().verbose));
  }
}

/** A command line that names every command there is: with it the whole tree is filled in. */
export const everyCommand: readonly string[] = Object.assign([], { includes: () => true });

/** The command tree; commands that the command line does not name are only listed, not filled in. */
export function createProgram(argv: readonly string[], io: Io, run: RunAction): Command {
  const program = new CarefulCommand('undrop');
  program
    .description(
      'Durable recovery of tables on AWS: copy a Redshift snapshot, restore one table, prove it, export.',
    )
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .configureHelp({ showGlobalOptions: true, helpWidth: Math.min(io.stdout.columns ?? 100, 110) })
    .showSuggestionAfterError()
    .helpCommand(false);
  addCommonOptions(program);

  program.commandsGroup('Operations:');
  for (const entry of operationEntries) {
    const group = program.command(entry.command).summary(entry.summary).helpCommand(false);
    if (!argv.includes(entry.command)) continue;
    if (entry.describe) entry.describe(group, entry, run, argv);
    else lazy.operation().describeOperation(group, entry, run);
  }
  program.commandsGroup('Look at AWS:');
  const plan = program
    .command('plan')
    .summary('Tell what a run would find and do, start nothing')
    .helpCommand(false);
  if (argv.includes('plan')) lazy.plan().describePlan(plan, run, argv);
  const exported = program
    .command('exports')
    .description('Exports of DynamoDB tables: list, show, read')
    .helpCommand(false);
  if (argv.includes('exports')) lazy.exports().describeExports(exported, run);
  for (const group of dataApiGroups) {
    const command = program.command(group.command).description(group.description).helpCommand(false);
    if (argv.includes(group.command)) lazy.lookUps().describeLookUps(command, group, run);
  }
  program.commandsGroup('Runs and help:');
  const runs = program
    .command('runs')
    .description('List, show, watch, retry and cancel runs')
    .helpCommand(false);
  if (argv.includes('runs')) lazy.runs().describeRuns(runs, run);
  const doctor = program
    .command('doctor')
    .summary('Look at everything that a run needs, and say how to mend it')
    .helpCommand(false);
  if (argv.includes('doctor')) lazy.doctor().describeDoctor(doctor, run);
  const setup = program.command('setup').summary('Prepare the Temporal namespace, once').helpCommand(false);
  if (argv.includes('setup')) lazy.setup().describeSetup(setup, run);
  const completion = program
    .command('completion')
    .summary('Print the script that completes undrop in a shell')
    .helpCommand(false);
  if (argv.includes('completion')) lazy.completion().describeCompletion(completion, run);
  const complete = program.command('complete', { hidden: true }).helpCommand(false);
  if (argv.includes('complete'))
    lazy.completion().describeComplete(complete, run, (words) => createProgram(words, io, run));
  const schedules = program
    .command('schedules')
    .summary('Operations at times that come again: create, apply, list, backfill …')
    .helpCommand(false);
  if (argv.includes('schedules')) lazy.schedules().describeSchedules(schedules, run, argv);
  addHelp(program, io);
  program.addHelpText('after', example);
  return program;
}

const example = `
Example: bring a table back as it was in last night's snapshot, and stay until it is there
  undrop recover-table start --cluster analytics --snapshot rs:analytics-2026-11-20-03-00-00 \\
    --database dev --table orders --at-least 120000 --wait

All flags of a command: undrop help recover-table start      Exit codes: undrop help exit-codes`;

function addHelp(program: Command, io: Io): void {
  const help = program.command('help').argument('[topic...]', 'a command, or exit-codes');
  help.description('Help on a command, or on exit-codes').action((topic: string[]) => {
    if (topic[0] === 'exit-codes') return void io.stdout.write(exitCodesHelp());
    let at = program;
    for (const word of topic) {
      const next = at.commands.find((command) => command.name() === word);
      if (!next) return at.error(`error: there is no help on '${topic.join(' ')}'`);
      at = next;
    }
    at.outputHelp();
  });
}
