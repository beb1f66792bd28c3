import type { NativeConnection } from '@temporalio/worker';
import { searchAttributes } from '../domain/search-attributes';

/**
 * A workflow that sets an attribute its namespace does not know stalls, so a worker refuses to start without them.
 * @throws Error that names the missing ones and the command that registers them.
 */
export async function requireSearchAttributes(
  connection: NativeConnection,
  namespace: string,
): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.keys(searchAttributes).filter((name) => !(name in (customAttributes ?? {})));
  if (missing.length === 0) return;
  const flags = missing.map((name) => `--name ${name} --type Keyword`).join(' ');
  throw new Error(
    `the Temporal namespace ${namespace} lacks the search attributes ${missing.join(', ')}; register them with: temporal operator search-attribute create --namespace ${namespace} ${flags}`,
  );
}
