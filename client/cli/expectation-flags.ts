import type { Flag } from './flags';

/** Flags of what is expected of a table. `at` is where the expectations are in the input: '' or `verify.`. */

/** The row count that is expected, at the given path of the input. */
export const rowCountFlags = (group: string): Flag[] => {
  const one = (
    flag: string,
    field: string,
    alternative: string,
    type: Flag['type'],
    value: string,
    description: string,
  ): Flag => ({
    flag,
    path: `${group}.${field}`,
    type,
    value,
    description,
    group,
    alternative,
  });
  return [
    one('--rows', 'exactly', 'exactly', 'integer', '<n>', 'exactly so many rows'),
    one('--at-least', 'atLeast', 'atLeast', 'integer', '<n>', 'so many rows or more'),
    one('--about', 'about', 'about', 'integer', '<n>', 'so many rows, within --tolerance'),
    one(
      '--tolerance',
      'tolerancePercent',
      'about',
      'number',
      '<percent>',
      'tolerance of --about, in percent',
    ),
    one(
      '--same-as',
      'sameAs',
      'sameAs',
      'table',
      '<table>',
      'as many rows as [database.][schema.]table has now',
    ),
  ];
};

/** The structure of another table. */
export const structureFlags = (at: string): Flag[] => [
  {
    flag: '--structure-same-as',
    path: `${at}structure.sameAs`,
    type: 'table',
    value: '<table>',
    description:
      'columns, types, nullability, order, distribution and sort key as of [database.][schema.]table',
    group: `${at}structure`,
    alternative: 'sameAs',
    insteadOf: `${at}rowCount`,
  },
  {
    flag: '--structure-ignore',
    path: `${at}structure.ignore`,
    type: 'list',
    value: '<aspects>',
    description: 'what may differ, comma-separated: types, nullability, order, distribution, sort key',
  },
];

/** The content of another table. */
export const contentFlags = (at: string): Flag[] => [
  {
    flag: '--content-same-as',
    path: `${at}content.sameAs`,
    type: 'table',
    value: '<table>',
    description: 'aggregates of each column, and a hash of all rows, as of [database.][schema.]table',
    insteadOf: `${at}rowCount`,
  },
  {
    flag: '--content-columns',
    path: `${at}content.columns`,
    type: 'list',
    value: '<columns>',
    description: 'only these columns, comma-separated (default: all)',
  },
  {
    flag: '--chunks',
    path: `${at}content.chunks`,
    type: 'integer',
    value: '<n>',
    description: 'parts in which the rows are hashed (default: one for each 50 million)',
  },
  {
    flag: '--chunk-by',
    path: `${at}content.chunkBy`,
    type: 'text',
    value: '<column>',
    description:
      'column that says which part a row is in, best the distribution key (default: the whole row)',
  },
];

/** Of a restored table: as the original, without naming it. */
export const asOriginalFlags = (at: string, level: 'structure' | 'content'): Flag[] => [
  {
    flag: `--same-${level}`,
    path: `${at}${level}`,
    type: 'boolean',
    description: `the ${level} of the original table, as it is now`,
    insteadOf: `${at}rowCount`,
  },
];

export const recordedFlags = (at: string): Flag[] => [
  {
    flag: '--expect-from',
    path: `${at}expectation`,
    type: 'run',
    value: '<run>',
    description: 'row count, structure and content as that run of record-expectation found them',
    insteadOf: `${at}rowCount`,
  },
];

/** What is too long for a command line. */
export const expectationsInFiles = (at: string): string[] =>
  ['structure.columns', 'structure.distribution', 'structure.sortKey', 'structure.ordered', 'assertions'].map(
    (field) => `${at}${field}`,
  );
