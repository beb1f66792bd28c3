import { Command, CommanderError, Option } from 'commander';
import { addCommonOptions, type CommonOptions } from './common-options';
import { operationCommands } from './commands';
import { describeRunsCancel, runsCancelAction } from './commands/runs-cancel';
import { describeRunsList, runsListAction } from './commands/runs-list';
import { describeRunsShow, runsShowAction } from './commands/runs-show';
import { describeRunsWatch, runsWatchAction } from './commands/runs-watch';
import { exitCodes, exitCodesHelp } from './exit-codes';
import { attributeOf, type Flag, type FlagValues } from './flags';
import type { Io } from './io';
import { lazy } from './lazy';
import type { OperationCommand } from './operation-command';
import { reportError } from './report-error';
import type { Session } from './session';
import type { StartFlags } from './start-action';

/**
 * Runs one command line.
 * @param argv without node and script: `['runs', 'list']`.
 * @returns the exit code; what goes wrong is told on stderr, never thrown.
 */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  const result = { exitCode: exitCodes.done as number };
  const program = createProgram(io, (exitCode) => (result.exitCode = exitCode));
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return result.exitCode;
  } catch (error) {
    // commander has told it already; help and version are no errors
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    return reportError(error, io, Boolean(program.opts<CommonOptions>().verbose));
  }
}

/** The command tree; `onExit` is told the exit code of the action that ran. */
export function createProgram(io: Io, onExit: (exitCode: number) => void): Command {
  const program = new Command('undrop');
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
  for (const operation of operationCommands) addOperation(program, operation, io, onExit);
  program.commandsGroup('Runs and help:');
  addRuns(program, io, onExit);
  addHelp(program, io);
  program.addHelpText(
    'after',
    `\nExample:\n  ${operationCommands[0]!.example}\n\nExit codes: undrop help exit-codes`,
  );
  return program;
}

function addOperation(
  program: Command,
  operation: OperationCommand,
  io: Io,
  onExit: (exitCode: number) => void,
): void {
  const group = program
    .command(operation.command)
    .summary(operation.summary)
    .description(operation.description)
    .helpCommand(false);
  const start = group
    .command('start')
    .summary('Start a run')
    .description(`${operation.summary}.\n\n${operation.description}`);
  start.optionsGroup('Input and run:');
  start.option('-f, --file <path>', 'input as JSON or YAML, - for standard input; flags override it');
  start.option(
    '--workflow-id <id>',
    'id of the run (default: made from the input, so that asking twice is one run)',
  );
  start.option('--again', 'repeat deliberately what was done before, as a run of its own');
  start.option('--wait', 'stay until the run has ended; the exit code is then that of the run');
  start.option('--timeout <duration>', 'with --wait: longest stay, such as 2h; exit code 3 when it is up');
  start.option('--dry-run', 'validate, show the input and the id of the run, start nothing');
  for (const flag of operation.flags) start.addOption(optionOf(flag));
  start.addHelpText('before', `Example:\n  ${operation.example}\n`);
  start.action(async (flags: StartFlags) =>
    onExit(
      await lazy
        .startAction()
        .startAction(operation, sessionOf(start, io), flags, given(start, operation.flags)),
    ),
  );
}

function addRuns(program: Command, io: Io, onExit: (exitCode: number) => void): void {
  const runs = program.command('runs').description('List, show, watch and cancel runs').helpCommand(false);
  const list = describeRunsList(runs.command('list'));
  list.action(async (flags) => onExit(await runsListAction(sessionOf(list, io), flags)));
  const show = describeRunsShow(runs.command('show'));
  show.action(async (id: string, flags) => onExit(await runsShowAction(sessionOf(show, io), id, flags)));
  const watch = describeRunsWatch(runs.command('watch'));
  watch.action(async (id: string, flags) => onExit(await runsWatchAction(sessionOf(watch, io), id, flags)));
  const cancel = describeRunsCancel(runs.command('cancel'));
  cancel.action(async (id: string, flags) =>
    onExit(await runsCancelAction(sessionOf(cancel, io), id, flags)),
  );
}

function addHelp(program: Command, io: Io): void {
  const help = program
    .command('help')
    .argument('[topic...]', 'a command, or exit-codes')
    .summary('Help on a command, or on exit-codes');
  help.action((topic: string[]) => {
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

const placeholders: Partial<Record<Flag['type'], string>> = {
  text: '<text>',
  integer: '<n>',
  number: '<n>',
  table: '<table>',
};

function optionOf(flag: Flag): Option {
  const value =
    flag.type === 'boolean' || flag.type === 'off' ? '' : ` ${flag.value ?? placeholders[flag.type]}`;
  const option = new Option(
    `${flag.flag}${value}`,
    `${flag.description}${flag.required ? ' (required)' : ''}`,
  );
  return flag.heading === undefined ? option : option.helpGroup(flag.heading);
}

/** The flags that were really given, by name. */
function given(command: Command, flags: readonly Flag[]): FlagValues {
  const named = flags.filter((flag) => command.getOptionValueSource(attributeOf(flag)) === 'cli');
  return Object.fromEntries(
    named.map((flag) => [flag.flag, command.getOptionValue(attributeOf(flag)) as string | boolean]),
  );
}

function sessionOf(command: Command, io: Io): Session {
  return { io, options: command.optsWithGlobals<CommonOptions>() };
}
