import type { z } from 'zod';

/** One thing wrong with an input; `field` is a dotted path such as `export.s3Bucket`, or `(input)` for the whole. */
export interface Problem {
  field: string;
  problem: string;
}

export type Parsed<T> = { ok: true; value: T } | { ok: false; problems: Problem[] };

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

function problemsOf(issue: z.core.$ZodIssue, prefix: PropertyKey[] = []): Problem[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: fieldName([...path, key]),
      problem: 'is not a field of this input',
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The alternative that got furthest is what the user meant: report its problems, not "invalid input".
    const [closest] = [...issue.errors].sort((a, b) => weight(a) - weight(b));
    if (closest && closest.length > 0) return closest.flatMap((inner) => problemsOf(inner, path));
  }
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return [{ field: fieldName(path), problem: 'is missing' }];
  }
  return [{ field: fieldName(path), problem: lowerFirst(issue.message) }];
}

const weight = (issues: readonly z.core.$ZodIssue[]) =>
  issues.reduce((sum, issue) => sum + (issue.path.length <= 1 && issue.code !== 'custom' ? 10 : 1), 0);

const fieldName = (path: PropertyKey[]) => (path.length === 0 ? '(input)' : path.map(String).join('.'));

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
