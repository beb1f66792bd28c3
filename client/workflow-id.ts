/**
 * What a default workflow id tells (`recover-table/analytics/dev.public.orders/3f9a1c2e`), for runs that were started
 * without search attributes; empty parts when the id is somebody's own.
 */
export function parseWorkflowId(workflowId: string): { warehouse: string; table: string } {
  const match = /^[a-z]+(?:-[a-z]+)*\/([^/]+)\/(.+)\/[0-9a-f]{8}$/.exec(workflowId);
  return { warehouse: match?.[1] ?? '', table: match?.[2] ?? '' };
}
