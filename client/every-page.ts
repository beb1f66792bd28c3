import type { ListFilter } from './list-runs';
import type { RunList, RunSummary } from './run-view';

/**
 * The runs of all pages of a list, from the page that the filter names. A run that starts or ends meanwhile moves in the
 * list: it may be on two pages, and is told once, as it was seen last.
 * @param list one page: listRuns, or `list` of an operations client
 */
export async function everyPage(
  list: (filter: ListFilter) => Promise<RunList>,
  filter: ListFilter,
): Promise<RunSummary[]> {
  const runs = new Map<string, RunSummary>();
  let pageToken = filter.pageToken;
  do {
    const page = await list({ ...filter, ...(pageToken !== undefined && { pageToken }) });
    for (const run of page.runs) runs.set(run.runId, run);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return [...runs.values()];
}
