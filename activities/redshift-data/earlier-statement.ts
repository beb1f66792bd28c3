import { ApplicationFailure } from '@temporalio/activity';
import { readOnlyProblem } from '../../domain/sql/read-only';
import type { StatementFacts } from '../../domain/aws/statement';
import { failureOf } from '../aws-failure';
import { heartbeating } from '../call';
import type { AwsClients } from '../clients';
import { findStatement } from './find-statement';

/** How a statement of an earlier execution of the run is recognised. */
export interface LookFirst {
  /** When earlier executions may have begun; ISO. */
  notBefore: string;
  /** The name was made from the run and this very statement: one of that name can only be it. */
  nameIsOurs: boolean;
}

/** A statement that was submitted, and how it was come by. */
export interface SubmittedStatement extends StatementFacts {
  /** True when an earlier execution of the run had submitted it; `status` is then how it stands. */
  earlier?: true;
  /** Why earlier ones could not be looked for, where that was not allowed. */
  notLookedFor?: string;
}

interface Submit {
  statementName: string;
  sqls: string[];
  lookFirst?: LookFirst;
}

/** AWS keeps statements, and with them their tokens, for so long. */
const keptMs = 24 * 3_600_000;

/**
 * Submits a statement that an earlier execution of the run may have submitted before: it looks by the name first. Without
 * `lookFirst` it only submits. The token alone would not do: AWS answers it with the old statement whatever became of
 * that, and after a day not at all.
 * @throws StatementUnresolved when AWS can have forgotten an earlier one, and the SQL does more than read.
 */
export async function submitUnlessEarlier(
  clients: Pick<AwsClients, 'redshiftData'>,
  { statementName, sqls, lookFirst }: Submit,
  submit: () => Promise<StatementFacts>,
): Promise<SubmittedStatement> {
  if (!lookFirst) return submit();
  const looked = await earlierStatements(clients, statementName, lookFirst.notBefore);
  if ('notLookedFor' in looked) return { ...(await submit()), ...looked };
  const [newest] = looked.found;
  if (lookFirst.nameIsOurs && newest) return { ...newest, earlier: true };
  const mayBeForgotten = Date.now() - Date.parse(lookFirst.notBefore) > keptMs;
  if (mayBeForgotten && sqls.some((sql) => readOnlyProblem(sql) !== undefined)) {
    const why =
      'an earlier execution of this run may have run it more than 24 hours ago, and AWS forgets statements after that';
    throw failureOf('StatementUnresolved', { what: 'SQL statement', handles: { name: statementName } }, why);
  }
  const submitted = await submit();
  // A name of the user's own is no proof, but its token is: this is the one that was there before.
  const before = looked.found.find(({ id }) => id === submitted.id);
  return before ? { ...before, earlier: true } : submitted;
}

/** Statements of that name since then, the newest first; without the right to list them the token has to do. */
async function earlierStatements(
  clients: Pick<AwsClients, 'redshiftData'>,
  statementName: string,
  notBefore: string,
): Promise<{ found: StatementFacts[] } | { notLookedFor: string }> {
  try {
    const { found } = await heartbeating(() => findStatement(clients, { statementName }));
    const since = found.filter(({ createdAt }) => createdAt === undefined || createdAt >= notBefore);
    since.sort((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''));
    return { found: since.map(({ id, status }) => ({ id, status })) };
  } catch (error) {
    if (!(error instanceof ApplicationFailure && error.type === 'AccessDenied')) throw error;
    return { notLookedFor: error.message };
  }
}
