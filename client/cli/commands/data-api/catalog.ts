import type { ColumnFacts } from '../../../../domain/look-ups/catalog';
import { lookUpCommand } from '../../look-up-command';
import {
  connectedDatabaseFlag,
  databaseFlag,
  dataWarehouseFlags,
  loginFlags,
  moreNotes,
  pageFlags,
  pattern,
} from './flags';

const listDatabases = lookUpCommand({
  kind: 'databases',
  name: 'list',
  description: 'List the databases of a cluster or a workgroup',
  flags: [
    ...dataWarehouseFlags,
    { ...databaseFlag, required: false, description: 'database to connect to (default: dev)' },
    ...loginFlags,
    ...pageFlags,
  ],
  example: 'undrop databases list --cluster analytics',
  view: ({ databases, nextPageToken }) => ({
    tables: [{ columns: ['DATABASE'], rows: databases.map((name) => [name]) }],
    notes: moreNotes(nextPageToken),
  }),
});

const listSchemas = lookUpCommand({
  kind: 'schemas',
  name: 'list',
  description: 'List the schemas of a database',
  flags: [
    ...dataWarehouseFlags,
    databaseFlag,
    connectedDatabaseFlag,
    ...loginFlags,
    pattern('--schema', 'schemaPattern', 'schemas'),
    ...pageFlags,
  ],
  example: 'undrop schemas list --cluster analytics --database dev',
  view: ({ schemas, nextPageToken }) => ({
    tables: [{ columns: ['SCHEMA'], rows: schemas.map((name) => [name]) }],
    notes: moreNotes(nextPageToken),
  }),
});

const listTables = lookUpCommand({
  kind: 'tables',
  name: 'list',
  description: 'List the tables and views of a database; without a pattern, those of the system too',
  flags: [
    ...dataWarehouseFlags,
    databaseFlag,
    connectedDatabaseFlag,
    ...loginFlags,
    pattern('--schema', 'schemaPattern', 'those in schemas'),
    pattern('--table', 'tablePattern', 'those whose names'),
    ...pageFlags,
  ],
  example: "undrop tables list --cluster analytics --database dev --schema public --table 'orders%'",
  view: ({ tables, nextPageToken }) => ({
    tables: [
      {
        columns: ['SCHEMA', 'TABLE', 'TYPE'],
        rows: tables.map(({ schema, name, type }) => [schema, name, type]),
      },
    ],
    notes: moreNotes(nextPageToken),
  }),
});

const describeTable = lookUpCommand({
  kind: 'table',
  name: 'describe',
  description: 'Show the columns of a table, in their order',
  argument: {
    flag: '<table>',
    path: 'table',
    type: 'table',
    description: 'the table: [database.][schema.]table',
  },
  flags: [
    ...dataWarehouseFlags,
    { ...databaseFlag, path: 'table.database', description: 'database of the table' },
    {
      flag: '--schema',
      path: 'table.schema',
      type: 'text',
      value: '<name>',
      description: 'schema of the table (default: public)',
      heading: 'Where:',
    },
    connectedDatabaseFlag,
    ...loginFlags,
  ],
  example: 'undrop tables describe public.orders --workgroup adhoc --database dev',
  view: ({ columns }) => ({
    tables: [
      {
        columns: ['COLUMN', 'TYPE', 'NULLABLE', 'DEFAULT'],
        rows: columns.map((column) => [
          column.name,
          typeText(column),
          nullText(column),
          column.columnDefault,
        ]),
      },
    ],
  }),
});

/** `numeric(12,2)`, `varchar(40)`, `int8`: lengths where a type has them. */
function typeText({ typeName, length, precision, scale }: ColumnFacts): string {
  if (/^(numeric|decimal)$/i.test(typeName) && precision) return `${typeName}(${precision},${scale ?? 0})`;
  return /char|varbyte|binary/i.test(typeName) && length ? `${typeName}(${length})` : typeName;
}

const nullText = ({ nullable }: ColumnFacts) =>
  nullable === undefined ? undefined : nullable ? 'yes' : 'no';

export const databasesCommands = [listDatabases];
export const schemasCommands = [listSchemas];
export const tablesCommands = [listTables, describeTable];
