import type { z } from 'zod';

/** One thing wrong with an input; `field` is a dotted path such as `export.s3Bucket`, or `(input)` for the whole. */
export interface Problem {
  field: string;
  problem: string;
}

export type Parsed<T> = { ok: true; value: T } | { ok: false; problems: Problem[] };

type Issue = z.core.$ZodIssue;

/** Validates an input and reports every problem at once, each naming its field. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): Parsed<z.output<S>> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, problems: parsed.error.issues.flatMap((issue) => problemsOf(issue)) };
}

/** `field: problem; field: problem` for one-line messages. */
export function describeProblems(problems: readonly Problem[]): string {
  return problems.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
}

function problemsOf(issue: Issue, prefix: PropertyKey[] = []): Problem[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: fieldName([...path, key]),
      problem: 'is not a field of this input',
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return problemsOfUnion(issue.errors, path);
  return [{ field: fieldName(path), problem: inWords(issue) }];
}

/** Of several shapes the one that got furthest is what the user meant: its problems are reported, not "invalid input". */
function problemsOfUnion(alternatives: Issue[][], path: PropertyKey[]): Problem[] {
  const whole = (problem: string) => [{ field: fieldName(path), problem }];
  if (alternatives.every((issues) => issues.every((issue) => issue.path.length === 0 && isKind(issue)))) {
    if (alternatives.flat().some(isMissing)) return whole('is missing');
    return whole(`must be ${[...new Set(alternatives.flat().map(expectedKind))].join(' or ')}`);
  }
  if (alternatives.every((issues) => issues.every(isMissing))) {
    const shapes = alternatives.map((issues) => issues.map((issue) => fieldName(issue.path)).join(' and '));
    return whole(`needs ${shapes.join(', or ')}`);
  }
  const [closest] = [...alternatives].sort((a, b) => distance(a) - distance(b));
  return closest!.flatMap((issue) =>
    issue.code === 'unrecognized_keys' && issue.path.length === 0
      ? issue.keys.map((key) => ({
          field: fieldName([...path, key]),
          problem: foreignTo(closest!, key, alternatives),
        }))
      : problemsOf(issue, path),
  );
}

/** A field that another of the shapes has is not unknown: it does not go with those that make this the closest one. */
function foreignTo(closest: Issue[], key: string, alternatives: Issue[][]): string {
  const own = alternatives.filter(
    (issues) =>
      !issues.some((issue) => issue.path.length === 0 && isKind(issue)) && !strangeTo(issues).includes(key),
  );
  const others = new Set(own.flatMap(strangeTo).filter((other) => !strangeTo(closest).includes(other)));
  return others.size === 0
    ? 'is not a field of this input'
    : `must not be given together with ${[...others].join(', ')}`;
}

const strangeTo = (issues: readonly Issue[]) =>
  issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [],
  );

/** How far an input is from a shape: another kind of thing is furthest, then strange fields, missing ones, wrong values. */
const distance = (issues: readonly Issue[]) =>
  issues.reduce((sum, issue) => {
    if (issue.code === 'unrecognized_keys') return sum + 100 * issue.keys.length;
    if (issue.path.length === 0 && isKind(issue)) return sum + 10_000;
    return sum + (isMissing(issue) ? 50 : 1);
  }, 0);

const isMissing = (issue: Issue) =>
  issue.code === 'invalid_type' && issue.message.endsWith('received undefined');

/** Whether the issue is about what kind of thing a value is, not about what is in it. */
const isKind = (issue: Issue) => issue.code === 'invalid_type' || issue.code === 'invalid_value';

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  null: 'null',
};

function expectedKind(issue: Issue): string {
  if (issue.code === 'invalid_value') return issue.values.map(String).join(' or ');
  return issue.code === 'invalid_type'
    ? (kinds[issue.expected] ?? issue.expected)
    : lowerFirst(issue.message);
}

/** The schema's own words where it has any, else zod's codes in plain ones. */
function inWords(issue: Issue): string {
  if (isMissing(issue)) return 'is missing';
  if (!/^(Invalid|Too) /.test(issue.message)) return lowerFirst(issue.message);
  switch (issue.code) {
    case 'invalid_type': {
      const received = /received (\w+)$/.exec(issue.message)?.[1] ?? '';
      const not =
        issue.expected === 'int' && received === 'number' ? '' : `, not ${kinds[received] ?? received}`;
      return `must be ${expectedKind(issue)}${received === '' ? '' : not}`;
    }
    case 'invalid_value':
      return `must be ${expectedKind(issue)}`;
    case 'too_small':
      return `must ${measured(issue.origin)} at least ${issue.minimum}${unit(issue.origin)}`;
    case 'too_big':
      return `must ${measured(issue.origin)} at most ${issue.maximum}${unit(issue.origin)}`;
    default:
      return lowerFirst(issue.message);
  }
}

const measured = (origin: string) => (origin === 'string' ? 'have' : 'be');
const unit = (origin: string) => (origin === 'string' ? ' characters' : '');

/** A path as problems name it: `export.s3Bucket`, `(input)` for the whole. */
export const fieldName = (path: PropertyKey[]) =>
  path.length === 0 ? '(input)' : path.map((key) => partName(String(key))).join('.');

const partName = (key: string) => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key));

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
