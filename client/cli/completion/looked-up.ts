import { begun } from '../../../domain/retry/beginning';
import type { Outcome } from '../../../domain/run-state';
import { shellQuoted } from '../../links';
import type { OperationsClient } from '../../operations-client';
import { lazy } from '../lazy';
import { withOperations, type Session } from '../session';
import { type Candidate, type LookedUp, oneLine } from './candidates';

/** Nobody waits longer for the tab key, in milliseconds. */
const timeoutMs = 1_500;

/** What Temporal knows of it; nothing when it does not answer within a moment, or with an error. */
export async function lookedUp(session: Session, asked: LookedUp): Promise<Candidate[]> {
  // What has to be loaded does not count: it takes as long however fast Temporal is.
  lazy.operationsClient();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Candidate[]>((resolve) => {
    timer = setTimeout(() => resolve([]), timeoutMs);
  });
  const answer = withOperations(session, (operations) => found(operations, session, asked)).catch(
    (): Candidate[] => [],
  );
  const all = await Promise.race([answer, late]);
  clearTimeout(timer);
  const { prefix, lead = '' } = asked;
  // An id that would need quotes is rare, and every shell has quotes of its own.
  const usable = all.filter(
    ({ value }, index) =>
      value.startsWith(prefix) &&
      shellQuoted(value) === value &&
      all.findIndex((one) => one.value === value) === index,
  );
  return usable.map(({ value, about }) => ({ value: `${lead}${value}`, about: oneLine(about) }));
}

function found(operations: OperationsClient, { io }: Session, asked: LookedUp): Promise<Candidate[]> {
  switch (asked.kind) {
    case 'runs':
      return runs(operations, io.now(), asked);
    case 'schedules':
      return schedules(operations, asked);
    case 'steps':
      return steps(operations, asked);
  }
}

/** Runs that a command is of use for. */
const outcomes: Partial<Record<string, Outcome>> = { cancel: 'running', retry: 'failed' };

async function runs(
  operations: OperationsClient,
  now: number,
  { prefix, command }: { prefix: string; command: string },
): Promise<Candidate[]> {
  const outcome = outcomes[command];
  const page = await operations.list({
    limit: 50,
    ...(prefix !== '' && { idPrefix: prefix }),
    ...(outcome && { outcome }),
  });
  const { formatDuration } = lazy.duration();
  return page.runs.map(({ workflowId, status, startedAt }) => ({
    value: workflowId,
    about: `${status}, started ${formatDuration(now - Date.parse(startedAt))} ago`,
  }));
}

/** Whether a schedule is paused when a command is of use for it. */
const pausedFor: Partial<Record<string, boolean>> = { pause: false, resume: true };

async function schedules(
  operations: OperationsClient,
  { command }: { command: string },
): Promise<Candidate[]> {
  const { schedules: all } = await operations.schedules.list({}, { newestRuns: false });
  const wanted = pausedFor[command];
  return all
    .filter(({ paused }) => wanted === undefined || paused === wanted)
    .map(({ id, operation, when, paused }) => ({
      value: id,
      about: `${paused ? 'paused, ' : ''}${operation} ${when}`,
    }));
}

/** Those that the run has begun: it can go on from no other. */
async function steps(
  operations: OperationsClient,
  { run, runId }: { run: string; runId?: string },
): Promise<Candidate[]> {
  const { state } = await operations.show(run, runId);
  if (!state) return [];
  const names = begun(state);
  return state.steps
    .filter(({ name }) => names.includes(name))
    .map(({ name, title, state: how }) => ({ value: name, about: `${how}: ${title}` }));
}
