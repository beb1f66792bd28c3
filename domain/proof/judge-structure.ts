import type { GivenStructure, RecordedExpectation, StructureAspect } from '../operations/expectations';
import { structureAspects } from '../operations/expectations';
import { sameType } from '../sql/column-kind';
import { verdict, type Verdict } from '../verdict';
import { describeSortKey, findColumn, type ColumnFacts, type TableStructure } from './table-structure';

/** What a structure has to be; aspects that are not named are not looked at. */
export interface ExpectedStructure {
  columns: readonly { name: string; type: string; nullable?: boolean }[];
  distribution?: string;
  sortKey?: string;
  aspects: ReadonlySet<StructureAspect>;
}

/** As another table is, but for what may differ. */
export function structureLike(
  other: TableStructure,
  ignored: readonly StructureAspect[] = [],
): ExpectedStructure {
  return { ...other, aspects: new Set(structureAspects.filter((aspect) => !ignored.includes(aspect))) };
}

/** As it was recorded; the distribution only where the one who recorded it was shown it. */
export function structureRecorded({
  columns,
  distribution,
  sortKey,
}: RecordedExpectation): ExpectedStructure {
  const ignored: StructureAspect[] = distribution === undefined ? ['distribution'] : [];
  return structureLike({ columns, sortKey, ...(distribution !== undefined && { distribution }) }, ignored);
}

/** As a person wrote it down; what is not said is not compared. */
export function structureGiven(given: GivenStructure): ExpectedStructure {
  const { columns, distribution, sortKey, ordered } = given;
  const aspects = new Set<StructureAspect>(['types']);
  if (columns.some(({ nullable }) => nullable !== undefined)) aspects.add('nullability');
  if (ordered !== false) aspects.add('order');
  if (distribution !== undefined) aspects.add('distribution');
  if (sortKey !== undefined) aspects.add('sort key');
  return {
    columns,
    ...(distribution !== undefined && { distribution }),
    ...(sortKey !== undefined && { sortKey: describeSortKey(sortKey) }),
    aspects,
  };
}

const unseen = 'not shown to this database user';

/**
 * L2. Compares a structure with the expected one: a verdict on which columns there are, and one on each aspect.
 * @param suffix added to the subjects, such as `, as recorded`.
 */
export function judgeStructure(expected: ExpectedStructure, actual: TableStructure, suffix = ''): Verdict[] {
  const judged = (subject: string, passed: boolean, wanted: string, found: string) =>
    verdict('structure', `${subject}${suffix}`, passed, wanted, found);
  const names = expected.columns.map(({ name }) => name).join(', ');
  const wanted = `${counted(expected.columns.length)}: ${names}`;
  if (actual.columns.length === 0)
    return [judged('columns', false, wanted, 'no such table, or no right to see it')];

  const missing = expected.columns.filter(({ name }) => !findColumn(actual.columns, name));
  const known = new Set(expected.columns.map(({ name }) => findColumn(actual.columns, name)));
  const extra = actual.columns.filter((column) => !known.has(column));
  const found = [
    counted(actual.columns.length),
    ...(missing.length > 0 ? [`without ${listed(missing)}`] : []),
    ...(extra.length > 0 ? [`with ${listed(extra)}`] : []),
  ].join(', ');
  const verdicts = [
    judged(
      'columns',
      missing.length === 0 && extra.length === 0,
      wanted,
      missing.length + extra.length === 0 ? 'these' : found,
    ),
  ];
  const pairs = expected.columns.flatMap((column) => {
    const there = findColumn(actual.columns, column.name);
    return there ? [{ wanted: column, found: there }] : [];
  });
  const { aspects } = expected;
  if (aspects.has('types')) verdicts.push(judgeTypes(pairs, judged));
  if (aspects.has('nullability')) verdicts.push(judgeNullability(pairs, judged));
  if (aspects.has('order')) verdicts.push(judgeOrder(pairs, actual.columns, judged));
  if (aspects.has('distribution')) {
    const same =
      expected.distribution !== undefined &&
      actual.distribution !== undefined &&
      plainly(expected.distribution) === plainly(actual.distribution);
    verdicts.push(
      judged('distribution', same, expected.distribution ?? unseen, actual.distribution ?? unseen),
    );
  }
  if (aspects.has('sort key')) {
    const same = plainly(expected.sortKey ?? 'none') === plainly(actual.sortKey);
    verdicts.push(judged('sort key', same, expected.sortKey ?? 'none', actual.sortKey));
  }
  return verdicts;
}

type Judged = (subject: string, passed: boolean, wanted: string, found: string) => Verdict;
type Pairs = readonly { wanted: ExpectedStructure['columns'][number]; found: ColumnFacts }[];

function judgeTypes(pairs: Pairs, judged: Judged): Verdict {
  const differ = pairs.filter(({ wanted, found }) => !sameType(wanted.type, found.type));
  if (differ.length === 0)
    return judged('column types', true, `the types of ${counted(pairs.length)}`, 'these');
  const told = (which: 'wanted' | 'found') =>
    differ.map((pair) => `${pair[which].name} ${pair[which].type}`).join(', ');
  return judged('column types', false, told('wanted'), told('found'));
}

function judgeNullability(pairs: Pairs, judged: Judged): Verdict {
  const compared = pairs.filter(({ wanted }) => wanted.nullable !== undefined);
  const differ = compared.filter(({ wanted, found }) => wanted.nullable !== found.nullable);
  if (differ.length === 0)
    return judged('nullability', true, `what may be null among ${counted(compared.length)}`, 'this');
  const told = (which: 'wanted' | 'found') =>
    differ.map((pair) => `${pair[which].name} ${pair[which].nullable ? 'null' : 'not null'}`).join(', ');
  return judged('nullability', false, told('wanted'), told('found'));
}

/** Of the columns that both have. */
function judgeOrder(pairs: Pairs, columns: readonly ColumnFacts[], judged: Judged): Verdict {
  const wanted = pairs.map(({ found }) => found.name);
  const found = columns.map(({ name }) => name).filter((name) => wanted.includes(name));
  const at = wanted.findIndex((name, index) => name !== found[index]);
  if (at === -1) return judged('column order', true, `the order of ${counted(wanted.length)}`, 'this');
  return judged('column order', false, wanted.slice(at).join(', '), found.slice(at).join(', '));
}

const plainly = (text: string) => text.replace(/\s+/g, '').toLowerCase();
const counted = (columns: number) => `${columns} ${columns === 1 ? 'column' : 'columns'}`;
const listed = (columns: readonly { name: string }[]) => columns.map(({ name }) => name).join(', ');
