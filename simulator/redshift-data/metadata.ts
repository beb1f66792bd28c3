import type {
  DescribeTableRequest,
  DescribeTableResponse,
  ListDatabasesRequest,
  ListDatabasesResponse,
  ListSchemasRequest,
  ListSchemasResponse,
  ListTablesRequest,
  ListTablesResponse,
} from '@aws-sdk/client-redshift-data';
import type { SqlWarehouse } from '../core/types';
import type { World } from '../core/world';
import { SqlError } from '../sql';
import { columnMetadata } from './column-metadata';
import { invalid } from './errors';
import { like } from './like';
import { page, pageSize } from './paging';
import { errorText } from './run';
import { resolveTarget, type TargetInput } from './validation';

const mostResults = 1000;

interface PagedInput extends TargetInput {
  MaxResults?: number | undefined;
  NextToken?: string | undefined;
}

/** Asks the engine behind a target; SQL that fails is told as the Data API tells a failed connection. */
async function ask<T>(
  world: World,
  input: TargetInput,
  question: (warehouse: SqlWarehouse, database: string) => Promise<T>,
): Promise<T> {
  const { warehouseName, database: connected } = resolveTarget(world, input);
  try {
    const warehouse = await world.warehouse(warehouseName);
    if (!(await warehouse.databases()).includes(connected)) {
      throw new SqlError(`database "${connected}" does not exist`, '3D000');
    }
    return await question(warehouse, input.Database ?? connected);
  } catch (error) {
    if (error instanceof SqlError) throw invalid(errorText(error));
    throw error;
  }
}

function pageOf<T>(items: T[], what: string, input: PagedInput): { items: T[]; NextToken?: string } {
  const { MaxResults, NextToken, ...scope } = input;
  return page(items, `${what} ${JSON.stringify(scope)}`, pageSize(MaxResults, mostResults), NextToken);
}

function tokenOf({ NextToken }: { NextToken?: string }): { NextToken?: string } {
  return NextToken === undefined ? {} : { NextToken };
}

export function listDatabases(world: World) {
  return async (input: ListDatabasesRequest): Promise<ListDatabasesResponse> => {
    const databases = await ask(world, input, (warehouse) => warehouse.databases());
    const found = pageOf(databases, 'databases', input);
    return { Databases: found.items, ...tokenOf(found) };
  };
}

export function listSchemas(world: World) {
  return async (input: ListSchemasRequest): Promise<ListSchemasResponse> => {
    const schemas = await ask(world, input, (warehouse, database) => warehouse.schemas(database));
    const found = pageOf(schemas.filter(like(input.SchemaPattern)), 'schemas', input);
    return { Schemas: found.items, ...tokenOf(found) };
  };
}

export function listTables(world: World) {
  return async (input: ListTablesRequest): Promise<ListTablesResponse> => {
    const tables = await ask(world, input, (warehouse, database) => warehouse.tables(database));
    const schemaFits = like(input.SchemaPattern);
    const nameFits = like(input.TablePattern);
    const found = pageOf(
      tables.filter(({ schema, name }) => schemaFits(schema) && nameFits(name)),
      'tables',
      input,
    );
    return { Tables: found.items, ...tokenOf(found) };
  };
}

/** Columns of the table named, or of all that fit where Schema or Table is left out; none for an unknown table. */
export function describeTable(world: World) {
  return async (input: DescribeTableRequest): Promise<DescribeTableResponse> => {
    const columns = await ask(world, input, async (warehouse, database) => {
      const tables = (await warehouse.tables(database)).filter(
        ({ schema, name }) =>
          (input.Schema === undefined || schema === input.Schema) &&
          (input.Table === undefined || name === input.Table),
      );
      const all = await Promise.all(
        tables.map(({ schema, name }) => warehouse.columns({ database, schema, table: name })),
      );
      return all.flat();
    });
    const found = pageOf(columns, 'columns', input);
    return {
      ...(input.Table === undefined ? {} : { TableName: input.Table }),
      ColumnList: found.items.map((column) => columnMetadata(column, 'table')),
      ...tokenOf(found),
    };
  };
}
