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
  /** Ids of runs that begin so: Temporal knows them. */
  | { kind: 'runs'; prefix: string; command: string };

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
  let at = program;
  let position = 0;
  let expecting: Option | undefined;
  let onlyArguments = false;
  const given = new Set<string>();
  for (const word of before) {
    if (expecting) {
      expecting = undefined;
    } else if (!onlyArguments && word === '--') {
      onlyArguments = true;
    } else if (!onlyArguments && word.startsWith('-')) {
      const option = optionsOf(program, at).find(({ long, short }) => [long, short].includes(nameOf(word)));
      if (option) given.add(option.attributeName());
      if (option && takesValue(option) && !word.includes('=')) expecting = option;
    } else {
      const next = position === 0 ? at.commands.find((command) => command.name() === word) : undefined;
      if (next) at = next;
      else position += 1;
    }
  }
  if (expecting) return valuesOf(expecting, at, current);
  if (!onlyArguments && current.startsWith('-')) return flags(program, at, given, current);
  return commandsAndArguments(at, position, current);
}

/** A flag, or the value in `--flag=value`. */
function flags(program: Command, at: Command, given: Set<string>, current: string): Candidates {
  const options = optionsOf(program, at);
  const [, flag, value] = /^(--[^=]+)=(.*)$/.exec(current) ?? [];
  const option = options.find(({ long }) => flag !== undefined && long === flag);
  if (option && value !== undefined) {
    const found = valuesOf(option, at, value);
    if (found.kind !== 'values') return found;
    const whole = found.values.map((one) => ({ ...one, value: `${flag}=${one.value}` }));
    return { ...found, values: whole };
  }
  const again = (one: Option) => one.parseArg === gathered || one.variadic;
  const open = options.filter((one) => !given.has(one.attributeName()) || again(one));
  return values(
    open.map(({ long, short, description }) => ({ value: long ?? short!, about: oneLine(description) })),
    current,
  );
}

function commandsAndArguments(at: Command, position: number, current: string): Candidates {
  const subcommands = position === 0 ? visible(at) : [];
  const declared: readonly Argument[] = at.registeredArguments;
  const last = declared.at(-1);
  const argument = declared[position] ?? (last?.variadic ? last : undefined);
  if (argument?.name() === 'run') return { kind: 'runs', prefix: current, command: at.name() };
  if (argument?.name() === 'operation') {
    const operations = operationEntries.map(({ command, summary }) => ({ value: command, about: summary }));
    return values(operations, current);
  }
  const choices = (argument?.argChoices ?? []).map((value) => ({ value, about: '' }));
  return values([...subcommands, ...choices], current);
}

function valuesOf(option: Option, at: Command, current: string): Candidates {
  if (option.argChoices)
    return values(
      option.argChoices.map((value) => ({ value, about: '' })),
      current,
    );
  if (/<(path|file)>/.test(option.flags)) return { kind: 'files' };
  if (/<run>/.test(option.flags)) return { kind: 'runs', prefix: current, command: at.name() };
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

const nameOf = (word: string) => word.split('=')[0];

/** Descriptions share a line with what they describe. */
function oneLine(text: string): string {
  const line = text.split('\n')[0]!.replace(/\s+/g, ' ').trim();
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}
