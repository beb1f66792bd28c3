import {
  CancellationScope,
  ParentClosePolicy,
  startChild,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow';
import { type EndedRun, notificationId } from '../../domain/notification/notification';
import { type OperationName, subjectOf } from '../../domain/operations';
import {
  type Notify,
  type NotifiedOutcome,
  notifiedOutcomes,
  type Receiver,
  receiverName,
  receiversOf,
} from '../../domain/operations/notify';
import { shownInput } from '../../domain/operations/shown-input';
import { deliverNotification, sendNotification } from '../deliver-notification';
import { failureTypeOf, passesByItself, runFailureOf } from '../failure';
import { measureStep } from '../metrics';
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
    const tell = (receiver: Receiver) => tellOne(receiver, ended, asked.patience);
    const told = await CancellationScope.nonCancellable(() => Promise.all(receiversOf(asked).map(tell)));
    step.end(told.every(({ ok }) => ok) ? 'done' : 'failed', told.map(({ text }) => text).join('; '));
    measureStep(step);
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
async function tellOne(
  receiver: Receiver,
  ended: EndedRun,
  patience: string,
): Promise<{ ok: boolean; text: string }> {
  const who = receiverName(receiver);
  const id = notificationId(ended, receiver);
  try {
    await sendNotification(notify, { receiver, id, ended });
    return { ok: true, text: `${who} was told` };
  } catch (error) {
    const { type, message } = runFailureOf(error);
    if (!passesByItself(failureTypeOf(error))) return { ok: false, text: `${who}: ${type}: ${message}` };
    const workflowId = `notify/${id}`;
    await handOver(workflowId, { receiver, id, ended, patience });
    return {
      ok: true,
      text: `${who} cannot be reached (${message}); ${workflowId} goes on for ${patience}`,
    };
  }
}

/** The run must not stay open for a receiver: its id would be taken for as long. */
async function handOver(
  workflowId: string,
  delivery: Parameters<typeof deliverNotification>[0],
): Promise<void> {
  await startChild(deliverNotification, {
    workflowId,
    args: [delivery],
    parentClosePolicy: ParentClosePolicy.ABANDON,
    memo: { title: `tell ${receiverName(delivery.receiver)}: ${delivery.ended.title}` },
    staticSummary: `tell ${receiverName(delivery.receiver)}: ${delivery.ended.title}`.slice(0, 200),
  });
}
