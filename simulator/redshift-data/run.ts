import type { World } from '../core/world';
import type { SqlStatement, TerminalOutcome } from '../core/types';
import { SqlError } from '../sql';
import type { EndStatus, Statement, StatementPart } from './statement';

/** Redshift's driver prefixes; a missing database is refused at the connection. */
export function errorText(error: SqlError): string {
  return `${error.code === '3D000' ? 'FATAL' : 'ERROR'}: ${error.message}`;
}

/** @param at the instant it was due to end, which a leap of the clock may have left behind. */
function end(statement: Statement, at: Date, status: EndStatus, error?: string): void {
  statement.status = status;
  if (error !== undefined) statement.error = error;
  statement.updatedAt = at;
  statement.withdraw = () => undefined;
  statement.markEnded();
}

function endPart(part: StatementPart, at: Date, status: EndStatus, error?: string): void {
  part.status = status;
  if (error !== undefined) part.error = error;
  part.updatedAt = at;
}

/** Ends a statement that has not ended; what has not run never will. */
export function abort(statement: Statement, at: Date, status: EndStatus, error?: string): void {
  statement.withdraw();
  for (const part of statement.parts) if (!part.status) endPart(part, at, status, error);
  end(statement, at, status, error);
}

function toSql(statement: Statement, part: StatementPart): SqlStatement {
  const parameters = statement.parameters?.map(({ name, value }) => ({
    name: String(name),
    value: String(value),
  }));
  return { sql: part.sql, ...(parameters ? { parameters } : {}) };
}

/** Anything but failing SQL is a fault of the simulator, told as such and never swallowed. */
function asSqlError(error: unknown): SqlError {
  return error instanceof SqlError ? error : new SqlError(`simulator failure: ${String(error)}`);
}

/** Runs `parts` in one transaction and notes how each ended. */
async function runParts(world: World, statement: Statement, parts: StatementPart[], at: Date): Promise<void> {
  try {
    const warehouse = await world.warehouse(statement.target.warehouseName);
    const results = await warehouse.run(
      statement.target.database,
      parts.map((part) => toSql(statement, part)),
    );
    parts.forEach((part, index) => {
      const result = results[index];
      if (result) part.result = result;
      endPart(part, at, 'FINISHED');
    });
  } catch (error) {
    const failure = asSqlError(error);
    parts.forEach((part, index) => {
      if (index < failure.statementIndex) endPart(part, at, 'FINISHED');
      else if (index === failure.statementIndex) endPart(part, at, 'FAILED', errorText(failure));
      else endPart(part, at, 'ABORTED', 'Connection or an prior query failed.');
    });
  }
}

function endAfterParts(statement: Statement, at: Date): void {
  const failed = statement.parts.findIndex((part) => part.status === 'FAILED');
  if (failed === -1) return end(statement, at, 'FINISHED');
  const error = statement.parts[failed]?.error ?? '';
  end(statement, at, 'FAILED', statement.batch ? `Query #${failed + 1} failed with ${error}` : error);
}

/**
 * Puts a statement's SQL on the agenda: it runs at the instant the statement ends, so that a cancel before leaves
 * nothing. With AUTO_COMMIT each part runs at its own instant.
 */
export function schedule(world: World, statement: Statement, terminal?: TerminalOutcome): void {
  const { parts, id } = statement;
  const steps =
    statement.executionMode === 'AUTO_COMMIT' ? parts.map((_, index) => [index]) : [[...parts.keys()]];
  const dueAfter = (index: number): Date =>
    new Date(statement.createdAt.getTime() + statement.secondsPerPart * 1000 * (index + 1));

  const plan = (step: number): void => {
    const indexes = steps[step];
    if (!indexes) return endAfterParts(statement, dueAfter(parts.length - 1));
    const due = dueAfter(indexes.at(-1) ?? 0);
    statement.withdraw = world.agenda.at(due, `statement ${id}`, async () => {
      if (terminal) return abort(statement, due, asEndStatus(terminal.status), terminal.message);
      await runParts(
        world,
        statement,
        indexes.flatMap((index) => parts[index] ?? []),
        due,
      );
      // A cancel that came while the SQL ran was too late for it, but not for the parts to come.
      if (!statement.status) plan(step + 1);
    });
  };
  plan(0);
}

function asEndStatus(status: string): EndStatus {
  return status === 'ABORTED' || status === 'FINISHED' ? status : 'FAILED';
}
