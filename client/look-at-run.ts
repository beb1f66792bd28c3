import { WorkflowFailedError, type Client, type WorkflowExecutionDescription } from '@temporalio/client';
import { parseWorkflowId } from './workflow-id';
import { runReferenceSchema } from '../domain/retry/carried';
import type { RunState } from '../domain/run-state';
import { askRun, type Question } from './ask-run';
import { callTimeoutMs } from './call-timeout';
import { firstValue } from './first-value';
import { identify, type Place } from './links';
import { RecordedHandles } from './recorded-handles';
import { runFailureOf } from './run-failure';
import { apiVersion, outcomeOf, statusOf, type PendingActivity, type RunView } from './run-view';
import { asItRuns, scheduleOf } from './scheduled-run';
import { whyNoAnswer } from './temporal-errors';

/** A worker that lives answers in milliseconds; one that is gone must not stop the watching. */
const queryTimeoutsMs = { running: [3_000], ended: [3_000, 3_000] };

export interface LookOptions {
  runId?: string;
  /** The input is read from the Event History; a watcher that has it already saves the call. */
  withInput?: boolean;
  /** The state last seen, kept when nobody answers now. */
  lastState?: RunState;
  /** What earlier looks found in the Event History, for a watcher; read from its begin when absent. */
  recorded?: RecordedHandles;
}

/**
 * One look at a run: what Temporal knows, what the run tells of itself, how it ended.
 * @throws the errors of the Temporal client, untranslated.
 */
export async function lookAtRun(
  client: Client,
  place: Place,
  workflowId: string,
  options: LookOptions = {},
): Promise<RunView> {
  const { withInput = true, lastState, recorded = new RecordedHandles(client) } = options;
  const handle = client.workflow.getHandle(workflowId, options.runId);
  const described = await client.withDeadline(Date.now() + callTimeoutMs, () => handle.describe());
  const { runId, historyLength } = described;
  const status = statusOf(described.status.name);
  const ended = outcomeOf(status) !== 'running';
  const scheduled = scheduleOf(described);
  const { scheduledAt } = scheduled;
  const given = withInput || scheduledAt ? await inputOf(client, workflowId, runId) : undefined;
  const { input, title } = scheduledAt ? asItRuns(described.type, given, scheduledAt) : { input: given };
  const end = ended ? await endOf(client, workflowId, runId) : {};
  const asked = end.state
    ? { state: end.state }
    : await askState(
        client,
        { workflowId, runId, taskQueue: described.taskQueue, query: 'runState' },
        queryTimeoutsMs[ended ? 'ended' : 'running'],
      );
  const state = asked.state ?? lastState ?? recordedState(described.memo);
  const aws = state ? [] : await recorded.of({ workflowId, runId, historyLength });
  const outcome = end.failure?.type === 'Cancelled' ? 'cancelled' : outcomeOf(status);
  const pending = ended ? [] : pendingActivitiesOf(described);
  return {
    apiVersion,
    ...identify(place, workflowId, runId),
    operation: described.type,
    title: title ?? titleOf(described, state),
    status,
    outcome,
    startedAt: described.startTime.toISOString(),
    ...(described.closeTime && { endedAt: described.closeTime.toISOString() }),
    ...scheduled,
    ...(input !== undefined && { input }),
    ...(state && { state }),
    ...(aws.length > 0 && { aws }),
    ...(end.result !== undefined && { result: end.result }),
    ...(end.failure && { failure: end.failure }),
    ...(pending.length > 0 && { pendingActivities: pending }),
    ...retryOf(described.memo),
    ...(asked.notice && { notice: asked.notice }),
  };
}

type Asked = { state?: RunState; notice?: string };

async function askState(client: Client, question: Question, timeoutsMs: readonly number[]): Promise<Asked> {
  try {
    return { state: await askRun<RunState>(client, question, timeoutsMs) };
  } catch (error) {
    const notice = whyNoAnswer(error, question.taskQueue);
    if (notice === undefined) throw error;
    return { notice };
  }
}

async function endOf(
  client: Client,
  workflowId: string,
  runId: string,
): Promise<Pick<RunView, 'result' | 'failure' | 'state'>> {
  const handle = client.workflow.getHandle(workflowId, runId, { followRuns: false });
  try {
    return { result: await client.withDeadline(Date.now() + callTimeoutMs, () => handle.result()) };
  } catch (error) {
    if (error instanceof WorkflowFailedError) return runFailureOf(error.cause);
    throw error;
  }
}

/** The input as it was started with, decoded by the client's own data converter; undefined when it had none. */
export async function inputOf(client: Client, workflowId: string, runId: string): Promise<unknown> {
  const { namespace } = client.options;
  const first = await client.withDeadline(Date.now() + callTimeoutMs, () =>
    client.workflowService.getWorkflowExecutionHistory({
      namespace,
      execution: { workflowId, runId },
      maximumPageSize: 1,
    }),
  );
  const [started] = first.history?.events ?? [];
  return firstValue(client, started?.workflowExecutionStartedEventAttributes?.input?.payloads);
}

function pendingActivitiesOf(described: WorkflowExecutionDescription): PendingActivity[] {
  return (described.raw.pendingActivities ?? []).map(({ activityType, attempt, lastFailure }) => ({
    activity: activityType?.name ?? 'unknown',
    attempt: attempt ?? 1,
    ...(lastFailure?.message && { lastFailure: lastFailure.message }),
  }));
}

/** A state that the run left in its memo, for the time when no worker can be asked any more. */
function recordedState(memo: Record<string, unknown> | undefined): RunState | undefined {
  const state = memo?.runState as RunState | undefined;
  return Array.isArray(state?.steps) ? state : undefined;
}

function retryOf(memo: Record<string, unknown> | undefined): Pick<RunView, 'retryOf'> {
  const told = runReferenceSchema.safeParse(memo?.retryOf);
  return told.success ? { retryOf: told.data } : {};
}

function titleOf(described: WorkflowExecutionDescription, state: RunState | undefined): string {
  if (typeof described.memo?.title === 'string') return described.memo.title;
  if (state) return state.title;
  const { warehouse, table } = parseWorkflowId(described.workflowId);
  return [described.type, table, warehouse && `(${warehouse})`].filter(Boolean).join(' ');
}
