import type { Statement, StatementPart } from './statement';
import { notFound } from './errors';
import { checkId } from './validation';

interface KnownToken {
  fingerprint: string;
  id: string;
  expires: Date;
}

/** All statements of one simulated account and region, oldest first. */
export class StatementStore {
  private readonly statements = new Map<string, Statement>();
  private readonly tokens = new Map<string, KnownToken>();
  private lastQueryId = 1000;
  private lastPid = 1_073_000_000;

  add(statement: Statement): void {
    this.statements.set(statement.id, statement);
  }

  all(): Statement[] {
    return [...this.statements.values()];
  }

  active(warehouseName: string): number {
    return this.all().filter(({ status, target }) => !status && target.warehouseName === warehouseName)
      .length;
  }

  /**
   * A statement, or one part of a batch by `<id>:<n>` from 1.
   * @throws ResourceNotFoundException, ValidationException for what is no id
   */
  find(id: string): { statement: Statement; index?: number; part: StatementPart } {
    checkId(id);
    const [parent = '', suffix] = id.split(':');
    const statement = this.statements.get(parent);
    const index = suffix === undefined ? undefined : Number(suffix) - 1;
    const part = statement?.parts[index ?? 0];
    if (!statement || !part || (index !== undefined && !statement.batch)) {
      throw notFound('Query does not exist.', id);
    }
    return { statement, part, ...(index === undefined ? {} : { index }) };
  }

  token(token: string, now: Date): KnownToken | undefined {
    const known = this.tokens.get(token);
    return known && known.expires > now ? known : undefined;
  }

  keepToken(token: string, known: KnownToken): void {
    this.tokens.set(token, known);
  }

  nextQueryId(): number {
    return ++this.lastQueryId;
  }

  nextPid(): number {
    return (this.lastPid += 7);
  }
}
