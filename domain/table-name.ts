import { z } from 'zod';

/**
 * An identifier as Redshift takes it: 1 to 127 bytes, nothing that cannot be printed. Quotes and reserved words are
 * fine here, because every identifier is quoted in one place (domain/sql/identifiers.ts).
 */
export const identifierSchema = z
  .string()
  .min(1, 'must not be empty')
  .refine((name) => utf8Length(name) <= 127, 'must be at most 127 bytes long')
  // Half a surrogate pair has no bytes of its own: it would reach AWS as another name.
  .refine((name) => !/\p{Surrogate}/u.test(name), 'must be well-formed text')
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is refused
  .refine((name) => !/[\u0000-\u001f\u007f-\u009f]/.test(name), 'must not contain control characters');

/** Where a table lives. `schema` is `public` when nothing else is said, as in RestoreTableFromClusterSnapshot. */
export const tableNameSchema = z.strictObject({
  database: identifierSchema.describe('Database that holds the table'),
  schema: identifierSchema.default('public').describe('Schema that holds the table'),
  table: identifierSchema.describe('The table'),
});

export type TableName = z.infer<typeof tableNameSchema>;

/** Another table, named from where a first one lives: what is not said is as there. */
export const tableReferenceSchema = z.strictObject({
  database: identifierSchema.optional(),
  schema: identifierSchema.optional(),
  table: identifierSchema,
});

export type TableReference = z.infer<typeof tableReferenceSchema>;

/** `dev.public.orders`: for people, never for SQL. */
export function displayTable({ database, schema, table }: TableName): string {
  return `${database}.${schema}.${table}`;
}

/** Redshift folds identifiers to lower case unless case sensitivity is on; two names are the same table when their folds are. */
export function sameTable(a: TableName, b: TableName, caseSensitive = false): boolean {
  const fold = (name: string) => (caseSensitive ? name : name.toLowerCase());
  return (
    fold(a.database) === fold(b.database) &&
    fold(a.schema) === fold(b.schema) &&
    fold(a.table) === fold(b.table)
  );
}

/** Bytes of the text in UTF-8, without the platform's encoder (this runs inside workflows). */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
