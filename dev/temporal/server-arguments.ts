import type { SearchAttributeType } from '@temporalio/common';
import { searchAttributeTypes } from '../../client/search-attributes';

export interface ServerArguments {
  port: number;
  /** Left out: no UI is served. */
  uiPort?: number;
  /** Left out: everything is in memory and gone when the server stops. */
  dbFilename?: string;
  searchAttributes?: Readonly<Record<string, SearchAttributeType>>;
}

export const loopback = '127.0.0.1';

// The defaults suit a laptop with nothing to hurry: 20 queue reads a second for the one shard (so every activity that
// is not eager takes 50–100 ms), and timers that may fire a second late. See docs/adr/0006.
const dynamicConfig: Readonly<Record<string, string>> = {
  'history.transferProcessorMaxPollRPS': '2000',
  'history.timerProcessorMaxPollRPS': '2000',
  'history.timerProcessorMaxTimeShift': '"5ms"',
  // One by default: while a workflow task is under way, every query but the first is refused with 429, and the card in
  // the Temporal UI stays as it was. The UI alone asks several times, and people and the API ask beside it.
  'history.MaxBufferedQueryCount': '100',
  // Tests of day-long waits skip the waiting; a workflow must still ask for it when it is started.
  'frontend.WorkflowTimeSkippingEnabled': 'true',
  'frontend.WorkflowTimeSkippingMaxSkipPerSession': '100000',
  // Nobody is asked on the internet whether there is a newer server.
  'frontend.enableServerVersionCheck': 'false',
};

/** The arguments of `temporal` for a development server that is as fast as it can be and talks to nobody. */
export function serverArguments(options: ServerArguments): string[] {
  const { port, uiPort, dbFilename, searchAttributes = {} } = options;
  const ui = uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort), '--ui-disable-news-fetch'];
  // With the default journal a file is three times slower than memory.
  const pragmas = ['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'];
  const file = dbFilename === undefined ? [] : ['--db-filename', dbFilename, ...pragmas];
  const settings = Object.entries(dynamicConfig).flatMap(([key, value]) => [
    '--dynamic-config-value',
    `${key}=${value}`,
  ]);
  const attributes = Object.entries(searchAttributes).flatMap(([name, type]) => [
    '--search-attribute',
    `${name}=${searchAttributeTypes[type].cli}`,
  ]);
  const place = ['--ip', loopback, '--port', String(port)];
  const log = ['--log-level', 'error', '--log-format', 'pretty'];
  return ['server', 'start-dev', ...place, ...log, ...ui, ...file, ...settings, ...attributes];
}
