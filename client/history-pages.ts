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
