/** The levels of a proof, cheapest first (docs/verify.md). */
export type VerdictLevel = 'rowCount' | 'structure' | 'content' | 'assertion';

/** What was found out about one expectation. */
export interface Verdict {
  level: VerdictLevel;
  /** What it is about: `row count`, `column types`, `column amount`, the name of an assertion. */
  subject: string;
  passed: boolean;
  /** In words a person can compare: `exactly 120,000 rows`. At most 300 characters. */
  expected: string;
  actual: string;
}

const longest = 300;

/** A verdict with texts of bounded length: verdicts are kept in the run's record and told in messages. */
export function verdict(
  level: VerdictLevel,
  subject: string,
  passed: boolean,
  expected: string,
  actual: string,
): Verdict {
  return {
    level,
    subject: shortened(subject, 160),
    passed,
    expected: shortened(expected),
    actual: shortened(actual),
  };
}

/** The text, its end cut off when it is too long; never through the middle of a character. */
export function shortened(text: string, length = longest): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

/** `row count: expected exactly 5 rows, found 4 rows`. */
export function describeVerdict({ subject, expected, actual }: Verdict): string {
  return `${subject}: expected ${expected}, found ${actual}`;
}

/** The failed ones in one message; of many the first, and how many more there are. */
export function describeFailed(verdicts: readonly Verdict[], most = 6): string {
  const failed = verdicts.filter(({ passed }) => !passed);
  const told = failed.slice(0, most).map(describeVerdict);
  const more = failed.length - told.length;
  return [...told, ...(more > 0 ? [`and ${more} more (see the verdicts of the run)`] : [])].join('; ');
}

/** 120000 → `120,000`, without the platform's locale data (this runs inside workflows). */
export function thousands(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
