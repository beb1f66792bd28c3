/**
 * The Redshift names that Postgres lacks, as far as tools around table restores use them: data type SUPER, date and
 * string functions, FNV_HASH, SVV views and PG_TABLE_DEF. They live in schema `rs`, behind "$user" and public in the
 * search path, and never show in lists. What is not here fails as unknown, with Postgres' own message.
 *
 * `rs.table_attributes` holds what the DDL rewriter takes out of CREATE TABLE, by table oid, so that it follows renames.
 * `rs.bytes_per_row` is a session setting, set from the simulator's settings before each use.
 */
export const shim = `
create schema rs;
create domain rs.super as jsonb;

create table rs.table_attributes (
  table_oid oid primary key,
  dist_style text,
  dist_key text,
  sort_keys text[] not null default '{}',
  interleaved boolean not null default false,
  no_backup boolean not null default false,
  encodings jsonb not null default '{}'
);

create function rs.is_hidden(schema_name name) returns boolean language sql immutable as $$
  select schema_name = 'rs' or schema_name = 'pg_toast' or schema_name like '|_snap%' escape '|'
    or schema_name like 'pg|_temp%' escape '|' or schema_name like 'pg|_toast%' escape '|'
$$;
create function rs.is_system(schema_name name) returns boolean language sql immutable as $$
  select schema_name in ('pg_catalog', 'information_schema')
$$;
create function rs.row_count(relation oid) returns bigint language plpgsql stable as $$
declare n bigint;
begin
  execute format('select count(*) from %s', relation::regclass) into n;
  return n;
end $$;
create function rs.mega_bytes(row_count bigint) returns bigint language sql stable as $$
  select greatest(1, ceil(row_count * coalesce(nullif(current_setting('rs.bytes_per_row', true), ''), '0')::numeric
    / 1048576))::bigint
$$;

create function rs.getdate() returns timestamp language sql stable as $$
  select date_trunc('second', statement_timestamp() at time zone 'UTC')
$$;
create function rs.len(value text) returns integer language sql immutable strict as $$ select char_length(value) $$;
create function rs.nvl(variadic anycompatiblearray) returns anycompatible language sql immutable as $$
  select x from unnest($1) with ordinality as t(x, n) where x is not null order by n limit 1
$$;

create function rs.date_part_name(part text) returns text language sql immutable strict as $$
  select case lower(part)
    when 'd' then 'day' when 'days' then 'day'
    when 'h' then 'hour' when 'hr' then 'hour' when 'hours' then 'hour'
    when 'm' then 'minute' when 'mi' then 'minute' when 'min' then 'minute' when 'minutes' then 'minute'
    when 's' then 'second' when 'sec' then 'second' when 'seconds' then 'second'
    when 'w' then 'week' when 'weeks' then 'week'
    when 'mon' then 'month' when 'mons' then 'month' when 'months' then 'month'
    when 'q' then 'quarter' when 'qtr' then 'quarter' when 'quarters' then 'quarter'
    when 'y' then 'year' when 'yr' then 'year' when 'years' then 'year'
    else lower(part) end
$$;
create function rs.dateadd(part text, amount bigint, moment timestamp) returns timestamp language sql immutable strict as $$
  select case rs.date_part_name(part)
    when 'quarter' then moment + make_interval(months => (amount * 3)::int)
    else moment + (amount || ' ' || rs.date_part_name(part))::interval end
$$;
create function rs.datediff(part text, first timestamp, last timestamp) returns bigint language sql immutable strict as $$
  select case rs.date_part_name(part)
    when 'year' then extract(year from last) - extract(year from first)
    when 'quarter' then (extract(year from last) - extract(year from first)) * 4
      + extract(quarter from last) - extract(quarter from first)
    when 'month' then (extract(year from last) - extract(year from first)) * 12
      + extract(month from last) - extract(month from first)
    when 'week' then extract(epoch from date_trunc('week', last) - date_trunc('week', first)) / 604800
    when 'day' then last::date - first::date
    when 'hour' then extract(epoch from date_trunc('hour', last) - date_trunc('hour', first)) / 3600
    when 'minute' then extract(epoch from date_trunc('minute', last) - date_trunc('minute', first)) / 60
    else extract(epoch from date_trunc(rs.date_part_name(part), last)
      - date_trunc(rs.date_part_name(part), first)) end::bigint
$$;
create function rs.convert_timezone(target text, moment timestamp) returns timestamp language sql immutable strict as $$
  select moment at time zone 'UTC' at time zone target
$$;
create function rs.convert_timezone(source text, target text, moment timestamp) returns timestamp
  language sql immutable strict as $$ select moment at time zone source at time zone target $$;

create aggregate rs.listagg(text, text)
  (sfunc = string_agg_transfn, stype = internal, finalfunc = string_agg_finalfn);

create function rs.fnv_hash(value text, seed bigint default 0) returns bigint language sql immutable as $$
  select hashtextextended(coalesce(value, ''), seed)
$$;
create function rs.fnv_hash(value anyelement, seed bigint default 0) returns bigint language sql immutable as $$
  select hashtextextended(coalesce(value::text, ''), seed)
$$;

create function rs.to_hex(value bytea) returns text language sql immutable strict as $$ select encode(value, 'hex') $$;

create function rs.json_serialize(value jsonb) returns text language sql immutable strict as $$ select value::text $$;

create view rs.visible_relations as
  select c.oid, n.nspname, c.relname, c.relkind, a.dist_style, a.dist_key,
    coalesce(a.sort_keys, '{}') as sort_keys, coalesce(a.interleaved, false) as interleaved,
    coalesce(a.encodings, '{}') as encodings
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join rs.table_attributes a on a.table_oid = c.oid
  where c.relkind in ('r', 'p', 'v', 'm') and not rs.is_hidden(n.nspname) and not rs.is_system(n.nspname);

create view rs.visible_columns as
  select r.oid, r.nspname, r.relname, r.relkind, r.dist_key, r.interleaved, c.attname, c.attnum, c.attnotnull,
    format_type(c.atttypid, c.atttypmod) as data_type, pg_get_expr(d.adbin, d.adrelid) as column_default,
    coalesce(r.encodings ->> c.attname::text, 'none') as encoding,
    coalesce(array_position(r.sort_keys, c.attname::text), 0)
      * case when r.interleaved and array_position(r.sort_keys, c.attname::text) % 2 = 0 then -1 else 1 end as sort_key
  from rs.visible_relations r
  join pg_catalog.pg_attribute c on c.attrelid = r.oid and c.attnum > 0 and not c.attisdropped
  left join pg_catalog.pg_attrdef d on d.adrelid = r.oid and d.adnum = c.attnum;

create view rs.svv_table_info as
  select current_database() as "database", nspname as schema, oid::bigint as table_id, relname as "table",
    case when encodings = '{}' then 'N' else 'Y' end as encoded, coalesce(dist_style, 'AUTO(ALL)') as diststyle,
    case when interleaved then 'INTERLEAVED' else coalesce(sort_keys[1], 'AUTO(SORTKEY)') end as sortkey1,
    cardinality(sort_keys) as sortkey_num, rs.mega_bytes(rows) as size, 0::numeric as unsorted,
    0::numeric as stats_off, rows::numeric as tbl_rows, rows::numeric as estimated_visible_rows
  from (select r.*, rs.row_count(r.oid) as rows from rs.visible_relations r where relkind in ('r', 'p')) t
  where rows > 0;

create view rs.pg_class_info as
  select c.oid as reloid, c.relname, c.relnamespace, c.relowner, c.relkind, c.reltuples,
    (case when a.dist_style = 'EVEN' then 0 when a.dist_style = 'ALL' then 8 when a.dist_key is not null then 1
      else 9 end)::smallint as reldiststyle,
    null::timestamp as relcreationtime,
    case when a.dist_style = 'EVEN' then 0 when a.dist_style = 'ALL' then 8 when a.dist_key is not null then 1
      else 10 end as releffectivediststyle
  from pg_catalog.pg_class c left join rs.table_attributes a on a.table_oid = c.oid;

create view rs.svv_all_tables as
  select current_database()::varchar as database_name, nspname::varchar as schema_name, relname::varchar as table_name,
    (case when relkind in ('r', 'p') then 'TABLE' else 'VIEW' end)::varchar as table_type,
    ''::varchar as table_acl, obj_description(oid, 'pg_class')::varchar as remarks
  from rs.visible_relations;
create view rs.svv_redshift_tables as select * from rs.svv_all_tables;

create view rs.svv_columns as
  select table_catalog, table_schema, table_name, column_name, ordinal_position, column_default, is_nullable, data_type,
    character_maximum_length, numeric_precision, numeric_precision_radix, numeric_scale, datetime_precision,
    null::varchar as remarks
  from information_schema.columns where not rs.is_hidden(table_schema::text::name);
create view rs.svv_redshift_columns as
  select current_database()::varchar as database_name, nspname::varchar as schema_name, relname::varchar as table_name,
    attname::varchar as column_name, attnum::integer as ordinal_position, data_type::varchar,
    column_default::varchar, (case when attnotnull then 'NO' else 'YES' end)::varchar as is_nullable,
    encoding::varchar, coalesce(dist_key = attname, false) as distkey, sort_key as sortkey,
    ''::varchar as column_acl, col_description(oid, attnum)::varchar as remarks
  from rs.visible_columns;

create view rs.pg_table_def as
  select nspname as schemaname, relname as tablename, attname as "column", data_type as type, encoding,
    coalesce(dist_key = attname, false) as distkey, sort_key as sortkey, attnotnull as "notnull"
  from rs.visible_columns where relkind in ('r', 'p') and nspname = any (current_schemas(false));
`;
