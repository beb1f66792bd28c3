import type { NativeConnection } from '@temporalio/worker';
import { searchAttributes } from '../domain/search-attributes';

/** PERMISSION_DENIED, UNIMPLEMENTED and UNAUTHENTICATED of gRPC. */
const refusals: unknown[] = [7, 12, 16];

/**
 * A workflow that sets an attribute its namespace does not know stalls, so a worker refuses to start without them.
 * @throws Error that names the missing ones, and what registers them.
 */
export async function requireSearchAttributes(
  connection: NativeConnection,
  namespace: string,
): Promise<void> {
  const listed = await connection.operatorService
    .listSearchAttributes({ namespace })
    .catch((error: unknown) => {
      // Not every server lets everybody look (Temporal Cloud has its own tools); then a start is what says so.
      if (refusals.includes((error as { code?: number }).code)) return undefined;
      throw error;
    });
  if (listed === undefined) return;
  const missing = Object.keys(searchAttributes).filter((name) => !(name in (listed.customAttributes ?? {})));
  if (missing.length === 0) return;
  const list = missing.join(', ');
  throw new Error(
    `the Temporal namespace ${namespace} lacks the search attributes ${list}; register them with: undrop setup --namespace ${namespace} (as somebody who may change the namespace; on Temporal Cloud it tells the command)`,
  );
}
