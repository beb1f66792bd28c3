import type { ContentExpectation, RecordedExpectation } from '../../domain/operations/expectations';
import { judgeColumn, judgeRows } from '../../domain/proof/judge-content';
import { findColumn, type ColumnFacts } from '../../domain/proof/table-structure';
import { kindOf, type KindedColumn } from '../../domain/sql/column-kind';
import { canBeHashed } from '../../domain/sql/row-hash';
import { displayTable, type TableName } from '../../domain/table-name';
import { verdict, type Verdict } from '../../domain/verdict';
import { fail } from '../failure';
import type { Step } from '../run';
import type { TableReader } from './table-reader';

/** More rows than this are hashed in several statements, so that one that is interrupted does not cost the whole. */
const rowsAtOnce = 50_000_000;
const mostChunks = 64;

const kinded = ({ name, type }: ColumnFacts): KindedColumn => ({ name, kind: kindOf(type) });

/**
 * L3. Compares the content with another table's: the aggregates of each column, then a hash of all rows over the columns
 * that both have, in parts when there are many.
 */
export async function proveContent(
  step: Step,
  reader: TableReader,
  tables: { table: TableName; other: TableName; rowCount: number },
  expected: Omit<ContentExpectation, 'sameAs'>,
): Promise<Verdict[]> {
  const { table, other } = tables;
  const there = (await reader.structureOfOther(other)).columns;
  const here = (await reader.structure(table)).columns;
  const both = [...there, ...here.filter(({ name }) => !findColumn(there, name))];
  const names = expected.columns ?? both.map(({ name }) => name);
  const pairs = names.map((name) => ({
    name,
    theirs: findColumn(there, name),
    ours: findColumn(here, name),
  }));
  const shared = pairs.flatMap(({ theirs, ours }) => (theirs && ours ? [{ theirs, ours }] : []));
  if (shared.length === 0) return pairs.map(({ name }) => judgeColumn(name, undefined, undefined, undefined));

  const theirFigures = await reader.figures(
    other,
    shared.map(({ theirs }) => kinded(theirs)),
  );
  const ourFigures = await reader.figures(
    table,
    shared.map(({ ours }) => kinded(ours)),
  );
  const verdicts = pairs.map(({ name, theirs, ours }) => {
    const at = shared.findIndex((pair) => pair.theirs === theirs && pair.ours === ours);
    if (at === -1)
      return verdict('content', `column ${name}`, false, presence(theirs, other), presence(ours, table));
    return judgeColumn(name, kindOf(ours!.type), theirFigures[at], ourFigures[at]);
  });

  const hashable = shared.filter(
    ({ theirs, ours }) => canBeHashed(kinded(theirs)) && canBeHashed(kinded(ours)),
  );
  const left = shared.filter((pair) => !hashable.includes(pair));
  if (left.length > 0)
    step.say(
      `only the nulls of these were compared, for their type cannot be hashed: ${left.map(({ ours }) => ours.name).join(', ')}`,
    );
  if (hashable.length === 0) return verdicts;
  const of = expected.chunks ?? Math.min(mostChunks, Math.max(1, Math.ceil(tables.rowCount / rowsAtOnce)));
  for (let index = 0; index < of; index += 1) {
    const hash = (of_: TableName, columns: readonly ColumnFacts[], which: 'theirs' | 'ours') => {
      const chunk = {
        index,
        of,
        ...(expected.chunkBy !== undefined && { by: chunkColumn(columns, expected.chunkBy, of_) }),
      };
      return reader.hash(
        of_,
        hashable.map((pair) => kinded(pair[which])),
        chunk,
      );
    };
    const subject = of === 1 ? 'rows' : `rows, part ${index + 1} of ${of}`;
    verdicts.push(judgeRows(subject, await hash(other, there, 'theirs'), await hash(table, here, 'ours')));
  }
  return verdicts;
}

/** L3. Compares the content with what was recorded. */
export async function proveRecordedContent(
  reader: TableReader,
  table: TableName,
  recorded: RecordedExpectation,
  suffix: string,
): Promise<Verdict[]> {
  const { columns } = await reader.structure(table);
  const known = recorded.figures.flatMap(({ column }) => findColumn(columns, column) ?? []);
  const figures = await reader.figures(table, known.map(kinded));
  const verdicts = recorded.figures.map((expected) => {
    const column = findColumn(columns, expected.column);
    const actual = figures.find(({ column: name }) => name === column?.name);
    return judgeColumn(expected.column, column && kindOf(column.type), expected, actual, suffix);
  });
  if (!recorded.rowHash) return verdicts;
  const hashed = recorded.rowHash.columns.map((name) => findColumn(columns, name));
  const expected = { rows: String(recorded.rowCount), hash: recorded.rowHash.hash };
  if (hashed.some((column) => column === undefined || !canBeHashed(kinded(column)))) {
    verdicts.push(
      verdict('content', `rows${suffix}`, false, `hash ${expected.hash}`, 'not all columns that were hashed'),
    );
    return verdicts;
  }
  const actual = await reader.hash(table, (hashed as ColumnFacts[]).map(kinded), { index: 0, of: 1 });
  return [...verdicts, judgeRows(`rows${suffix}`, expected, actual)];
}

/** The column that says which part a row is in. @throws InvalidInput when it cannot. */
function chunkColumn(columns: readonly ColumnFacts[], name: string, table: TableName): KindedColumn {
  const column = findColumn(columns, name);
  if (column && canBeHashed(kinded(column))) return kinded(column);
  const why = column ? `its type cannot be hashed: ${column.type}` : 'there is no such column';
  throw fail('InvalidInput', 'hash of the rows', { table: displayTable(table), chunkBy: name }, why);
}

const presence = (column: ColumnFacts | undefined, table: TableName) =>
  column ? `a column of ${displayTable(table)}` : `no such column in ${displayTable(table)}`;
