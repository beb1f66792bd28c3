import type { ColumnMetadata } from '@aws-sdk/client-redshift-data';
import type { SqlColumn } from '../core/types';

const caseSensitive = new Set(['varchar', 'bpchar', 'name', 'char']);
const signed = new Set(['int2', 'int4', 'int8', 'numeric', 'float4', 'float8']);

/** A column as the Data API describes it; results give no length (AWS' own examples say 0), tables do. */
export function columnMetadata(column: SqlColumn, of: 'result' | 'table'): ColumnMetadata {
  return {
    isCaseSensitive: caseSensitive.has(column.typeName),
    isCurrency: false,
    isSigned: signed.has(column.typeName),
    label: column.name,
    length: of === 'result' ? 0 : column.length,
    name: column.name,
    nullable: column.nullable ? 1 : 0,
    precision: column.precision,
    scale: column.scale,
    schemaName: column.schemaName ?? '',
    tableName: column.tableName ?? '',
    typeName: column.typeName,
    ...(column.columnDefault === undefined ? {} : { columnDefault: column.columnDefault }),
  };
}
