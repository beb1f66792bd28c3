import type { Client } from '@temporalio/client';
import type { OperationInputs } from '../../domain/operations';
import type { RunQueryInput } from '../../domain/operations/run-query';
import { reasonNotToRunAgain } from '../../domain/retry/judge-query';
import { leavingOfSource, leavingOfStep, leavingsUnderWay, namedSource } from '../../domain/retry/leavings';
import type { Leaving, Standing } from '../../domain/retry/standing';
import { type Walk, walkBack } from '../../domain/retry/walk-back';
import type { StepRecord } from '../../domain/run-state';
import { ClientError } from '../errors';
import { type Place, shellQuoted } from '../links';
import { lookUp } from '../look-up';
import { type OldRun, stepResultsOf } from './old-run';

/** Where a retry works. */
export interface RetryContext {
  client: Client;
  place: Place;
  taskQueue: string;
}

/** How everything stands that the finished steps of a run left, and what the step has that is to be run again. */
export interface Looked {
  standings: Record<string, Standing>;
  source?: Standing;
  own: Standing[];
}

/** From where a run is to go on: its steps as they went, and the first that is to be run again. */
export interface Wanted {
  steps: readonly StepRecord[];
  begin: string;
  /** Another run goes on: what the old one has under way, or has half done, is not its own. */
  asAnother?: boolean;
}

/**
 * Asks AWS, by the worker, what of a run still holds, and from where it can go on with that.
 * @throws ClientError `RetryRefused` when going on cannot help; `NoWorker`.
 */
export async function lookAndWalk(context: RetryContext, run: OldRun, wanted: Wanted): Promise<Walk> {
  const looked = await look(context, run, wanted);
  const { target } = run.input as { target?: { table?: string } };
  const restoreIsKnown = target?.table === undefined;
  const walk = walkBack({ operation: run.operation, ...wanted, ...looked, restoreIsKnown });
  const refusal = refusalOf(run, wanted, walk, looked.own);
  if (refusal) throw refusal;
  return walk;
}

async function look(
  context: RetryContext,
  run: OldRun,
  { steps, begin, asAnother }: Wanted,
): Promise<Looked> {
  const { operation } = run;
  const input = run.input as OperationInputs[typeof operation];
  const results = run.state ? await stepResultsOf(context.client, run, context.taskQueue) : {};
  const finished = steps.flatMap(({ name, state }) => {
    const leaving = state === 'done' ? leavingOfStep(input, name, results[name]) : undefined;
    return leaving ? [{ name, leaving }] : [];
  });
  const own = asAnother ? [] : underWay(run, begin);
  const named = namedSource(operation, input);
  const ofSource = named ? [leavingOfSource(named)] : [];
  const standings = await ask(context, [...finished.map(({ leaving }) => leaving), ...own, ...ofSource]);
  const source = named && standings.at(-1);
  return {
    standings: Object.fromEntries(finished.map(({ name }, at) => [name, standings[at]!])),
    own: standings.slice(finished.length, finished.length + own.length),
    ...(source && { source }),
  };
}

/** How that stands which AWS may still be working on for a run that has ended. */
export const lookUnderWay = (context: RetryContext, run: OldRun): Promise<Standing[]> =>
  ask(
    context,
    (run.state?.steps ?? [])
      .filter(({ state, startedAt }) => startedAt !== undefined && state !== 'done' && state !== 'skipped')
      .flatMap(({ name }) => underWay(run, name))
      .filter(({ kind }) => kind === 'table restore' || kind === 'export'),
  );

function underWay({ operation, workflowId, input, state }: OldRun, step: string): Leaving[] {
  if (!state) return [];
  return leavingsUnderWay(operation, workflowId, input as OperationInputs[typeof operation], state, step);
}

/** How all this stands on AWS, in its order; nobody is asked about nothing. */
export async function ask({ client, taskQueue }: RetryContext, leavings: Leaving[]): Promise<Standing[]> {
  if (leavings.length === 0) return [];
  const { standings } = await lookUp(client, taskQueue, 'standing', { leavings });
  return standings;
}

/** Why a retry as it was asked for can only fail again, or do harm. */
function refusalOf(
  run: OldRun,
  { steps, asAnother }: Wanted,
  walk: Walk,
  own: readonly Standing[],
): ClientError | undefined {
  const refused = (why: string, remedy: string) =>
    new ClientError('RetryRefused', `retry failed [run=${run.workflowId}, step=${walk.from}]: ${why}`, {
      remedy,
    });
  const retry = `undrop runs retry ${shellQuoted(run.workflowId)}`;
  if (walk.blocked !== undefined) {
    return refused(
      `${walk.blocked}, and nothing was kept of it`,
      `Name another source: ${retry} --with source.asOf=24h, or one that \`undrop sources list\` shows.`,
    );
  }
  const dead = own.find(({ state: how }) => how === 'failed');
  if (dead && (walk.from === 'copy' || walk.from === 'keep'))
    return refused(`${dead.text}, and its name is taken`, `Delete that snapshot, then: ${retry}`);
  const step = steps.find(({ name }) => name === walk.from);
  if (walk.from !== 'query' || step === undefined || asAnother) return undefined;
  const why = reasonNotToRunAgain(run.input as RunQueryInput, step, own, Date.now());
  return why === undefined
    ? undefined
    : refused(why, `Look what is done; to run all of it again all the same: ${retry} --from query`);
}
