import type { StatementDetails } from '../../../../domain/look-ups/statements';
import { lookUpCommand } from '../../look-up-command';
import { factTable } from '../../table';
import type { Flag } from '../../flags';
import { rowNotes } from '../../query-notes';
import { databaseFlag, dataWarehouseFlags, moreNotes, pageFlags } from './flags';

const idArgument: Flag = {
  flag: '<id>',
  path: 'id',
  type: 'text',
  description: 'id of the statement; with :2 the second of a batch',
};

const id = 'd9b6c0c9-0747-4bf4-b142-e8883122f766';

const list = lookUpCommand({
  kind: 'statements',
  name: 'list',
  description:
    'List the statements of the last 24 hours, newest first: those that the role of the worker may see. How a statement is found whose id was lost: by its name',
  flags: [
    {
      flag: '--name',
      path: 'statementName',
      type: 'text',
      value: '<text>',
      description: 'begin of the name; those of a run begin with undrop:<run>',
    },
    {
      flag: '--status',
      path: 'status',
      type: 'text',
      value: '<status>',
      description: 'SUBMITTED, PICKED, STARTED, FINISHED, ABORTED or FAILED (default: ALL)',
    },
    ...dataWarehouseFlags,
    { ...databaseFlag, required: false, description: 'statements in this database only' },
    ...pageFlags,
    {
      flag: '--no-role-level',
      path: 'roleLevel',
      type: 'off',
      description: "those of the worker's own session only, not all of its IAM role",
    },
  ],
  example: "undrop statements list --status STARTED\n  undrop statements list --name 'undrop:restore-table/'",
  view: ({ statements, nextPageToken }) => ({
    tables: [
      {
        columns: ['STATUS', 'CREATED', 'ID', 'NAME', 'SQL'],
        rows: statements.map((found) => [
          found.status,
          timeText(found.createdAt),
          found.id,
          found.statementName,
          found.batchOf === undefined ? found.sql : `${found.batchOf} statements: ${found.sql}`,
        ]),
      },
    ],
    notes: moreNotes(nextPageToken),
  }),
});

const show = lookUpCommand({
  kind: 'statement',
  name: 'show',
  description: 'Show everything that AWS tells of a statement, and of each statement of a batch',
  argument: idArgument,
  flags: [],
  example: `undrop statements show ${id}`,
  view: ({ subStatements, ...statement }) => ({
    tables: [factTable(factsOf(statement)), ...(subStatements ? [batchTable(subStatements)] : [])],
  }),
});

const result = lookUpCommand({
  kind: 'statementResult',
  name: 'result',
  description: 'Read the rows of a finished statement again; AWS keeps them for 24 hours',
  argument: idArgument,
  flags: [
    {
      flag: '--max-rows',
      path: 'maxRows',
      type: 'integer',
      value: '<n>',
      description: 'so many rows at most (default: 1000), and one megabyte in all',
    },
  ],
  example: `undrop statements result ${id} -o csv > orders.csv`,
  view: (rows) => ({
    tables: [{ columns: rows.columns.map(({ name }) => name), rows: rows.rows }],
    notes: rowNotes(rows),
  }),
});

const cancel = lookUpCommand({
  kind: 'cancelStatement',
  name: 'cancel',
  description: 'Cancel a running statement. Cancelling one that is cancelled already does no harm',
  argument: idArgument,
  flags: [],
  example: `undrop statements cancel ${id}`,
  view: ({ cancelled }) => ({
    tables: [{ columns: ['CANCELLED'], rows: [[cancelled ? 'yes' : 'no']] }],
    notes: cancelled ? [] : ['the statement had already ended; there was nothing to cancel'],
  }),
});

export const statementsCommands = [list, show, result, cancel];

function factsOf({ durationNanoseconds: ns, ...statement }: StatementDetails): object {
  return { ...statement, ...(ns !== undefined && { duration: `${ns / 1e9} s` }) };
}

function batchTable(parts: NonNullable<StatementDetails['subStatements']>) {
  return {
    columns: ['ID', 'STATUS', 'ROWS', 'SQL', 'ERROR'],
    rows: parts.map((part) => [part.id, part.status, part.resultRows, part.queryString, part.error]),
  };
}

/** `2026-11-20 08:00:00Z`. */
const timeText = (iso: string | undefined) => iso && `${iso.slice(0, 19).replace('T', ' ')}Z`;
