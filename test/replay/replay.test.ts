import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { historyFromJson } from '../../dev/histories/history-json';
import { operationNames } from '../../domain/operations';
import { workflowBundlePath } from '../../worker/create-worker';

const root = path.resolve(__dirname, '..', '..');
const folder = path.join(__dirname, 'histories');
const files = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.json'))
  .sort();

const read = (file: string) => historyFromJson(JSON.parse(readFileSync(path.join(folder, file), 'utf8')));

/** Replays histories with a bundle; the problem of each, undefined for those that replay. */
async function replay(
  histories: string[],
  workflowBundle: { codePath: string } | WorkflowBundle,
): Promise<Map<string, string | undefined>> {
  const recorded = histories.map((file) => ({ workflowId: file, history: read(file) }));
  const problems = new Map<string, string | undefined>();
  // Where the spans of a traced bundle go.
  const sinks = { exporter: { export: { fn: () => undefined } } };
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle, sinks }, recorded)) {
    problems.set(workflowId, error?.message);
  }
  return problems;
}

/** The workflows as they are, but for one change, bundled anew in a folder of their own. */
async function bundleWith(file: string, change: (code: string) => string): Promise<WorkflowBundle> {
  const copy = mkdtempSync(path.join(tmpdir(), 'undrop-replay-'));
  try {
    for (const room of ['workflows', 'domain'])
      cpSync(path.join(root, 'dist', room), path.join(copy, room), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    const target = path.join(copy, 'workflows', file);
    const code = readFileSync(target, 'utf8');
    const changed = change(code);
    if (changed === code) throw new Error(`nothing was changed [file=${file}]`);
    writeFileSync(target, changed);
    const logger = new DefaultLogger('ERROR');
    return await bundleWorkflowCode({ workflowsPath: path.join(copy, 'workflows', 'index.js'), logger });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

// What the replayer finds is asserted on; its warnings would only bury it.
beforeAll(() =>
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
  }),
);

/** All of them, one after the other, take a minute on a slow machine. */
jest.setTimeout(600_000);

describe('the recorded histories', () => {
  let problems: Map<string, string | undefined>;

  beforeAll(async () => {
    problems = await replay(files, { codePath: workflowBundlePath()! });
  });

  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  const released = [
    ...readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8').matchAll(
      /^## \[?v?(\d+\.\d+\.\d\S*?)\]?(?:\s|$)/gm,
    ),
  ].map(([, number]) => number!);
  const recordedAs = (of: string) =>
    files.filter((file) => path.dirname(file) === of).map((file) => path.basename(file, '.json'));

  it.each([...new Set([version, ...released])])('are there for version %s, in a folder of its own', (of) => {
    expect(recordedAs(of)).not.toEqual([]);
  });

  it.each([...operationNames])('tell of each way in which %s ends: done, failed, cancelled', (operation) => {
    const name = operation.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const texts = files
      .filter((file) => path.basename(file).startsWith(`${name}-`))
      .map((file) => readFileSync(path.join(folder, file), 'utf8'));
    for (const end of ['COMPLETED', 'FAILED', 'CANCELED']) {
      const ended = texts.filter((text) => text.includes(`"EVENT_TYPE_WORKFLOW_EXECUTION_${end}"`));
      expect([end, ended.length > 0]).toEqual([end, true]);
    }
    expect(recordedAs(version)).toContain(`${name}-done`);
  });

  it.each([
    ['was reset by a retry', '"WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW"'],
    ['was started by a schedule', '"TemporalScheduledById"'],
    ['goes on with a changed input', '"retryOf"'],
  ])('tell, for version ' + version + ', of a run that %s', (_, sign) => {
    const texts = recordedAs(version).map((name) =>
      readFileSync(path.join(folder, version, `${name}.json`), 'utf8'),
    );
    expect(texts.filter((text) => text.includes(sign)).length).toBeGreaterThanOrEqual(2);
  });

  it.each(files)('%s replays with the workflows as they are now', (file) => {
    expect(problems.has(file)).toBe(true);
    expect(problems.get(file)).toBeUndefined();
  });
});

it('replays them all inside the interceptors of a worker that traces, as when tracing is turned on under way', async () => {
  const problems = await replay(files, { codePath: workflowBundlePath(true)! });
  expect(problems.size).toBe(files.length);
  expect([...problems].filter(([, problem]) => problem !== undefined)).toEqual([]);
});

describe('a change that running runs could not bear', () => {
  const wait = "await require('@temporalio/workflow').sleep('1 second');";
  const copies = (file: string) =>
    readFileSync(path.join(folder, file), 'utf8').includes('"copyClusterSnapshot"');

  const caughtBy = async (change: (code: string) => string) => {
    const problems = await replay(files, await bundleWith('steps/copy-snapshot.js', change));
    return files.filter((file) => problems.get(file) !== undefined);
  };

  it('is caught in every history that has the changed step, and in no other', async () => {
    const caught = await caughtBy((code) =>
      code.replace(/(async function copySnapshotStep\([^)]*\) \{)/, `$1 ${wait}`),
    );
    expect(caught).not.toEqual([]);
    expect(caught).toEqual(files.filter(copies));
  });

  it('is not seen in one that only words differ in', async () => {
    expect(await caughtBy((code) => code.replace('AWS goes on copying', 'AWS still copies'))).toEqual([]);
  });
});
