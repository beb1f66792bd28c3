process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { OperationsClient, type RunView } from '../../client';
import { loadClientConfig } from '../../config';
import type { RecoverTableInput } from '../../domain/operations/recover-table';
import { openBrowser } from '../browser/open';
import { automatedSnapshot, recoverInput } from '../demo/scenario';
import { startStack, type Stack } from '../demo/stack';
import { onStopSignal, stopAllChildren } from '../process';

const folder = path.join('docs', 'images');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** What is cut off: the navigation beside the page, and above it the bar, or all that stands over a run's tabs. */
const frame = { left: 256, bar: 52, tabs: 318, width: 1_400 };
/** Where Current Details, the card, begins. */
const cardPane = { left: 828, top: 368 };

interface Scenes {
  done: RunView;
  /** Its export was refused. */
  failed: RunView;
  running: RunView;
  waiting: RunView;
}

/** Runs of the demo's world in each of their states; AWS's clock stands still at the end, in the middle of a restore. */
async function play({ simulator: { control } }: Stack, client: OperationsClient): Promise<Scenes> {
  const input = recoverInput(await automatedSnapshot(control.url));
  const begin = async (changes: Partial<RecoverTableInput>) =>
    (await client.start('recoverTable', { ...input, ...changes }, { again: true })).workflowId;
  const end = async (workflowId: string) => (await client.wait(workflowId, { timeoutMs: 300_000 })).run;
  const until = async (workflowId: string, condition: (view: RunView) => boolean) => {
    for await (const view of client.watch(workflowId)) if (condition(view)) return view;
    throw new Error(`run ended first [run=${workflowId}]`);
  };
  await control.set({ busyAfterRestoreSeconds: 0 });
  const done = await end(await begin({}));
  await control.addFault({
    operation: 'ExportTableToPointInTime',
    action: {
      kind: 'error',
      code: 'AccessDeniedException',
      message:
        'User: arn:aws:sts::123456789012:assumed-role/undrop-worker/i-0a1b is not authorized to perform: dynamodb:ExportTableToPointInTime',
    },
  });
  const failed = await end(await begin({ target: { table: 'orders_checked' } }));
  await control.set({ clockSpeed: 0, snapshotCopySeconds: 0, snapshotCopyMegaBytesPerSecond: 1e12 });
  await control.set({ restoreMegaBytesPerSecond: 100, statementSeconds: 0 });
  const half = await begin({ target: { table: 'orders_back' } });
  await until(half, ({ state }) => state?.aws.length === 2);
  const progressed = (more: number) =>
    until(
      half,
      ({ state }) =>
        (state?.steps.find(({ name }) => name === 'restore')?.progress?.doneMegaBytes ?? 0) > more,
    );
  await control.advance(9);
  await progressed(0);
  await control.advance(8);
  const running = await progressed(1_000);
  await control.addFault({
    operation: 'RestoreTableFromClusterSnapshot',
    times: 'always',
    action: {
      kind: 'error',
      code: 'InvalidClusterState',
      message: 'There is an operation running on the Cluster',
    },
  });
  const stuck = await begin({ copy: false, target: { table: 'orders_later' } });
  const waiting = await until(stuck, ({ state }) => Boolean(state?.steps.some((step) => step.note)));
  return { done, failed, running, waiting };
}

interface Picture {
  name: string;
  address: string;
  /** Where the picture begins on the page, and how high it is, in pixels. */
  left?: number;
  top: number;
  height: number;
  /** Resolves when what the picture is about is to be seen. */
  ready: (page: Page) => Promise<void>;
}

async function take(
  browser: Browser,
  { name, address, left = frame.left, top, height, ready }: Picture,
): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: frame.width, height: top + height },
    timezoneId: 'UTC',
  });
  page.setDefaultTimeout(90_000);
  await page.goto(address);
  await ready(page);
  await page.waitForTimeout(1_500); // transitions of the page
  const clip = { x: left, y: top, width: frame.width - left, height };
  await page.screenshot({ path: path.join(folder, `${name}.png`), clip });
  await page.close();
  say(`${name}.png`);
}

/** Waits until a frame of the page, where user metadata is, shows the text. */
const inFrame = (text: string) => async (page: Page) => {
  for (;;) {
    const words = await Promise.all(
      page.frames().map((each) =>
        each
          .locator('body')
          .innerText()
          .catch(() => ''),
      ),
    );
    if (words.slice(1).some((each) => each.includes(text))) return;
    await page.waitForTimeout(200);
  }
};

const onPage = (text: string) => (page: Page) => page.getByText(text).first().waitFor();

/** Opens the dialog of a reset and chooses the event, as docs/temporal-ui.md says; confirms nothing. */
const choosing = (eventId: number) => async (page: Page) => {
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Reset Workflow' });
  await dialog.locator('button[data-variant=secondary]').first().click();
  const event = new RegExp(`^\\s*${eventId}\\b`);
  await dialog.locator('[role=option]').filter({ hasText: event }).first().click();
};

async function main(): Promise<void> {
  onStopSignal(() => say('stopping everything …'));
  mkdirSync(folder, { recursive: true });
  const stack = await startStack(say);
  const { address, uiUrl = '' } = stack.temporal;
  const client = await OperationsClient.connect(
    loadClientConfig({
      TEMPORAL_ADDRESS: address,
      UNDROP_UI_URL: uiUrl,
      UNDROP_API_URL: 'https://undrop.example.com',
    }),
  );
  const browser = await openBrowser(say);
  try {
    const { done, failed, running, waiting } = await play(stack, client);
    const at = (run: RunView, tab: string) => run.links.ui.replace(/timeline$/, tab);
    const workflows = `${uiUrl}/namespaces/default/workflows`;
    const table = encodeURIComponent('UndropTable="dev.public.orders"');
    const eventId = failed.state?.steps.find(({ state }) => state === 'failed')?.resetEventId ?? 0;
    const { bar, tabs } = frame;
    const card = (run: RunView) => ({ address: at(run, 'user-metadata'), ...cardPane });
    const timeline = at(failed, 'timeline');
    const pictures: Picture[] = [
      {
        name: 'ui-list',
        address: `${workflows}?query=${table}`,
        top: bar,
        height: 480,
        ready: onPage(done.workflowId),
      },
      { name: 'ui-running', ...card(running), height: 980, ready: inFrame('next look at') },
      { name: 'ui-waiting', ...card(waiting), height: 550, ready: inFrame('waiting since') },
      { name: 'ui-failed', ...card(failed), height: 1_005, ready: inFrame('What to do') },
      { name: 'ui-timeline', address: timeline, top: tabs, height: 650, ready: onPage('next look in') },
      { name: 'ui-reset', address: timeline, top: bar, height: 560, ready: choosing(eventId) },
    ];
    for (const each of pictures) await take(browser, each);
  } finally {
    await browser.close();
    await client.close();
    await stopAllChildren();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`screenshots failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
