import type { RunView } from '../../client';
import { operationExamples } from '../../client/http/examples';
import { startApiChild } from '../children';
import { story } from './scenario';
import type { Stack } from './stack';

/** Starts the HTTP API beside what the demo has started, and says how to look around; every line works as it is printed. */
export async function lookAround(
  { temporal, simulator }: Stack,
  run: RunView,
  say: (line?: string) => void,
): Promise<void> {
  const ui = temporal.uiUrl ? { UNDROP_UI_URL: temporal.uiUrl } : undefined;
  const api = await startApiChild({ temporalAddress: temporal.address, ...(ui && { env: ui }) });
  const env = `TEMPORAL_ADDRESS=${temporal.address}${temporal.uiUrl ? ` UNDROP_UI_URL=${temporal.uiUrl}` : ''}`;
  const aws = `AWS_ENDPOINT_URL=${simulator.control.url} AWS_REGION=eu-central-1 AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x`;
  const sql = { warehouse: story.cluster, database: story.database, sql: 'select count(*) from orders' };
  const line = (what: string, how: string) => say(`  ${what.padEnd(28)} ${how}`);

  say('Everything keeps running until Ctrl-C. Look around:');
  line('the run in the Temporal UI', run.links.ui);
  line('the run in the terminal', `${env} npx undrop runs show ${run.workflowId}`);
  line('all runs', `${env} npx undrop runs list`);
  line("AWS's log of operations", `curl ${simulator.control.url}/_simulator/log`);
  line("AWS's log of effects", `curl ${simulator.control.url}/_simulator/effects`);
  line('SQL on the cluster', `curl ${simulator.control.url}/_simulator/sql -d '${JSON.stringify(sql)}'`);
  line('any AWS client', `${aws} aws redshift describe-cluster-snapshots`);
  say();
  // On AWS a cluster is busy for up to a quarter of an hour after a restore; whoever looks around need not be.
  await simulator.control.set({ busyAfterRestoreSeconds: 10 });
  say('For another terminal; with it the lines of the README work as they stand:');
  say(`  export ${env} API=${api.url} AWS=${simulator.control.url} ${aws}`);
  say();
  say(`The same over HTTP, at ${api.url} (a page to read and try it: ${api.url}/docs):`);
  for (const [what, how] of apiLines(api.url)) line(what, how);
}

/** What to ask of the API, and with which line. */
function apiLines(url: string): [what: string, how: string][] {
  const body = `-H 'Content-Type: application/json' -d '${JSON.stringify(operationExamples.restoreTable.byTime!.value)}'`;
  const key = "-H 'Idempotency-Key: ticket-4711'";
  return [
    ['is it ready?', `curl ${url}/readyz`],
    ['what would a restore do?', `curl ${url}/v1/restore-table/plan ${key} ${body}`],
    ['start it (twice is once)', `curl ${url}/v1/restore-table ${key} ${body}`],
    ['follow it', `curl -N ${url}/v1/runs/ticket-4711/events`],
    ['look at it', `curl ${url}/v1/runs/ticket-4711`],
    ['what ran', `curl '${url}/v1/runs?outcome=done&limit=5'`],
  ];
}
