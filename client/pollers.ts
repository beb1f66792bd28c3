import type { Client } from '@temporalio/client';
import { callTimeoutMs } from './call-timeout';

/** TASK_QUEUE_TYPE_WORKFLOW and TASK_QUEUE_TYPE_ACTIVITY of Temporal's API. */
const types = { workflow: 1, activity: 2 } as const;

/** The workers that poll a task queue; Temporal forgets one that has gone after five minutes. */
export async function pollersOf(client: Client, taskQueue: string, type: keyof typeof types) {
  const { namespace } = client.options;
  const { pollers } = await client.withDeadline(Date.now() + callTimeoutMs, () =>
    client.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: types[type],
    }),
  );
  return pollers ?? [];
}

export type Poller = Awaited<ReturnType<typeof pollersOf>>[number];
