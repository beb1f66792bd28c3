process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

import { parseArgs } from 'node:util';
import { OperationsClient, type RunView } from '../../client';
import { lookAround } from './look-around';
import { RunDisplay } from './run-display';
import { loadClientConfig } from '../../config';
import type { RecoverTableResult } from '../../domain/operations/recover-table';
import { thousands } from '../../domain/operations/verify-table';
import { onStopSignal, stopAllChildren } from '../process';
import { gatherEvidence, isProved, reportLines } from './report';
import { automatedSnapshot, recoverInput, story } from './scenario';
import { startStack } from './stack';

const help = `npm run demo [-- --keep]

Starts a real Temporal server with its UI, a simulated AWS and a worker, loses most rows of a table, and recovers it:
copy the snapshot, restore the table from it, count its rows, export a DynamoDB table.

  --keep   leave everything running afterwards, the HTTP API besides, and say how to look around
`;

const say = (line = ''): void => void process.stdout.write(`${line}\n`);

/** Runs the main operation once against a seeded world, and proves what came of it. @returns the exit code. */
async function demo(keep: boolean): Promise<number> {
  say('Undrop demo: a lost table comes back\n');
  const stack = await startStack(say);
  const { control } = stack.simulator;
  const snapshot = await automatedSnapshot(control.url);
  const rowsAfterLoss = await control.count(
    story.cluster,
    story.database,
    `"${story.schema}"."${story.table}"`,
  );
  say();
  say(
    `Cluster ${story.cluster} lost rows of ${story.database}.${story.schema}.${story.table}: ${thousands(rowsAfterLoss)} are left of ${thousands(story.rowsAtSnapshot)}.`,
  );
  say(`Snapshot ${snapshot} was taken before.\n`);

  const client = await OperationsClient.connect(
    loadClientConfig({ TEMPORAL_ADDRESS: stack.temporal.address, UNDROP_UI_URL: stack.temporal.uiUrl }),
  );
  try {
    const run = await recover(client, snapshot);
    say();
    if (run.outcome !== 'done') return 1;
    const evidence = await gatherEvidence(control, rowsAfterLoss, run);
    for (const line of reportLines(evidence, run)) say(line);
    say();
    if (keep) {
      await lookAround(stack, run, say);
      await new Promise<never>(() => setInterval(() => undefined, 60_000));
    }
    return isProved(evidence) ? 0 : 1;
  } finally {
    await client.close();
  }
}

async function recover(client: OperationsClient, snapshot: string): Promise<RunView<RecoverTableResult>> {
  const started = await client.start('recoverTable', recoverInput(snapshot), { again: true });
  say(`Run ${started.workflowId}`);
  say(`${started.links.ui}\n`);
  const display = new RunDisplay(process.stdout);
  let last: RunView | undefined;
  for await (const view of client.watch(started.workflowId, { runId: started.runId })) {
    display.show(view);
    last = view;
  }
  display.end();
  return last as RunView<RecoverTableResult>;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { keep: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    say(help);
    return;
  }
  onStopSignal(() => say('\nstopping everything …'));
  try {
    process.exitCode = await demo(values.keep ?? false);
  } finally {
    await stopAllChildren();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
