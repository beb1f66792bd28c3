import {
  CancellationScope,
  ParentClosePolicy,
  startChild,
  upsertMemo,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import { type EndedRun, notificationId } from '../../domain/notification/notification';
import { type OperationName, subjectOf } from '../../domain/operations';
import {
  type Notify,
  type NotifiedOutcome,
  notifiedOutcomes,
  receiverName,
  receiversOf,
} from '../../domain/operations/notify';
import { shownInput } from '../../domain/operations/shown-input';
import { deliverNotification, type Delivery, sendNotification } from '../deliver-notification';
import { failureTypeOf, passesByItself, runFailureOf } from '../failure';
import { notify } from '../proxies';
import type { Parsed, Run } from '../run';

const name = 'notify';

/** The step that a run ends with when somebody is to be told; none otherwise. */
export function notifySteps({ notify: asked }: { notify?: Notify }): { name: string; title: string }[] {
  return asked ? [{ name, title: `Tell ${receiversOf(asked).map(receiverName).join(', ')}` }] : [];
}

/**
 * Tells everybody who is to be told that the run has ended. The run's outcome is settled before and is not touched:
 * whatever comes of this is a note of the step. Also when the run was cancelled, hence the scope.
 */
export async function notifyOfEnd<O extends OperationName>(
  run: Run,
  operation: O,
  input: Parsed<O>,
  result?: unknown,
): Promise<void> {
  const asked = input.notify;
  const { outcome } = run.state;
  if (asked === undefined || outcome === 'running') return;
  if (!(asked.on ?? notifiedOutcomes).includes(outcome)) {
    run.skip(name, `not asked for when a run is ${outcome}`);
  } else {
    const ended = endedRun(run, operation, input, outcome, result);
    const step = run.stepNamed(name);
    step.begin();
    const end = uuid4();
    const deliveries = receiversOf(asked).map((receiver) => ({
      receiver,
      id: notificationId(end, receiver),
      ended,
      patience: asked.patience,
    }));
    const told = await CancellationScope.nonCancellable(() => Promise.all(deliveries.map(tellOne)));
    step.end(told.every(({ ok }) => ok) ? 'done' : 'failed', told.map(({ text }) => text).join('; '));
  }
  upsertMemo({ runState: run.state });
}

function endedRun<O extends OperationName>(
  { state }: Run,
  operation: O,
  input: Parsed<O>,
  outcome: NotifiedOutcome,
  result: unknown,
): EndedRun {
  const { workflowId, runId, startTime, memo } = workflowInfo();
  return {
    workflowId,
    runId,
    operation,
    ...subjectOf(operation, input),
    title: typeof memo?.title === 'string' ? memo.title : state.title,
    outcome,
    startedAt: startTime.toISOString(),
    endedAt: state.endedAt ?? state.startedAt,
    input: shownInput(operation, input),
    // As it was when the run ended: of the telling itself nobody needs to be told.
    state: {
      ...state,
      steps: state.steps.filter((step) => step.name !== name),
      timeline: [...state.timeline],
    },
    // The rows of a query are what a table holds: they are for whoever asked, not for a channel.
    ...(result !== undefined && operation !== 'runQuery' && { result }),
  };
}

/** Never throws: what became of it, in words. */
async function tellOne(delivery: Delivery): Promise<{ ok: boolean; text: string }> {
  const who = receiverName(delivery.receiver);
  try {
    await sendNotification(notify, delivery);
    return { ok: true, text: `${who} was told` };
  } catch (error) {
    const { type, message } = runFailureOf(error);
    if (!passesByItself(failureTypeOf(error))) return { ok: false, text: `${who}: ${type}: ${message}` };
    const workflowId = await handOver(delivery);
    const goesOn = `${workflowId} goes on for ${delivery.patience}`;
    return { ok: true, text: `${who} cannot be reached (${message}); ${goesOn}` };
  }
}

/**
 * The run must not stay open for a receiver: its id would be taken for as long.
 * @returns the id of the workflow that goes on
 */
async function handOver(delivery: Delivery): Promise<string> {
  const title = `tell ${receiverName(delivery.receiver)}: ${delivery.ended.title}`;
  const { workflowId } = await startChild(deliverNotification, {
    workflowId: `notify/${delivery.id}`,
    args: [delivery],
    parentClosePolicy: ParentClosePolicy.ABANDON,
    memo: { title },
    staticSummary: title.slice(0, 200),
  });
  return workflowId;
}
