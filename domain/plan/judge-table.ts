import { displayTable, type TableName } from '../table-name';
import { type Finding, type Looked, blocking, judged, ok, warning } from './finding';

/** Redshift folds names to lower case, in the request for a restore too, unless it is told that case matters. */
export function judgeCase(names: readonly string[], caseSensitive: boolean): Finding[] {
  const upper = [...new Set(names.filter((name) => name !== name.toLowerCase()))];
  if (upper.length === 0 || caseSensitive) return [];
  const [first = ''] = upper;
  return [
    warning(
      'identifier case',
      `${upper.join(', ')}: Redshift folds this to lower case (${first.toLowerCase()})`,
      'If the name really has capital letters, say so: enableCaseSensitiveIdentifier (--case-sensitive).',
    ),
  ];
}

/** Schemas of the target database that are called so; none when there is no such schema. */
export function judgeSchema(
  looked: Looked<{ schemas: string[] }>,
  { database, schema }: Omit<TableName, 'table'>,
): Finding[] {
  const subject = 'target schema';
  const noDatabase = (why: string) =>
    /database\b.*does not exist/i.test(why)
      ? [blocking(subject, `database ${database} does not exist`, 'TableNotInSnapshot')]
      : [
          warning(
            subject,
            `could not be looked at: ${why}`,
            'Look whether the database and the schema are there.',
          ),
        ];
  return judged(
    subject,
    looked,
    ({ schemas }) =>
      schemas.some((name) => name.toLowerCase() === schema.toLowerCase())
        ? ok(subject, `${database}.${schema} exists`)
        : blocking(subject, `schema ${database}.${schema} does not exist`, 'TableNotInSnapshot'),
    { InvalidRequest: noDatabase, DatabaseUnavailable: noDatabase },
  );
}

/**
 * Whether the name of the restored table is free. A name that the run makes is only ever its own.
 * @param target undefined while it is not known, because the source that it is made of is still to be chosen.
 */
export function judgeTarget(
  target: TableName | undefined,
  looked: Looked<{ exists: boolean }> | undefined,
): Finding[] {
  if (target === undefined)
    return [ok('target name', 'made from the run and the source it chooses: no other run makes it')];
  const name = displayTable(target);
  if (looked === undefined) return [ok('target name', `${name}, made from the run: no other run makes it`)];
  return judged('target name', looked, ({ exists }) =>
    exists
      ? blocking('target name', `${name} exists already`, 'TargetTableExists')
      : ok('target name', `${name} is free`),
  );
}

/** What svv_table_info tells of a table; nothing of an empty one, and nothing to users who may not see it. */
export interface TableInfo {
  megaBytes: number;
  rows: number;
  sortKey?: string;
}

/** Whether the table is known, as it is now, and has a sort key with which AWS can restore it. */
export function judgeSourceTable(
  table: TableName,
  info: Looked<{ info?: TableInfo }>,
  live: Looked<{ exists: boolean }> | undefined,
): Finding[] {
  const name = displayTable(table);
  const seen = 'seen' in info ? info.seen.info : undefined;
  if (seen) return [ok('source table', `${name} is there now too`), sortKeyOf(name, seen)];
  if (live === undefined) return judged('source table', info, () => []);
  return judged('source table', live, ({ exists }) =>
    exists
      ? [
          ok('source table', `${name} is there now too`),
          warning(
            'sort key',
            `nothing is known about the sort key of ${name}: ${'why' in info ? info.why : 'svv_table_info does not show it, as it does not show empty tables'}`,
            'None, unless the sort key is interleaved: AWS then refuses to restore the table.',
          ),
        ]
      : warning(
          'source table',
          `${name} is not there now; only AWS knows whether it is in the snapshot`,
          'Nothing, if it was dropped: that is what the restore is for. Else compare the name.',
        ),
  );
}

function sortKeyOf(name: string, { sortKey }: TableInfo): Finding {
  if (sortKey?.toUpperCase() === 'INTERLEAVED')
    return blocking('sort key', `${name} has an interleaved sort key`, 'InterleavedSortKey');
  return ok('sort key', 'not interleaved');
}

/** Whether a table to be verified is there; SQL has the last word, which may see more than the catalogue shows. */
export function judgeVerified(table: TableName, looked: Looked<{ exists: boolean }>): Finding[] {
  const name = displayTable(table);
  return judged('table', looked, ({ exists }) =>
    exists
      ? ok('table', `${name} exists`)
      : warning('table', `${name} is not listed`, 'Compare the name, and the rights of the database user.'),
  );
}
