import { durationMs } from '../../domain/duration';
import type { ColumnFigures } from '../../domain/operations/expectations';
import { figuresOf, type HashedRows } from '../../domain/proof/judge-content';
import type { ResultRow } from '../../domain/proof/result-row';
import { tableStructureOf, type TableStructure } from '../../domain/proof/table-structure';
import { aggregateStatements } from '../../domain/sql/aggregates';
import type { KindedColumn } from '../../domain/sql/column-kind';
import { rowCountStatement, type SqlStatement } from '../../domain/sql/row-count';
import { type Chunk, rowHashStatement } from '../../domain/sql/row-hash';
import { columnsStatement, distributionStatement } from '../../domain/sql/structure';
import { displayTable, type TableName } from '../../domain/table-name';
import type { DataApiAccess, Warehouse } from '../../domain/warehouse';
import { fail } from '../failure';
import type { Step } from '../run';
import { runStatement } from './run-statement';

/** Rows of the catalog about one name: as many columns as a table can have, twice. */
const catalogRows = 4_000;

/**
 * Reads what a proof needs to know of tables, each thing by a statement of its own. Every statement has a key of its own
 * in the step: the first table's keys are bare, those of others end with `-other`, `-other-2`, …; a second one of the
 * same name ends with `.2`.
 */
export class TableReader {
  private readonly seen: string[] = [];
  private readonly uses = new Map<string, number>();
  private readonly structures = new Map<string, Promise<TableStructure>>();

  constructor(
    private readonly step: Step,
    private readonly manner: { warehouse: Warehouse; dataApi?: DataApiAccess; deadline: string },
  ) {}

  async count(table: TableName): Promise<number> {
    const { rows } = await this.run(
      table,
      'count',
      `count the rows of ${displayTable(table)}`,
      rowCountStatement(table),
    );
    return Number(rows[0]?.[0]);
  }

  /** The table as the catalog has it, read once; without columns when there is none to be seen. */
  structure(table: TableName): Promise<TableStructure> {
    const name = displayTable(table);
    const known = this.structures.get(name);
    if (known) return known;
    const read = this.readStructure(table);
    this.structures.set(name, read);
    return read;
  }

  /** The same, of a table that something is compared with. @throws NotFound when it is not there. */
  async structureOfOther(table: TableName): Promise<TableStructure> {
    const structure = await this.structure(table);
    if (structure.columns.length > 0) return structure;
    const why = 'there is no such table to compare with, or the database user has no right to see it';
    throw fail('NotFound', 'proof of the table', { table: displayTable(table) }, why);
  }

  async figures(table: TableName, columns: readonly KindedColumn[]): Promise<ColumnFigures[]> {
    const statements = aggregateStatements(table, columns);
    const read: { layout: (typeof statements)[number]['layout']; row: ResultRow }[] = [];
    for (const [index, statement] of statements.entries()) {
      const what = `aggregates of ${displayTable(table)}${partOf(index, statements.length)}`;
      const { rows } = await this.run(table, `figures-${index + 1}`, what, statement);
      read.push({ layout: statement.layout, row: rows[0] ?? [] });
    }
    return figuresOf(read);
  }

  async hash(table: TableName, columns: readonly KindedColumn[], chunk: Chunk): Promise<HashedRows> {
    const what = `hash of the rows of ${displayTable(table)}${partOf(chunk.index, chunk.of)}`;
    const statement = this.hashStatement(table, columns, chunk);
    const { rows } = await this.run(table, `rows-${chunk.index + 1}`, what, statement);
    const [count, hash] = rows[0] ?? [];
    return { rows: String(count), hash: String(hash) };
  }

  async run(table: TableName, key: string, what: string, statement: SqlStatement, maxRows = 1) {
    const { warehouse, dataApi, deadline } = this.manner;
    return runStatement(this.step, {
      key: this.keyOf(`${key}${this.suffixOf(table)}`),
      what,
      warehouse,
      database: table.database,
      access: dataApi,
      statement,
      maxRows,
      deadlineMs: durationMs(deadline),
    });
  }

  private async readStructure(table: TableName): Promise<TableStructure> {
    const name = displayTable(table);
    const columns = await this.run(
      table,
      'columns',
      `columns of ${name}`,
      columnsStatement(table),
      catalogRows,
    );
    const distribution =
      columns.rows.length === 0
        ? undefined
        : await this.run(table, 'distribution', `distribution of ${name}`, distributionStatement(table), 10);
    return tableStructureOf(table, columns.rows, distribution?.rows);
  }

  private hashStatement(table: TableName, columns: readonly KindedColumn[], chunk: Chunk): SqlStatement {
    try {
      return rowHashStatement(table, columns, chunk);
    } catch (error) {
      const why = error instanceof RangeError ? error.message : String(error);
      throw fail('InvalidInput', 'hash of the rows', { table: displayTable(table) }, why);
    }
  }

  /** Asked for twice, with other SQL perhaps, it is another statement: AWS refuses a token that comes with other SQL. */
  private keyOf(key: string): string {
    const uses = (this.uses.get(key) ?? 0) + 1;
    this.uses.set(key, uses);
    return uses === 1 ? key : `${key}.${uses}`;
  }

  private suffixOf(table: TableName): string {
    const name = displayTable(table);
    if (!this.seen.includes(name)) this.seen.push(name);
    const at = this.seen.indexOf(name);
    return at === 0 ? '' : at === 1 ? '-other' : `-other-${at}`;
  }
}

const partOf = (index: number, of: number) => (of === 1 ? '' : `, part ${index + 1} of ${of}`);
