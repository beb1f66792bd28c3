/**
 * Flags of an operation as a table: each names the field of the input that it sets. The input is built from it, and
 * problems of the input are told with the flag's name. Plain data and plain functions: `--help` loads nothing else.
 */
export interface Flag {
  /** With its dashes: `--target-schema`. */
  flag: string;
  /** Field of the input, dotted: `target.schema`. */
  path: string;
  /**
   * `list`: comma-separated texts. `texts`, `parameters`: texts, or `name=value`. These three are given as often as needed.
   * `run`: a run whose result holds the value; filled in from Temporal.
   */
  type: 'text' | 'integer' | 'number' | 'boolean' | 'table' | 'list' | 'texts' | 'parameters' | 'run' | 'off';
  description: string;
  /** How the value is shown in the help; the type's own when absent. */
  value?: string;
  required?: boolean;
  /** Title of the help's section. */
  heading?: string;
  /**
   * One of several ways to say one thing: flags of one `group` (a path; '' for the input itself) must all be of one
   * `alternative` (a field there). The first flag of an alternative is the one that people are told to give.
   */
  group?: string;
  alternative?: string;
  /** Another field (a path) that need not be given when this flag is. */
  insteadOf?: string;
}

export interface FlagProblem {
  field: string;
  flags: string[];
  problem: string;
}

export type FlagValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** Whether a flag may be given more than once. */
export const isRepeated = ({ type }: Flag) => type === 'list' || type === 'texts' || type === 'parameters';

type Json = Record<string, unknown>;

