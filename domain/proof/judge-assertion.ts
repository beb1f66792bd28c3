import type { Assertion } from '../operations/expectations';
import { shortened, thousands, verdict, type Verdict } from '../verdict';
import type { ResultRow } from './result-row';

/** What the statement of an assertion gave, as far as it was read, or how the database refused it. */
export type AssertionAnswer = { rows: readonly ResultRow[]; totalRows: number } | { refused: string };

/** Rows that are read of an assertion's answer: enough to show what is wrong. */
export const assertionRows = 3;

/** L4. The user's own SQL: the single value true, or no rows. A statement that fails proves nothing, and so does not pass. */
export function judgeAssertion({ name, expect }: Assertion, answer: AssertionAnswer): Verdict {
  const judged = (passed: boolean, actual: string) => verdict('assertion', name, passed, expect, actual);
  if ('refused' in answer) return judged(false, `a statement that failed: ${answer.refused}`);
  const { rows, totalRows } = answer;
  if (expect === 'no rows') return judged(totalRows === 0, totalRows === 0 ? 'none' : describeRows(answer));
  const [first] = rows;
  const single = totalRows === 1 && first?.length === 1;
  return judged(
    single && first[0] === true,
    single ? String(first[0]) : totalRows === 0 ? 'no rows' : describeRows(answer),
  );
}

function describeRows({ rows, totalRows }: { rows: readonly ResultRow[]; totalRows: number }): string {
  const told = rows.slice(0, assertionRows).map((row) => `(${row.map(valueText).join(', ')})`);
  const more = totalRows > told.length ? ', …' : '';
  return `${thousands(totalRows)} ${totalRows === 1 ? 'row' : 'rows'}: ${told.join(', ')}${more}`;
}

const valueText = (value: ResultRow[number]) => shortened(String(value), 40);
