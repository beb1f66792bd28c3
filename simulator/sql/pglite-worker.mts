/**
 * One Postgres (PGlite, WASM) in a worker thread: a query blocks its whole thread, a plain Jest process dies of PGlite's
 * dynamic imports, and the memory comes back only when the thread ends. Statements go over the extended query protocol
 * by hand, because PGlite's own `query()` turns values into JavaScript ones and drops what the Data API's column
 * metadata needs (table, column number, type modifier).
 */
import { parentPort } from 'node:worker_threads';
import { PGlite, protocol } from '@electric-sql/pglite';
import type { RawColumn, RawResult, WorkerRequest, WorkerResponse } from './worker-messages.js';

let database: PGlite | undefined;

function opened(): PGlite {
  if (!database) throw new Error('the database is not open');
  return database;
}

async function open(image?: Uint8Array): Promise<void> {
  database = await PGlite.create(image ? { loadDataDir: new Blob([Uint8Array.from(image)]) } : {});
}

function concat(parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** The last word of a command tag: `INSERT 0 5`, `SELECT 5`, `CREATE TABLE`. */
function rowsOfTag(tag: string): number {
  const last = Number(tag.split(' ').at(-1));
  return Number.isInteger(last) ? last : 0;
}

/** Parameter types are left to Postgres (no type oids), values are always text. */
async function query(sql: string, parameters: (string | null)[]): Promise<RawResult> {
  const { serialize } = protocol;
  const { messages } = await opened().execProtocol(
    concat([
      serialize.parse({ text: sql }),
      serialize.bind({ values: parameters }),
      serialize.describe({ type: 'P' }),
      serialize.execute({}),
      serialize.sync(),
    ]),
    { throwOnError: true },
  );
  const result: RawResult = { rows: [], rowCount: 0, inTransaction: false };
  for (const message of messages) {
    if (message.name === 'rowDescription') {
      const { fields } = message as unknown as {
        fields: {
          name: string;
          tableID: number;
          columnID: number;
          dataTypeID: number;
          dataTypeModifier: number;
        }[];
      };
      result.columns = fields.map((field): RawColumn => ({
        name: field.name,
        tableOid: field.tableID,
        columnNumber: field.columnID,
        typeOid: field.dataTypeID,
        typeModifier: field.dataTypeModifier,
      }));
    } else if (message.name === 'dataRow') {
      result.rows.push((message as unknown as { fields: (string | null)[] }).fields);
    } else if (message.name === 'commandComplete') {
      result.rowCount = rowsOfTag((message as unknown as { text: string }).text);
    } else if (message.name === 'readyForQuery') {
      result.inTransaction = (message as unknown as { status: string }).status !== 'I';
    }
  }
  return result;
}

async function answer(request: WorkerRequest): Promise<unknown> {
  switch (request.op) {
    case 'open':
      return open(request.image);
    case 'query':
      return query(request.sql, request.parameters);
    case 'script':
      await opened().exec(request.sql);
      return undefined;
    case 'dump':
      return new Uint8Array(await (await opened().dumpDataDir('gzip')).arrayBuffer());
    case 'copy-out': {
      const { blob } = await opened().query(request.sql);
      return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
    }
    case 'copy-in':
      await opened().query(request.sql, [], { blob: new Blob([Uint8Array.from(request.bytes)]) });
      return undefined;
  }
}

function reply(response: WorkerResponse): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
  parentPort?.postMessage(response);
}

parentPort?.on('message', (request: WorkerRequest) => {
  const { id } = request;
  answer(request).then(
    (value) => reply({ id, ok: true, value }),
    (error: unknown) => {
      const { message, code } = error as { message?: string; code?: string };
      reply({ id, ok: false, message: message ?? String(error), ...(code === undefined ? {} : { code }) });
    },
  );
});
