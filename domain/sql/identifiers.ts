import { identifierSchema, type TableName } from '../table-name';

/**
 * The one place where an identifier becomes SQL. Always quoted, `"` doubled: Redshift's reserved words differ from
 * Postgres's, so nothing is ever left bare. Values never come here; they go as Data API parameters.
 * @throws RangeError for an empty name, one above 127 bytes or one with control characters.
 */
export function quoteIdentifier(name: string): string {
  const parsed = identifierSchema.safeParse(name);
  if (!parsed.success)
    throw new RangeError(
      `not an identifier [name=${JSON.stringify(name)}]: ${parsed.error.issues[0]!.message}`,
    );
  return `"${name.replaceAll('"', '""')}"`;
}

/** `"schema"."table"`; the database is chosen by the Data API call itself. */
export function quoteTable({ schema, table }: TableName): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;
}
