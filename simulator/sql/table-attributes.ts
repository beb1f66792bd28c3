/** What Redshift knows of a table beyond Postgres; kept in rs.table_attributes. */
export interface TableAttributes {
  /** As SVV_TABLE_INFO words it: EVEN, ALL, KEY(column), AUTO(ALL). */
  distStyle?: string;
  distKey?: string;
  sortKeys: string[];
  interleaved: boolean;
  noBackup: boolean;
  /** Column → encoding. */
  encodings: Record<string, string>;
}

export function noAttributes(): TableAttributes {
  return { sortKeys: [], interleaved: false, noBackup: false, encodings: {} };
}

/** Inserts attributes for the table named by $1, unless it has some already. */
export const insertAttributes = `
  insert into rs.table_attributes (table_oid, dist_style, dist_key, sort_keys, interleaved, no_backup, encodings)
  select to_regclass($1)::oid, $2, $3, array(select json_array_elements_text($4::json)), $5::boolean, $6::boolean, $7::jsonb
  on conflict (table_oid) do nothing`;

export function attributeValues(table: string, attributes: TableAttributes): (string | null)[] {
  return [
    table,
    attributes.distStyle ?? null,
    attributes.distKey ?? null,
    JSON.stringify(attributes.sortKeys),
    String(attributes.interleaved),
    String(attributes.noBackup),
    JSON.stringify(attributes.encodings),
  ];
}
