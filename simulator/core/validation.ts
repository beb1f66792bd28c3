/** A control request that cannot be understood; answered with 400 and all problems at once. */
export class InvalidBody extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('; '));
  }
}

type FieldKind =
  | 'string'
  | 'object'
  | 'boolean'
  /** A finite number, 0 or more. */
  | 'non-negative'
  /** A whole number, 0 or more. */
  | 'count'
  /** A whole number of at least 1, or 'always'. */
  | 'times'
  /** An HTTP status of an error. */
  | 'status'
  | readonly string[];

export type FieldRules = Record<string, FieldKind | { optional: FieldKind }>;

const wanted: Record<Exclude<FieldKind, readonly string[]>, [string, (value: unknown) => boolean]> = {
  string: ['a non-empty string', (value) => typeof value === 'string' && value !== ''],
  object: ['an object', (value) => typeof value === 'object' && value !== null && !Array.isArray(value)],
  boolean: ['true or false', (value) => typeof value === 'boolean'],
  'non-negative': ['a number of at least 0', (value) => Number.isFinite(value) && (value as number) >= 0],
  count: ['a whole number of at least 0', (value) => Number.isInteger(value) && (value as number) >= 0],
  times: [
    "a whole number of at least 1, or 'always'",
    (value) => value === 'always' || (Number.isInteger(value) && (value as number) >= 1),
  ],
  status: [
    'a whole number from 400 to 599',
    (value) => Number.isInteger(value) && (value as number) >= 400 && (value as number) <= 599,
  ],
};

/** What is wrong with the fields of `body` under `rules`; unknown fields are problems too. */
export function problemsOf(body: unknown, rules: FieldRules, prefix = ''): string[] {
  if (!wanted.object[1](body))
    return [`${prefix === '' ? 'the body' : prefix.slice(0, -1)} must be an object`];
  const given = body as Record<string, unknown>;
  const problems = Object.keys(given)
    .filter((name) => !Object.hasOwn(rules, name))
    .map((name) => `${prefix}${name} is not known (known: ${Object.keys(rules).join(', ') || 'none'})`);
  for (const [name, rule] of Object.entries(rules)) {
    const optional = typeof rule === 'object' && 'optional' in rule;
    const kind: FieldKind = optional ? rule.optional : (rule as FieldKind);
    const value = given[name];
    if (value === undefined) {
      if (!optional) problems.push(`${prefix}${name} is missing`);
      continue;
    }
    const [words, fits] =
      typeof kind === 'string'
        ? wanted[kind]
        : [`one of ${kind.join(', ')}`, (one: unknown) => kind.includes(one as string)];
    if (!fits(value)) problems.push(`${prefix}${name} must be ${words}`);
  }
  return problems;
}

/**
 * @returns `body` itself, proved to have the fields of `rules` and no others.
 * @throws InvalidBody naming every problem.
 */
export function requireFields(body: unknown, rules: FieldRules): object {
  const problems = problemsOf(body, rules);
  if (problems.length > 0) throw new InvalidBody(problems);
  return body as object;
}
