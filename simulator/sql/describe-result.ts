import type { SqlColumn, SqlResult } from '../core/types';
import { redshiftTypeName, toField, typeSize } from './column-types';
import type { EngineWorker } from './engine-worker';
import type { RawColumn, RawResult } from './worker-messages';

interface TableColumn {
  schema: string;
  table: string;
  notNull: boolean;
}

async function typeNames(worker: EngineWorker, oids: number[]): Promise<Map<number, string>> {
  const { rows } = await worker.query(
    'select oid, typname from pg_catalog.pg_type where oid = any ($1::oid[])',
    [`{${oids.join(',')}}`],
  );
  return new Map(rows.map(([oid, name]) => [Number(oid), String(name)]));
}

async function tableColumns(worker: EngineWorker, oids: number[]): Promise<Map<string, TableColumn>> {
  const { rows } = await worker.query(
    `select a.attrelid, a.attnum, n.nspname, c.relname, a.attnotnull
     from pg_catalog.pg_attribute a
     join pg_catalog.pg_class c on c.oid = a.attrelid
     join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where a.attrelid = any ($1::oid[])`,
    [`{${oids.join(',')}}`],
  );
  return new Map(
    rows.map(([oid, number, schema, table, notNull]) => [
      `${oid}.${number}`,
      {
        schema: schema === 'rs' ? 'pg_catalog' : String(schema),
        table: String(table),
        notNull: notNull === 't',
      },
    ]),
  );
}

function toColumn(raw: RawColumn, types: Map<number, string>, origins: Map<string, TableColumn>): SqlColumn {
  const typeName = redshiftTypeName(types.get(raw.typeOid) ?? 'unknown');
  const origin = origins.get(`${raw.tableOid}.${raw.columnNumber}`);
  return {
    name: raw.name,
    typeName,
    nullable: !origin?.notNull,
    ...typeSize(typeName, raw.typeModifier),
    ...(origin ? { schemaName: origin.schema, tableName: origin.table } : {}),
  };
}

/** A raw result with the columns described as Redshift does; asks the catalog, so the transaction must be alive. */
export async function describeResult(worker: EngineWorker, raw: RawResult): Promise<SqlResult> {
  const rawColumns = raw.columns;
  if (!rawColumns) return { hasResultSet: false, columns: [], rows: [], rowCount: raw.rowCount };
  const tables = [...new Set(rawColumns.map((column) => column.tableOid).filter((oid) => oid !== 0))];
  const types = await typeNames(worker, [...new Set(rawColumns.map((column) => column.typeOid))]);
  const origins = tables.length > 0 ? await tableColumns(worker, tables) : new Map<string, TableColumn>();
  return {
    hasResultSet: true,
    columns: rawColumns.map((column) => toColumn(column, types, origins)),
    rows: raw.rows.map((row) => row.map((value, index) => toField(value, rawColumns[index]?.typeOid ?? 0))),
    rowCount: raw.rowCount,
  };
}
