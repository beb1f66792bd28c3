import type { Command } from 'commander';
import { parseAllDocuments } from 'yaml';
import { createProgram, everyCommand, runCli } from '../../client/cli/program';
import { fakeIo } from '../client/cli/fake-io';
import { cluster, ordersArn, Rig } from '../support/rig';
import { temporalAddress } from '../support/stand-in-rig';

// Walks the whole command tree: each command gives its data as JSON and as YAML, one document, and nothing else on stdout.

let rig: Rig;
const known: { done: string; failed: string; statement: string; export: string } = {} as never;
beforeAll(async () => {
  rig = await Rig.start();
  await rig.startWorker();
  await rig.warmUp();
  const query = await rig.run('runQuery', {
    warehouse: { clusterIdentifier: cluster },
    database: 'dev',
    sql: 'select 1 as one',
  });
  const exported = await rig.run('exportTable', { tableArn: ordersArn, s3Bucket: 'exports' });
  known.done = query.workflowId;
  known.statement = (query.result as { statementId: string }).statementId;
  known.export = (exported.result as { exportArn: string }).exportArn;
  known.failed = (
    await rig.run('verifyTable', {
      warehouse: { clusterIdentifier: cluster },
      table: { database: 'dev', table: 'customers' },
      rowCount: { exactly: 1 },
    })
  ).workflowId;
});
afterAll(() => rig?.close());

const at = ['--cluster', cluster];
const dev = [...at, '--database', 'dev'];
const orders = [...dev, '--table', 'orders'];

/** Flags of each operation, for its start and its plan. */
const operations: Record<string, () => string[]> = {
  'recover-table': () => [...orders, '--as-of', '1h', '--at-least', '1'],
  'copy-snapshot': () => ['--snapshot', 'rs:analytics-none'],
  'keep-recovery-point': () => ['--namespace-name', 'adhoc', '--recovery-point', 'rp-1'],
  'restore-table': () => [...orders, '--as-of', '1h'],
  'verify-table': () => [...orders, '--at-least', '1'],
  'record-expectation': () => orders,
  'export-table': () => ['--table-arn', ordersArn, '--bucket', 'exports'],
  query: () => [...dev, '--sql', 'select 1'],
};

/** What each command is asked. Starts are dry here: what a start gives is looked at below. */
const asked: Record<string, (format: string) => string[]> = {
  query: () => ['select 1 as one', ...dev],
  'exports list': () => [],
  'exports show': () => [known.export],
  'sources list': () => at,
  'databases list': () => dev,
  'schemas list': () => dev,
  'tables list': () => dev,
  'tables describe': () => ['orders', ...dev],
  'statements list': () => [],
  'statements show': () => [known.statement],
  'statements result': () => [known.statement],
  'statements cancel': () => [known.statement],
  'runs list': () => ['--all-pages'],
  'runs show': () => [known.done],
  'runs retry': () => [known.failed, '--dry-run'],
  'runs cancel': () => [known.done],
  doctor: () => [],
  'schedules create': (format) =>
    [`every-${cluster}-${format}`, 'copy-snapshot', '--cron', '0 2 * * *', '--paused'].concat(
      '--snapshot',
      'rs:analytics-none',
      '--copy-as',
      'drill-{{scheduled:yyyyMMdd}}',
    ),
  'schedules apply': () => ['-f', '-', '--dry-run'],
  'schedules list': () => [],
  'schedules show': (format) => [`every-${cluster}-${format}`],
  'schedules pause': (format) => [`every-${cluster}-${format}`, '--note', 'a test'],
  'schedules resume': (format) => [`every-${cluster}-${format}`],
  'schedules update': (format) => [`every-${cluster}-${format}`, '--jitter', '5m'],
  'schedules backfill': (format) => [`every-${cluster}-${format}`, '--from', '48h', '--dry-run'],
  'schedules trigger': (format) => [`every-${cluster}-${format}`],
  'schedules delete': (format) => [`every-${cluster}-${format}`, '--yes'],
  setup: () => [],
  ...Object.fromEntries(
    Object.entries(operations).flatMap(([name, flags]) => [
      [`${name} start`, () => [...flags(), '--dry-run']],
      [`plan ${name}`, flags],
    ]),
  ),
};

