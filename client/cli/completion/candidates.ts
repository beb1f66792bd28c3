import type { Argument, Command, Option } from 'commander';
import { gathered } from '../command';
import { operationEntries } from '../commands';

/** What could stand where the cursor is. */
export interface Candidate {
  value: string;
  /** One line about it. */
  about: string;
}

export type Candidates =
  | { kind: 'values'; values: Candidate[] }
  /** Names of files: the shell knows them better. */
  | { kind: 'files' }
  | LookedUp;

/** What begins so and only Temporal knows; `lead` belongs before each, the flag in `--flag=value`. */
export type LookedUp = { prefix: string; lead?: string } & (
  { kind: 'runs' | 'schedules'; command: string } | { kind: 'steps'; run: string; runId?: string }
);

/** What stands on the line before the cursor, as far as it was understood. */
interface Line {
  command: Command;
  /** Arguments of the command. */
  args: string[];
  /** Values of options, by what commander calls them; empty for switches. */
  given: Map<string, string>;
}

const values = (all: Candidate[], prefix: string): Candidates => ({
  kind: 'values',
  values: all.filter(({ value }) => value.startsWith(prefix)),
});

/**
 * What may follow on a command line, from the command tree alone.
 * @param program the tree, with what these words name filled in
 * @param words without `undrop`; the last one is under the cursor
 */
export function candidatesFor(program: Command, words: readonly string[]): Candidates {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  if (before[0] === 'help') return helpTopics(program, before.slice(1), current);
  const line: Line = { command: program, args: [], given: new Map() };
  let expecting: Option | undefined;
  let onlyArguments = false;
  for (const word of before) {
    if (expecting) {
      line.given.set(expecting.attributeName(), word);
      expecting = undefined;
    } else if (!onlyArguments && word === '--') {
      onlyArguments = true;
    } else if (!onlyArguments && word.startsWith('-')) {
      const [name, value] = [nameOf(word), word.slice(nameOf(word).length + 1)];
      const options = optionsOf(program, line.command);
      const option = options.find(({ long, short }) => [long, short].includes(name));
      if (option) line.given.set(option.attributeName(), value);
      if (option && takesValue(option) && !word.includes('=')) expecting = option;
    } else {
      const { command, args } = line;
      const next = args.length === 0 ? command.commands.find((one) => one.name() === word) : undefined;
      if (next) line.command = next;
      else args.push(word);
    }
  }
  if (expecting) return valuesOf(expecting, line, current);
  if (!onlyArguments && current.startsWith('-')) return flags(program, line, current);
  return commandsAndArguments(line, current);
}

/** A flag, or the value in `--flag=value`. */
function flags(program: Command, line: Line, current: string): Candidates {
  const options = optionsOf(program, line.command);
  const [, flag, value] = /^(--[^=]+)=(.*)$/.exec(current) ?? [];
  const option = options.find(({ long }) => flag !== undefined && long === flag);
  if (option && value !== undefined) {
    const found = valuesOf(option, line, value);
    if (found.kind === 'files') return found;
    if (found.kind !== 'values') return { ...found, lead: `${flag}=` };
    const whole = found.values.map((one) => ({ ...one, value: `${flag}=${one.value}` }));
    return { ...found, values: whole };
  }
  const again = (one: Option) => one.parseArg === gathered || one.variadic;
  const open = options.filter((one) => !line.given.has(one.attributeName()) || again(one));
  return values(
    open.map(({ long, short, description }) => ({ value: long ?? short!, about: oneLine(description) })),
    current,
  );
}

function commandsAndArguments({ command, args }: Line, current: string): Candidates {
  const subcommands = args.length === 0 ? visible(command) : [];
  const declared: readonly Argument[] = command.registeredArguments;
  const last = declared.at(-1);
  const argument = declared[args.length] ?? (last?.variadic ? last : undefined);
  if (argument?.name() === 'run') return { kind: 'runs', prefix: current, command: command.name() };
  if (argument?.name() === 'schedule') return { kind: 'schedules', prefix: current, command: command.name() };
  if (argument?.name() === 'operation') {
    const operations = operationEntries.map(({ command, summary }) => ({ value: command, about: summary }));
    return values(operations, current);
  }
  const choices = (argument?.argChoices ?? []).map((value) => ({ value, about: '' }));
  return values([...subcommands, ...choices], current);
}

function valuesOf(option: Option, { command, args, given }: Line, current: string): Candidates {
  if (option.argChoices)
    return values(
      option.argChoices.map((value) => ({ value, about: '' })),
      current,
    );
  if (/<(path|file)>/.test(option.flags)) return { kind: 'files' };
  if (/<run>/.test(option.flags)) return { kind: 'runs', prefix: current, command: command.name() };
  if (/<schedule>/.test(option.flags)) return { kind: 'schedules', prefix: current, command: command.name() };
  const run = args[command.registeredArguments.findIndex((one) => one.name() === 'run')];
  if (/<step>/.test(option.flags) && run !== undefined) {
    const runId = given.get('runId');
    return { kind: 'steps', prefix: current, run, ...(runId !== undefined && { runId }) };
  }
  return values([], current);
}

function helpTopics(program: Command, path: readonly string[], current: string): Candidates {
  let at: Command | undefined = program;
  for (const word of path) at = at?.commands.find((command) => command.name() === word);
  if (!at) return values([], current);
  const topics = path.length === 0 ? [{ value: 'exit-codes', about: 'what the exit codes mean' }] : [];
  return values([...visible(at), ...topics], current);
}

const visible = (command: Command): Candidate[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .map((one) => ({ value: one.name(), about: oneLine(one.summary() || one.description()) }));

/** Those of the command, and those that every command takes. */
const optionsOf = (program: Command, at: Command): Option[] => [
  ...at.createHelp().visibleOptions(at),
  ...(at === program ? [] : program.options),
];

const takesValue = (option: Option) => option.required || option.optional;

const nameOf = (word: string) => word.split('=')[0]!;

/** Descriptions share a line with what they describe. */
export function oneLine(text: string): string {
  const line = text.split('\n')[0]!.replace(/\s+/g, ' ').trim();
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}
