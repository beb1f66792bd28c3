import { Option, type Command } from 'commander';
import { gathered } from '../command';
import { attributeOf, isRepeated, type Flag, type FlagValues } from '../flags';
import { lazy } from '../lazy';
import { commonFlags } from '../common-flags';
import type { Session } from '../session';
import type { StartFlags } from '../start-action';
import type { OperationEntry } from './index';

/** Fills in `undrop <operation>`: its description and `start`. */
export function describeOperation(group: Command, entry: OperationEntry, run: RunAction): void {
  const { description, example, fileOnly, flags: own } = entry.load();
  const flags = [...own, ...commonFlags];
  group.description(description);
  const start = group
    .command('start')
    .summary('Start a run')
    .description(`${entry.summary}.\n\n${description}`);
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
  for (const flag of flags) start.addOption(optionOf(flag));
  start.addHelpText('before', `Example:\n  ${example}\n`);
  if (fileOnly) start.addHelpText('after', `\nOnly in a file (-f): ${fileOnly.join(', ')}.`);
  start.action((given: StartFlags) =>
    run(start, (session) =>
      lazy.startAction().startAction(entry, flags, session, given, valuesOf(start, flags)),
    ),
  );
}

/** Runs an action with the session of its command, and passes its exit code on. */
export type RunAction = (command: Command, action: (session: Session) => Promise<number>) => Promise<void>;

const placeholders: Partial<Record<Flag['type'], string>> = {
  text: '<text>',
  integer: '<n>',
  number: '<n>',
  table: '<table>',
  list: '<list>',
  run: '<run>',
  texts: '<text>',
  parameters: '<name=value>',
};

/** The commander option of a flag. */
export function optionOf(flag: Flag): Option {
  const value =
    flag.type === 'boolean' || flag.type === 'off' ? '' : ` ${flag.value ?? placeholders[flag.type]}`;
  const option = new Option(
    `${flag.flag}${value}`,
    `${flag.description}${flag.required ? ' (required)' : ''}`,
  );
  if (isRepeated(flag)) option.argParser(gathered);
  return flag.heading === undefined ? option : option.helpGroup(flag.heading);
}

/** The flags that were really given, by name. */
export function valuesOf(command: Command, flags: readonly Flag[]): FlagValues {
  const named = flags.filter((flag) => command.getOptionValueSource(attributeOf(flag)) === 'cli');
  return Object.fromEntries(
    named.map((flag) => [flag.flag, command.getOptionValue(attributeOf(flag)) as FlagValues[string]]),
  );
}
