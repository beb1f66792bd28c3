import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ScheduleClient } from '@temporalio/client';
import { parse } from 'yaml';
import type { ApplyResult, BackfillResult, ScheduleView } from '../../../client';
import { runCli } from '../../../client/cli/program';
import { removeSchedules } from '../../support/remove-schedules';
import { standInRig, type StandInRig } from '../../support/stand-in-rig';
import { until } from '../../support/until';
import { fakeIo } from './fake-io';

let rig: StandInRig;
let folder: string;
beforeAll(async () => {
  rig = await standInRig();
  await rig.startWorker();
  folder = mkdtempSync(path.join(tmpdir(), 'undrop-schedules-'));
});
afterAll(async () => {
  await removeSchedules(rig);
  rmSync(folder, { recursive: true, force: true });
  await rig?.close();
});

async function undrop(argv: string[], answer?: string) {
  const { io, out, err } = fakeIo(rig.env);
  if (answer !== undefined) {
    io.confirm = (question) => {
      io.stderr.write(question);
      return Promise.resolve(answer.startsWith('y'));
    };
  }
  return { exitCode: await runCli(['schedules', ...argv], io), out: out(), err: err() };
}
const json = async <T>(argv: string[]) => JSON.parse((await undrop([...argv, '-o', 'json'])).out) as T;
const idOf = (name: string) => `${name}-${rig.cluster}`;
const create = (name: string, ...more: string[]) => [
  'create',
  idOf(name),
  'restore-table',
  '--cluster',
  rig.cluster,
  '--as-of',
  '24h',
  '--database',
  'dev',
  '--table',
  name,
  ...more,
];
const file = (name: string, text: string) => {
  const where = path.join(folder, name);
  writeFileSync(where, text);
  return where;
};

it('makes a schedule from the flags of its operation, and shows it', async () => {
  const argv = create(
    'flags',
    '--cron',
    '0 2 * * *',
    '--time-zone',
    'Europe/Berlin',
    '--jitter',
    '5m',
    '--overlap',
    'buffer-one',
    '--catch-up',
    '6h',
    '--pause-on-failure',
    '--note',
    'ask Ada',
    '--paused',
    '--target-table',
    'drill_{{scheduled:yyyyMMdd}}',
  );
  const made = await undrop(argv);
  expect(made).toMatchObject({ exitCode: 0, err: `made: ${idOf('flags')}\n` });
  expect(made.out).toContain(`Schedule  ${idOf('flags')}  paused: ask Ada`);
  expect(made.out).toContain('Comes     at 02:00, every day (Europe/Berlin), up to 5m later');
  const shown = await json<ScheduleView>(['show', idOf('flags')]);
  expect(shown.definition).toEqual({
    id: idOf('flags'),
    operation: 'restoreTable',
    input: {
      warehouse: { clusterIdentifier: rig.cluster },
      source: { asOf: '24h' },
      table: { database: 'dev', table: 'flags' },
      target: { table: 'drill_{{scheduled:yyyyMMdd}}' },
    },
    when: { cron: ['0 2 * * *'] },
    timeZone: 'Europe/Berlin',
    jitter: '5m',
    overlap: 'buffer-one',
    catchupWindow: '6h',
    pauseOnFailure: true,
    note: 'ask Ada',
  });
  expect(await undrop(argv)).toMatchObject({
    exitCode: 0,
    err: `${idOf('flags')} was there before, the same; nothing was changed\n`,
  });
  expect(await undrop(create('flags', '--cron', '0 3 * * *'))).toMatchObject({
    exitCode: 6,
    err: expect.stringContaining('undrop schedules update'),
  });
});

it('refuses a wrong one with every problem, each by its flag, and makes nothing', async () => {
  const argv = create('wrong', '--cron', '0 25 * * *', '--jitter', 'soon', '--remaining-runs', 'few');
  const { exitCode, err } = await undrop(argv);
  expect(exitCode).toBe(2);
  expect(err).toContain('--remaining-runs (remainingActions): must be a whole number, not "few"');
  const second = await undrop(
    create('wrong', '--cron', '0 25 * * *', '--jitter', 'soon', '--time-zone', 'Mars'),
  );
  for (const line of [
    '--cron (when.cron.0): has "25" as hour',
    '--jitter (jitter): must be a duration',
    '--time-zone (timeZone): must be a time zone',
  ])
    expect(second.err).toContain(line);
  const third = await undrop(
    create('wrong', '--every', '1d', '--target-table', 'drill', '--deadline', 'soon'),
  );
  for (const line of [
    '--target-table (input.target.table): is the same for every run',
    '--deadline (input.deadline): must be a duration',
  ])
    expect(third.err).toContain(line);
  expect(await undrop(create('wrong'))).toMatchObject({
    exitCode: 2,
    err: expect.stringContaining('is missing'),
  });
  expect(await undrop(['show', idOf('wrong')])).toMatchObject({ exitCode: 5 });
  expect(await undrop(['create', 'x', 'drop-table'])).toMatchObject({ exitCode: 2 });
});

