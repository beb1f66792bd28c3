import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { WorkerOptions } from '@temporalio/worker';
import type { SimulatorControl } from '../../dev/simulator-control';
import type { OperationInputs, OperationName } from '../../domain/operations';

export interface SkippedRun<O extends OperationName> {
  operation: O;
  input: OperationInputs[O];
  taskQueue: string;
}

/**
 * Starts a run whose timers take no time: the server moves the run's own clock to the next timer as soon as the run
 * waits for nothing else. The SDK has no option for it yet, hence the raw call. Each skip adds one event to the history.
 */
export async function startSkippingTime<O extends OperationName>(
  { workflowService, options }: Client,
  { operation, input, taskQueue }: SkippedRun<O>,
): Promise<{ workflowId: string; runId: string }> {
  const workflowId = `skipping/${operation}/${randomUUID()}`;
  const { runId } = await workflowService.startWorkflowExecution({
    namespace: options.namespace,
    workflowId,
    workflowType: { name: operation },
    taskQueue: { name: taskQueue },
    input: { payloads: [defaultPayloadConverter.toPayload(input)] },
    requestId: randomUUID(),
    identity: options.identity,
    timeSkippingConfig: { enabled: true, maxSessionSkipCount: 100_000 },
  });
  return { workflowId, runId };
}

/**
 * Activities see real time, the run skips through its own: before each AWS call, the simulated AWS is moved on by as
 * much as the run has moved on since the call before. Good for one run at a time, with the simulator's own clock stopped.
 */
export function awsFollowsTheRun(control: SimulatorControl): NonNullable<WorkerOptions['interceptors']> {
  const seen = new Map<string, number>();
  return {
    activity: [
      (context) => ({
        inbound: {
          async execute(input, next) {
            // Of all the times an activity is told, the scheduled ones are the run's own.
            const { workflowExecution, currentAttemptScheduledTimestampMs: at } = context.info;
            const run = workflowExecution?.runId ?? '';
            const before = seen.get(run) ?? at;
            if (at > before) await control.advance((at - before) / 1000);
            seen.set(run, Math.max(at, before));
            return next(input);
          },
        },
      }),
    ],
  };
}
