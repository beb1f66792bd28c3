import { searchAttributes } from '../../domain/search-attributes';
import { openTemporal, type OpenTemporal } from '../../dev/temporal/open';

/** Where the teardown finds the server: both run in jest's first process, but as modules of their own. */
export const holder = globalThis as { undropTestTemporal?: OpenTemporal };

/**
 * One Temporal server for all tests of the project: the one of TEMPORAL_ADDRESS, else our own on free ports. Tests
 * read UNDROP_TEST_TEMPORAL_ADDRESS, …_NAMESPACE and …_UI; each takes a task queue of its own.
 */
export default async function startTemporal(): Promise<void> {
  const server = await openTemporal({
    searchAttributes,
    log: (message) => void process.stderr.write(`${message}\n`),
  });
  holder.undropTestTemporal = server;
  process.env.UNDROP_TEST_TEMPORAL_ADDRESS = server.address;
  process.env.UNDROP_TEST_TEMPORAL_NAMESPACE = server.namespace;
  process.env.UNDROP_TEST_TEMPORAL_UI = server.uiUrl ?? '';
}
