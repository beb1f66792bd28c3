import type { Settings } from '../core/settings';
import type { SqlWarehouse, TableFacts, TableName } from '../core/types';
import type { RestoreTables } from './table-restore';

/** The names of a restore request, whatever its service calls them. */
export interface NamesAsked {
  sourceDatabase?: string;
  sourceSchema?: string;
  sourceTable?: string;
  targetDatabase?: string;
  targetSchema?: string;
  newTable?: string;
  caseSensitive?: boolean;
}

/** The source schema defaults to `public`; AWS documents no default for the target, so the source's is taken. */
export function restoreTables(asked: NamesAsked): RestoreTables {
  const caseSensitive = asked.caseSensitive ?? false;
  const name = (text: string | undefined): string =>
    caseSensitive ? (text ?? '') : (text ?? '').toLowerCase();
  const source = {
    database: name(asked.sourceDatabase),
    schema: name(asked.sourceSchema ?? 'public'),
    table: name(asked.sourceTable),
  };
  const target = {
    database: name(asked.targetDatabase ?? source.database),
    schema: name(asked.targetSchema ?? source.schema),
    table: name(asked.newTable),
  };
  return { source, target, caseSensitive };
}

/** How a service refuses; its own codes and words. */
export interface TableRefusals {
  argument: (why: string) => Error;
  interleaved: (why: string) => Error;
}

/**
 * @param what the source in words, e.g. `snapshot`.
 * @returns what is known of the source table.
 * @throws what `refuse` makes, when the table is not in the captured rows, is interleaved, or has nowhere to go.
 */
export async function requireTables(
  warehouse: SqlWarehouse,
  contentKey: string,
  { source, target, caseSensitive }: RestoreTables,
  what: string,
  existingTarget: Settings['existingTarget'],
  refuse: TableRefusals,
): Promise<TableFacts> {
  const facts = await warehouse.captured(contentKey, source, { caseSensitive });
  if (facts === undefined) {
    throw refuse.argument(
      `The table ${qualified(source)} does not exist in the ${what}: check sourceDatabaseName, sourceSchemaName and sourceTableName.`,
    );
  }
  if (facts.interleavedSortKey) {
    throw refuse.interleaved(
      `The table ${qualified(source)} has an interleaved sort key; such tables cannot be restored one by one.`,
    );
  }
  if (!(await warehouse.databases()).includes(target.database)) {
    throw refuse.argument(`The target database ${target.database} does not exist.`);
  }
  if (!(await warehouse.schemas(target.database)).includes(target.schema)) {
    throw refuse.argument(`The target schema ${target.database}.${target.schema} does not exist.`);
  }
  const exists = (await warehouse.table(target, { caseSensitive })) !== undefined;
  if (exists && existingTarget === 'refuse') {
    throw refuse.argument(`The target table ${qualified(target)} already exists.`);
  }
  return facts;
}

export function qualified({ database, schema, table }: TableName): string {
  return `${database}.${schema}.${table}`;
}