it.each([
  ['show'],
  ['pause'],
  ['resume'],
  ['trigger'],
  ['delete', '--yes'],
  ['update', '--note', 'x'],
  ['update', 'restore-table', '--table', 'x'],
  ['backfill', '--from', '2h'],
])('names what it was about to do when there is no such schedule: %s', async (action, ...more) => {
  const { exitCode, err } = await undrop([action, idOf('nope'), ...more]);
  expect(exitCode).toBe(5);
  expect(err).toContain(`schedule ${action} failed [schedule=${idOf('nope')}`);
});

it('changes what is given: of the schedule, and of its input when the operation is named', async () => {
  await undrop(create('updated', '--every', '12h', '--jitter', '5m'));
  const { exitCode, out } = await undrop([
    'update',
    idOf('updated'),
    'restore-table',
    '--deadline',
    '2h',
    '--overlap',
    'allow-all',
    '--reset',
    'jitter',
  ]);
  expect(exitCode).toBe(0);
  expect(out).toContain('+ input.deadline: 2h');
  expect(out).toContain('~ overlap: skip → allow-all');
  expect(out).toContain('- jitter: 5m');
  const { definition } = await json<ScheduleView>(['show', idOf('updated')]);
  expect(definition.input).toMatchObject({ deadline: '2h', table: { table: 'updated' } });
  expect(definition).toMatchObject({ when: { every: '12h' }, overlap: 'allow-all' });
  const same = await undrop(['update', idOf('updated'), '--overlap', 'allow-all']);
  expect(same.err).toContain('is so already; nothing was changed');
});

it('pauses, resumes, starts one now, and lists', async () => {
  await undrop(create('worked', '--cron', '0 2 1 1 *'));
  expect((await undrop(['pause', idOf('worked'), '--note', 'resize'])).out).toContain('paused: resize');
  expect((await undrop(['resume', idOf('worked'), '--note', 'resized'])).out).toContain('active: resized');
  const { out } = await undrop(['trigger', idOf('worked')]);
  const run = /^started: (\S+)/.exec(out)![1]!;
  await rig.operations.wait(run);
  const listed = await until(async () => {
    const { out } = await undrop(['list', '--warehouse', rig.cluster, '--operation', 'restore-table']);
    return out.includes('completed') ? out : undefined;
  });
  expect(listed.split('\n')[0]).toMatch(/^SCHEDULE +OPERATION +TABLE +WHEN +NEXT +LAST RUN$/);
  expect((await undrop(['show', idOf('worked')])).out).toContain(`completed `);
  const { io, out: told } = fakeIo(rig.env);
  expect(await runCli(['runs', 'list', '--schedule', idOf('worked')], io)).toBe(0);
  expect(told()).toContain(run);
});

it('asks before it starts the runs of the past, and starts those that were told', async () => {
  await undrop(create('backfilled', '--every', '12h'));
  const argv = ['backfill', idOf('backfilled'), '--from', '36h'];
  expect(await undrop(argv)).toMatchObject({ exitCode: 2, err: expect.stringContaining('give --yes') });
  const no = await undrop(argv, 'n');
  expect(no).toMatchObject({ exitCode: 6, err: expect.stringContaining('Start these 3 runs?') });
  const dry = await json<BackfillResult>([...argv, '--dry-run']);
  expect(dry.times).toHaveLength(3);
  expect(await undrop(argv, 'y')).toMatchObject({ exitCode: 0 });
  for (const { workflowId } of dry.times) {
    await until(async () =>
      (await rig.operations.list({ idPrefix: workflowId })).runs[0] ? true : undefined,
    );
    expect((await rig.operations.wait(workflowId)).run.outcome).toBe('done');
  }
  const again = await undrop([...argv, '--yes']);
  expect(again.err).toBe('there is nothing to start\n');
  expect((await json<ScheduleView>(['show', idOf('backfilled')])).counts.started).toBe(3);
});

