import type { Client } from '@temporalio/client';

/** Longest wait for one page. */
const pageTimeoutMs = 10_000;

type Page = Awaited<ReturnType<Client['workflowService']['getWorkflowExecutionHistory']>>;
export type HistoryEvent = NonNullable<NonNullable<Page['history']>['events']>[number];

/** The Event History of a run from its begin, a page at a time: who has found what they look for reads no further. */
export async function* historyOf(
  client: Client,
  execution: { workflowId: string; runId: string },
  maximumPageSize: number,
): AsyncGenerator<HistoryEvent, void, void> {
  const { namespace } = client.options;
  let nextPageToken: Uint8Array | undefined;
  do {
    const page: Page = await client.withDeadline(Date.now() + pageTimeoutMs, () =>
      client.workflowService.getWorkflowExecutionHistory({
        namespace,
        execution,
        maximumPageSize,
        ...(nextPageToken && { nextPageToken }),
      }),
    );
    yield* page.history?.events ?? [];
    nextPageToken = page.nextPageToken ?? undefined;
  } while (nextPageToken && nextPageToken.length > 0);
}

/** Enough for most runs in one answer of the server. */
const pageSize = 500;

/**
 * The events that came after the one of this id, in their order. The server reads a history from one of its ends only:
 * what has been read is passed over by reading the rest from behind.
 * @param length of the history, as the run was described; when it has not grown, nothing is asked for
 */
export async function* historyAfter(
  client: Client,
  execution: { workflowId: string; runId: string },
  { after, length }: { after: number; length: number },
): AsyncGenerator<HistoryEvent, void, void> {
  if (length <= after) return;
  if (after === 0) return yield* historyOf(client, execution, pageSize);
  const { namespace } = client.options;
  const maximumPageSize = Math.min(pageSize, length - after);
  const fresh: HistoryEvent[] = [];
  let nextPageToken: Uint8Array | undefined;
  for (;;) {
    const page = await client.withDeadline(Date.now() + pageTimeoutMs, () =>
      client.workflowService.getWorkflowExecutionHistoryReverse({
        namespace,
        execution,
        maximumPageSize,
        ...(nextPageToken && { nextPageToken }),
      }),
    );
    const events = page.history?.events ?? [];
    fresh.push(...events.filter(({ eventId }) => Number(eventId) > after));
    nextPageToken = page.nextPageToken ?? undefined;
    const met = events.some(({ eventId }) => Number(eventId) <= after + 1);
    if (met || !nextPageToken || nextPageToken.length === 0) break;
  }
  yield* fresh.reverse();
}
