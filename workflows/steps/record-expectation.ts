import type { RecordExpectationResult } from '../../domain/operations/record-expectation';
import { kindOf } from '../../domain/sql/column-kind';
import { canBeHashed } from '../../domain/sql/row-hash';
import type { Parsed, Step } from '../run';
import { TableReader } from './table-reader';

/**
 * Records what a table is now, for a later proof. Statements see the table one after the other: nobody should write to it
 * meanwhile. @throws StatementFailed when it cannot be read; NotFound when the catalog does not show it.
 */
export async function recordExpectationStep(
  step: Step,
  input: Parsed<'recordExpectation'>,
): Promise<RecordExpectationResult> {
  const { table, moment } = input;
  const reader = new TableReader(step, input);
  const recordedAt = new Date().toISOString();
  const rowCount = await reader.count(table);
  const { columns, distribution, sortKey } = await reader.structureOfOther(table);
  const kinded = columns.map(({ name, type }) => ({ name, kind: kindOf(type) }));
  const figures = await reader.figures(table, kinded);
  const hashed = kinded.filter(canBeHashed);
  const hash =
    input.rowHash && hashed.length > 0
      ? (await reader.hash(table, hashed, { index: 0, of: 1 })).hash
      : undefined;
  step.say(`recorded ${rowCount} rows and ${columns.length} columns`);
  return {
    expectation: {
      format: 'undrop/expectation/v1',
      table,
      recordedAt,
      ...(moment !== undefined && { moment }),
      rowCount,
      columns,
      ...(distribution !== undefined && { distribution }),
      sortKey,
      figures,
      ...(hash !== undefined && { rowHash: { columns: hashed.map(({ name }) => name), hash } }),
    },
  };
}