/** Commands whose stdout is something else by nature, each with its reason. */
const others: Record<string, string> = {
  help: 'text for people',
  completion: 'a script for a shell',
  complete: 'answers for those scripts',
  'exports read': 'the items themselves, a line of JSON each',
  'runs watch': 'a stream of documents, looked at below',
};

/** For `schedules apply`. */
const scheduleFile = JSON.stringify({
  scope: 'every-command',
  schedules: [
    {
      id: 'every-command',
      operation: 'copy-snapshot',
      when: { cron: '0 2 * * *' },
      input: {
        sourceSnapshotIdentifier: 'rs:analytics-none',
        targetSnapshotIdentifier: 'drill-{{scheduled:yyyyMMdd}}',
      },
    },
  ],
});

/** Every command that does something, by its words. */
function leaves(command: Command, words: string[] = []): string[] {
  const { _actionHandler: handler } = command as unknown as { _actionHandler: unknown };
  return [
    ...(handler ? [words.join(' ')] : []),
    ...command.commands.flatMap((child) => leaves(child, [...words, child.name()])),
  ];
}
const all = leaves(createProgram(everyCommand, fakeIo().io, () => Promise.resolve()));

async function undrop(argv: string[]) {
  const env = { TEMPORAL_ADDRESS: temporalAddress(), UNDROP_TASK_QUEUE: rig.taskQueue };
  const terminal = fakeIo(env, { stdin: scheduleFile });
  const exitCode = await runCli(argv, terminal.io);
  return { exitCode, out: terminal.out(), err: terminal.err() };
}

/** The one document in a text; anything else in it is an error of the parser. */
function documentIn(format: string, text: string): unknown {
  if (format === 'json') return JSON.parse(text);
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents) || documents.length !== 1) throw new Error(`not one document:\n${text}`);
  expect(documents[0]!.errors).toEqual([]);
  return documents[0]!.toJS();
}

it('each command of the tree is asked here, or has a reason not to be', () => {
  expect(all.filter((name) => !(name in asked) && !(name in others))).toEqual([]);
  expect([...Object.keys(asked), ...Object.keys(others)].filter((name) => !all.includes(name))).toEqual([]);
});

describe.each(Object.keys(asked))('undrop %s', (name) => {
  it.each(['json', 'yaml'])('gives one document of %s on stdout, and nothing else', async (format) => {
    const { exitCode, out, err } = await undrop([...name.split(' '), ...asked[name]!(format), '-o', format]);
    // What has ended cannot be cancelled: nothing is given then, and the reason is on stderr.
    if (name.endsWith(' cancel') && exitCode === 6) return expect(out).toBe('');
    expect({ exitCode, err }).toEqual({
      exitCode: expect.any(Number),
      err: expect.not.stringMatching(/^(undrop|error):/m),
    });
    expect(documentIn(format, out)).toBeInstanceOf(Object);
  });
});

describe('a run that is started and stayed with', () => {
  it.each(['json', 'yaml'])('is one document of %s: what was started, and how it ended', async (format) => {
    const start = ['query', 'start', ...operations.query!(), '--again', '-o', format];
    expect(documentIn(format, (await undrop(start)).out)).toMatchObject({ started: true });
    expect(documentIn(format, (await undrop([...start, '--wait'])).out)).toMatchObject({ outcome: 'done' });
  });

  it('is watched as a line of JSON, or a document of YAML, for each view', async () => {
    const json = (await undrop(['runs', 'watch', known.done, '-o', 'json'])).out;
    for (const line of json.trimEnd().split('\n'))
      expect(JSON.parse(line)).toMatchObject({ outcome: 'done' });
    const yaml = parseAllDocuments((await undrop(['runs', 'watch', known.done, '-o', 'yaml'])).out);
    expect(yaml.length).toBeGreaterThan(0);
    for (const one of yaml as { toJS(): unknown }[]) expect(one.toJS()).toMatchObject({ outcome: 'done' });
  });
});
