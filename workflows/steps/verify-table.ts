import type { Assertion, RecordedExpectation } from '../../domain/operations/expectations';
import { judgeRowCount, type VerifyTableResult } from '../../domain/operations/verify-table';
import { assertionRows, judgeAssertion, type AssertionAnswer } from '../../domain/proof/judge-assertion';
import {
  judgeStructure,
  structureGiven,
  structureLike,
  structureRecorded,
} from '../../domain/proof/judge-structure';
import { assertionStatement } from '../../domain/sql/read-only';
import { displayTable, type TableName, type TableReference } from '../../domain/table-name';
import { describeFailed, describeVerdict, type Verdict, type VerdictLevel } from '../../domain/verdict';
import { fail, failureTypeOf, runFailureOf } from '../failure';
import type { Parsed, Step } from '../run';
import { proveContent, proveRecordedContent } from './prove-content';
import { TableReader } from './table-reader';

type Input = Omit<Parsed<'verifyTable'>, 'deadline'> & { deadline: string };

/**
 * Proves a table, level by level, the cheap ones first; all verdicts are collected. A failed one fails the run and leaves
 * the table for a person to look at.
 * @throws VerificationMismatch naming each failed subject with expected and actual; StatementFailed when the table cannot
 * be read; NotFound when a table to compare with is not there.
 */
export async function verifyTableStep(step: Step, input: Input): Promise<VerifyTableResult> {
  const { table } = input;
  const reader = new TableReader(step, input);
  const verdicts: Verdict[] = [];
  const found = (level: VerdictLevel, some: readonly Verdict[]) => {
    verdicts.push(...some);
    step.found(verdicts);
    tell(step, level, some);
  };

  const rowCount = await reader.count(table);
  const { rowCount: rows, structure, content, assertions, expectation } = input;
  if (rows !== undefined) {
    const others = 'sameAs' in rows ? await reader.count(resolved(rows.sameAs, table)) : undefined;
    found('rowCount', [judgeRowCount(rows, rowCount, others)]);
  }
  if (structure !== undefined) {
    const expected =
      'sameAs' in structure
        ? structureLike(await reader.structureOfOther(resolved(structure.sameAs, table)), structure.ignore)
        : structureGiven(structure);
    found('structure', judgeStructure(expected, await reader.structure(table)));
  }
  if (content !== undefined) {
    const other = resolved(content.sameAs, table);
    found('content', await proveContent(step, reader, { table, other, rowCount }, content));
  }
  for (const [index, assertion] of (assertions ?? []).entries())
    found('assertion', [judgeAssertion(assertion, await ask(reader, table, assertion, index))]);
  if (expectation !== undefined) {
    const suffix = `, as recorded ${expectation.moment ?? `at ${expectation.recordedAt}`}`;
    for (const [level, some] of await proveRecorded(reader, table, rowCount, expectation, suffix))
      found(level, some);
  }

  if (verdicts.some(({ passed }) => !passed))
    throw fail(
      'VerificationMismatch',
      'proof of the table',
      { table: displayTable(table) },
      describeFailed(verdicts),
    );
  return { table, rowCount, verdicts };
}

async function proveRecorded(
  reader: TableReader,
  table: TableName,
  rowCount: number,
  recorded: RecordedExpectation,
  suffix: string,
): Promise<[VerdictLevel, Verdict[]][]> {
  const rows = judgeRowCount({ exactly: recorded.rowCount }, rowCount);
  const structure = judgeStructure(structureRecorded(recorded), await reader.structure(table), suffix);
  return [
    ['rowCount', [{ ...rows, subject: `${rows.subject}${suffix}` }]],
    ['structure', structure],
    ['content', await proveRecordedContent(reader, table, recorded, suffix)],
  ];
}

/** The answer of an assertion's SQL; a statement that the database refuses is an answer too. */
async function ask(
  reader: TableReader,
  table: TableName,
  { name, sql }: Assertion,
  index: number,
): Promise<AssertionAnswer> {
  try {
    const statement = assertionStatement(sql, table);
    return await reader.run(table, `assertion-${index + 1}`, `assertion ${name}`, statement, assertionRows);
  } catch (error) {
    if (failureTypeOf(error) !== 'StatementFailed') throw error;
    return { refused: runFailureOf(error).message };
  }
}

/** One line for a level that passed, one for each verdict that failed, and one for each that stands alone. */
function tell(step: Step, level: VerdictLevel, verdicts: readonly Verdict[]): void {
  const failed = verdicts.filter(({ passed }) => !passed);
  const single = verdicts.length === 1 ? verdicts : failed;
  for (const one of single) step.say(describeVerdict(one));
  if (single.length === 0 && verdicts.length > 0)
    step.say(`${level}: all ${verdicts.length} verdicts passed`);
}

const resolved = (reference: TableReference, from: TableName): TableName => ({ ...from, ...reference });