/** What commander calls the option: `--target-schema` → `targetSchema`, `--no-copy` → `copy`. */
export function attributeOf({ flag, type }: Flag): string {
  const name = type === 'off' ? flag.replace(/^--no-/, '') : flag.slice(2);
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * The input from a file (or none) with the given flags over it.
 * @param values by flag (`--cluster`); flags that were not given are absent.
 */
export function inputFromFlags(
  flags: readonly Flag[],
  values: FlagValues,
  file: unknown = {},
): { input: unknown; problems: FlagProblem[] } {
  const given = flags.filter(({ flag }) => values[flag] !== undefined);
  if (!isObject(file)) return { input: file, problems: [] };
  const input = structuredClone(file);
  const problems = [...chooseAlternatives(flags, given, input), ...contradictions(given)];
  for (const flag of flags) if (flag.required) parentOf(input, flag.path);
  for (const flag of given) {
    const read = readValue(flag, values[flag.flag]!);
    setAt(input, flag.path, read.value);
    if (read.problem) problems.push({ field: flag.path, flags: [flag.flag], problem: read.problem });
  }
  return { input, problems };
}

/** The problems of an input with the flags that could mend each; those that a flag has told already are left out. */
export function nameFlags(
  flags: readonly Flag[],
  told: readonly FlagProblem[],
  problems: readonly { field: string; problem: string }[],
): FlagProblem[] {
  const toldAlready = ({ field }: { field: string }) =>
    told.some((known) => field === known.field || field.startsWith(`${known.field}.`));
  const untold = problems.filter((problem) => !toldAlready(problem));
  return [...told, ...untold.map(({ field, problem }) => nameFlagsOf(flags, field, problem))];
}

function nameFlagsOf(flags: readonly Flag[], field: string, problem: string): FlagProblem {
  const choice = problem.startsWith('is missing') ? choicesFor(flags, field) : [];
  if (choice.length > 1) return { field, flags: [], problem: `is missing: give ${eitherOf(choice)}` };
  return { field, flags: flagsFor(flags, field), problem };
}

/** One flag for each way to say what is missing; none when it can be said in one way only. */
function choicesFor(flags: readonly Flag[], field: string): string[] {
  const group = flags.some((flag) => flag.group === '' && flag.alternative === field) ? '' : field;
  const ways = flags.filter((flag) => flag.group === group);
  const first = ways.filter(
    ({ alternative }, index) => ways.findIndex((way) => way.alternative === alternative) === index,
  );
  return [...first, ...flags.filter(({ insteadOf }) => insteadOf === field)].map(({ flag }) => flag);
}

const eitherOf = (names: readonly string[]) => `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

/** `--cluster (warehouse.clusterIdentifier): is missing`. */
export function flagProblemText({ field, flags, problem }: FlagProblem): string {
  return flags.length === 0 ? `${field}: ${problem}` : `${flags.join(', ')} (${field}): ${problem}`;
}

function flagsFor(flags: readonly Flag[], field: string): string[] {
  const exact = flags.filter(({ path, type }) => path === field && type !== 'off');
  const within = flags.filter(({ path }) => path.startsWith(`${field}.`));
  const around = flags.filter(({ path }) => field.startsWith(`${path}.`));
  const needed = within.filter(({ required }) => required);
  const found = [exact, needed, within, around].find((some) => some.length > 0) ?? [];
  return found.map(({ flag }) => flag);
}

type Read = { value: unknown; problem?: string };

function readValue({ type, path }: Flag, value: NonNullable<FlagValues[string]>): Read {
  if (type === 'boolean') return { value: true };
  if (type === 'off') return { value: false };
  if (type === 'texts') return { value };
  if (type === 'parameters') return namedValues(value as readonly string[]);
  if (type === 'list') return { value: listed([value].flat().map(String)) };
  const text = String(value);
  if (type === 'integer' || type === 'number') {
    const plain = text.replace(/(?<=\d)[,_](?=\d{3}(?!\d))/g, '');
    if (type === 'integer' ? /^-?\d+$/.test(plain) : /^-?\d+(\.\d+)?$/.test(plain))
      return { value: Number(plain) };
    return { value: text, problem: `must be a ${type === 'integer' ? 'whole ' : ''}number, not "${text}"` };
  }
  if (type === 'table') return tableReference(text, path);
  return { value: text };
}

/** Comma-separated texts, once or more: one list. */
const listed = (texts: readonly string[]): string[] =>
  texts
    .flatMap((text) => text.split(','))
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** `name=value`, once or more; the value may be anything, further equal signs too. */
function namedValues(texts: readonly string[]): Read {
  const value = texts.map((text) => {
    const [, name = '', value = ''] = /^([^=]*)=([^]*)$/.exec(text) ?? [];
    return { name, value };
  });
  const wrong = texts.find((text) => !/^\w+=/.test(text));
  return wrong === undefined ? { value } : { value, problem: `must be name=value, not "${wrong}"` };
}

/** `[database.][schema.]table`, as people write it; names with dots in them go into a file. */
function tableReference(text: string, path: string): { value: unknown; problem?: string } {
  const parts = text.split('.');
  if (parts.length > 3 || parts.some((part) => part === '')) {
    return {
      value: text,
      problem: `must be [database.][schema.]table; for names with dots use -f and ${path}`,
    };
  }
  const [table, schema, database] = parts.reverse();
  return { value: { ...(database && { database }), ...(schema && { schema }), table } };
}

/** Flags of one group say one thing; what the file said otherwise gives way to them. */
function chooseAlternatives(flags: readonly Flag[], given: readonly Flag[], input: Json): FlagProblem[] {
  const problems: FlagProblem[] = [];
  for (const group of new Set(given.flatMap(({ group }) => group ?? []))) {
    const members = given.filter((flag) => flag.group === group);
    const chosen = new Set(members.map(({ alternative }) => alternative!));
    if (chosen.size > 1) {
      problems.push({
        field: group || '(input)',
        flags: members.map(({ flag }) => flag),
        problem: 'exclude each other: give one',
      });
    }
    const there = group === '' ? input : getAt(input, group);
    if (isObject(there) && [...chosen].some((alternative) => alternative in there)) continue;
    if (group !== '') setAt(input, group, {});
    else for (const flag of flags) if (flag.group === '') delete input[flag.path];
  }
  return problems;
}

/** `--no-copy` together with a flag about the copy. */
function contradictions(given: readonly Flag[]): FlagProblem[] {
  return given
    .filter(({ type }) => type === 'off')
    .flatMap(({ flag, path }) => {
      const others = given.filter((other) => other.path.startsWith(`${path}.`)).map((other) => other.flag);
      return others.length === 0
        ? []
        : [{ field: path, flags: [flag, ...others], problem: 'exclude each other' }];
    });
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parentOf(input: Json, path: string): Json {
  return path
    .split('.')
    .slice(0, -1)
    .reduce<Json>((at, key) => {
      if (!isObject(at[key])) at[key] = {};
      return at[key] as Json;
    }, input);
}

/** Sets a field of an input by its dotted path. */
export function setAt(input: Json, path: string, value: unknown): void {
  parentOf(input, path)[path.split('.').at(-1)!] = value;
}

function getAt(input: Json, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), input);
}
