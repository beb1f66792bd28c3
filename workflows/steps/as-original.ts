import type { TableName } from '../../domain/table-name';
import type { Parsed } from '../run';

type OfRestored = NonNullable<Parsed<'recoverTable'>['verify']>;
type Levels = Pick<
  Parsed<'verifyTable'>,
  'rowCount' | 'structure' | 'content' | 'assertions' | 'expectation'
>;

/** What is expected of a restored table, with the original where no table to compare with is named. */
export function asOriginal(expected: OfRestored, original: TableName): Levels {
  const { structure, content, ...rest } = expected;
  return {
    ...rest,
    ...(structure !== undefined && { structure: structureOf(structure, original) }),
    ...(content !== undefined && {
      content: content === true ? { sameAs: original } : { ...content, sameAs: content.sameAs ?? original },
    }),
  };
}

function structureOf(
  structure: NonNullable<OfRestored['structure']>,
  original: TableName,
): NonNullable<Levels['structure']> {
  if (structure === true) return { sameAs: original };
  if ('columns' in structure) return structure;
  return { ...structure, sameAs: structure.sameAs ?? original };
}
