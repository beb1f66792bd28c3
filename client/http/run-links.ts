/** Base of every route. */
export const base = '/v1';

/** A run's address: its workflow id is one segment of the path, its slashes travel as %2F. */
export const runPath = (workflowId: string): string => `${base}/runs/${encodeURIComponent(workflowId)}`;

/** What the client says of a run, with where the API has more of it. */
export function withLinks<T extends { workflowId: string; links: { ui: string } }>(run: T) {
  const self = runPath(run.workflowId);
  const links = {
    ...run.links,
    self,
    events: `${self}/events`,
    cancel: `${self}/cancel`,
    retry: `${self}/retry`,
  };
  return { ...run, links };
}