it('asks before it deletes', async () => {
  await undrop(create('deleted', '--every', '12h'));
  expect(await undrop(['delete', idOf('deleted')])).toMatchObject({ exitCode: 2 });
  expect(await undrop(['delete', idOf('deleted')], '')).toMatchObject({ exitCode: 6 });
  expect(await undrop(['delete', idOf('deleted')], 'yes')).toMatchObject({
    exitCode: 0,
    out: `deleted: ${idOf('deleted')}\n`,
    err: expect.stringMatching(/^Delete the schedule .*, which comes every 12 h \(UTC\), next at 20/),
  });
  expect(await undrop(['delete', idOf('deleted'), '--yes'])).toMatchObject({ exitCode: 5 });
});

describe('a file of schedules', () => {
  const yaml = (hour: number) => `
scope: ${rig.cluster}
schedules:
  - id: ${idOf('one')}
    operation: restore-table
    when: { cron: "0 ${hour} * * *" }
    timeZone: Europe/Berlin
    input:
      warehouse: { clusterIdentifier: ${rig.cluster} }
      source: { asOf: 24h }
      table: { database: dev, table: one }
  - id: ${idOf('two')}
    operation: export-table
    when: { every: 1d, offset: 2h }
    input:
      tableArn: arn:aws:dynamodb:us-east-1:123456789012:table/${rig.cluster}
      s3Bucket: exports
      exportType: INCREMENTAL_EXPORT
      incrementalExportSpecification:
        exportFromTime: "{{scheduled-24h}}"
        exportToTime: "{{scheduled}}"
`;

  it('is shown as a difference first, applied when that is wanted, and changes nothing the second time', async () => {
    const where = file('schedules.yaml', yaml(2));
    const no = await undrop(['apply', '-f', where], 'no');
    expect(no.exitCode).toBe(6);
    expect(no.err).toContain(`+ ${idOf('one')}\n    comes at 02:00, every day (Europe/Berlin): 20`);
    expect(no.err).toContain('Apply these 2 changes?');
    expect(await undrop(['show', idOf('one')])).toMatchObject({ exitCode: 5 });

    expect((await undrop(['apply', '-f', where, '--yes'])).out).toContain(`+ ${idOf('two')}`);
    const update = jest.spyOn(ScheduleClient.prototype as never, '_updateSchedule');
    const second = await undrop(['apply', '-f', where]);
    expect(second).toMatchObject({ exitCode: 0, err: 'nothing differs; nothing was changed\n' });
    expect(second.out).toBe(`= ${idOf('one')}\n= ${idOf('two')}\n`);
    expect(update).not.toHaveBeenCalled();
    update.mockRestore();

    const later = file('later.yaml', yaml(3));
    expect((await undrop(['apply', '-f', later, '--dry-run'])).out).toContain(
      '    ~ when: {"cron":["0 2 * * *"]} → {"cron":"0 3 * * *"}',
    );
    const applied = await json<ApplyResult>(['apply', '-f', later, '--yes']);
    expect(applied.schedules.map(({ action }) => action)).toEqual(['change', 'unchanged']);
  });

  it('is also what show prints as YAML', async () => {
    await undrop(create('shown', '--cron', '0 2 * * mon-fri', '--note', 'why'));
    const { out } = await undrop(['show', idOf('shown'), '-o', 'yaml']);
    expect(parse(out)).toMatchObject({ definition: { when: { cron: ['0 2 * * mon-fri'] } } });
    const where = file('shown.yaml', out);
    expect((await undrop(['apply', '-f', where])).err).toBe('nothing differs; nothing was changed\n');
  });

  it('deletes with --prune what is not in it any more', async () => {
    await undrop(['apply', '-f', file('all.yaml', yaml(3)), '--yes']);
    await until(async () =>
      (await rig.operations.schedules.list({ scope: rig.cluster })).schedules.length === 2 ? true : undefined,
    );
    const [one = ''] = yaml(3).split(`  - id: ${idOf('two')}`);
    const less = file('less.yaml', one);
    expect((await undrop(['apply', '-f', less])).err).toContain('nothing differs');
    expect((await undrop(['apply', '-f', less, '--prune', '--yes'])).out).toContain(`- ${idOf('two')}`);
    expect(await undrop(['show', idOf('two')])).toMatchObject({ exitCode: 5 });
  });

  it('is refused with every problem, and nothing of it is applied', async () => {
    const wrong = yaml(25).replace('exports', 'EXPORTS').replaceAll(idOf('one'), idOf('never'));
    const { exitCode, err } = await undrop(['apply', '-f', file('wrong.yaml', wrong), '--yes']);
    expect(exitCode).toBe(2);
    expect(err).toContain('schedules.0.when.cron: has "25" as hour');
    expect(err).toContain('schedules.1.input.s3Bucket: must be a bucket name');
    expect(await undrop(['show', idOf('never')])).toMatchObject({ exitCode: 5 });
  });
});
