import { Client, Connection, ScheduleClient } from '@temporalio/client';
import { InvalidInputError, type ScheduleInput } from '../../client';
import { completed, scheduleDefinitionSchema, specOf } from '../../domain/schedules/definition';
import { fireTimes } from '../../domain/schedules/fire-times';
import { until } from '../support/until';
import { standInRig, temporalAddress, type StandInRig } from '../support/stand-in-rig';

let rig: StandInRig;
let temporal: Client;
const made: string[] = [];
beforeAll(async () => {
  rig = await standInRig();
  await rig.startWorker();
  const { namespace } = rig.config.temporal;
  temporal = new Client({ connection: await Connection.connect({ address: temporalAddress() }), namespace });
});
afterAll(async () => {
  for (const id of made)
    await temporal.schedule
      .getHandle(id)
      .delete()
      .catch(() => undefined);
  await temporal?.connection.close();
  await rig?.close();
});

/** A schedule of this rig that never comes by itself while a test runs, unless it is told to. */
function definition(
  name: string,
  more: Partial<ScheduleInput> = {},
  table = name,
): ScheduleInput & { id: string } {
  const id = `${name}-${rig.cluster}`;
  made.push(id);
  return {
    id,
    operation: 'restore-table',
    input: {
      warehouse: { clusterIdentifier: rig.cluster },
      source: { asOf: '24h' },
      table: { database: 'dev', table },
    },
    when: { cron: '0 2 1 1 *' },
    ...more,
  };
}

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'it was done',
    (error: unknown) => error as InvalidInputError,
  );

describe('a schedule', () => {
  it('is made once, however often it is asked for, and another one of its id is refused', async () => {
    const given = definition('made', { note: 'for the drill; ask Ada' });
    const first = await rig.operations.schedules.create(given);
    expect(first.created).toBe(true);
    expect(first.schedule).toMatchObject({
      id: given.id,
      operation: 'restoreTable',
      title: `restore dev.public.made on ${rig.cluster} from the newest source at or before 24h`,
      when: 'at 02:00, on day 1 of the month, only in January (UTC)',
      paused: false,
      note: 'for the drill; ask Ada',
      runs: [],
      counts: { started: 0, missedCatchup: 0, skippedOverlap: 0, bufferDropped: 0, waiting: 0, running: 0 },
      links: { ui: `http://ui.test/namespaces/${rig.config.temporal.namespace}/schedules/${given.id}` },
    });
    expect(first.schedule.next).toHaveLength(5);
    const again = await rig.operations.schedules.create({ ...given, catchupWindow: '60 minutes' });
    expect(again.created).toBe(false);
    expect(await refusal(rig.operations.schedules.create({ ...given, overlap: 'allow-all' }))).toMatchObject({
      type: 'ScheduleExists',
      message: expect.stringContaining('with another overlap; it was left alone'),
    });
  });

  it('is refused with every problem, and then nothing is made', async () => {
    const given = definition('refused', { timeZone: 'Mars/Olympus', jitter: 'soon' });
    const first = await refusal(rig.operations.schedules.create(given));
    expect(first).toBeInstanceOf(InvalidInputError);
    expect((first as InvalidInputError).problems.map(({ field }) => field)).toEqual(['timeZone', 'jitter']);
    const fixed = definition('refused');
    const input = { ...fixed.input, target: { table: 'orders_drill' }, deadline: 'soon' };
    const second = await refusal(rig.operations.schedules.create({ ...fixed, input }));
    expect((second as InvalidInputError).problems.map(({ field }) => field)).toEqual([
      'input.deadline',
      'input.target.table',
    ]);
    expect(await refusal(rig.operations.schedules.show(given.id))).toMatchObject({
      type: 'ScheduleNotFound',
    });
  });

  it('is given back as it was defined', async () => {
    const full = definition('whole', {
      input: {
        ...definition('whole').input,
        target: { table: 'whole_{{scheduled:yyyyMMdd_HHmm}}' },
      },
      when: {
        cron: ['30 2 * * mon-fri', '0 4 * * sat'],
        every: '36h',
        offset: '90m',
        calendars: [{ hour: '3', dayOfMonth: '*/2', year: '2027-2030' }],
        except: [{ hour: '*', minute: '*', month: '12', dayOfMonth: '24-26' }],
      },
      timeZone: 'Europe/Berlin',
      jitter: '5m',
      overlap: 'buffer-one',
      catchupWindow: '6h',
      pauseOnFailure: true,
      note: 'why',
      startAt: '2026-12-01T00:00:00Z',
      endAt: '2036-12-01T00:00:00Z',
    });
    const { schedule } = await rig.operations.schedules.create({
      ...full,
      paused: true,
      remainingActions: 40,
    });
    expect(schedule.definition).toEqual({ ...full, operation: 'restoreTable' });
    expect(schedule).toMatchObject({ paused: true, remainingActions: 40 });
    expect(await rig.operations.schedules.create({ ...schedule.definition })).toMatchObject({
      created: false,
    });
  });

  it.each([
    [{ cron: '30 2 * * *' }, 'Europe/Berlin'],
    [{ cron: '*/20 1-2 * 3,11 sun' }, 'America/New_York'],
    [{ cron: '15 0 29 2 *' }, 'Asia/Kathmandu'],
    [
      { calendars: [{ minute: '*/30', hour: '0-3', dayOfWeek: 'sat,sun', month: '3-4,10' }] },
      'Europe/London',
    ],
    [{ every: '7h', offset: '45m', except: [{ hour: '0-12', minute: '*' }] }, 'UTC'],
    [{ cron: ['0 2 * * *', '59 23 31 12 * 2027', '30 15 5 * * tue/2 *'] }, 'Australia/Sydney'],
  ])('comes when Temporal says so, summer and winter: %j in %s', async (when, timeZone) => {
    const given = definition(`oracle-${made.length}`, { when, timeZone, paused: true });
    await rig.operations.schedules.create(given);
    const [from, to] = [Date.parse('2027-01-01T00:00:00Z'), Date.parse('2028-04-01T00:00:00Z')];
    const timestamp = (ms: number) => ({ seconds: ms / 1000, nanos: 0 }) as never;
    const { startTime } = await temporal.workflowService.listScheduleMatchingTimes({
      namespace: rig.config.temporal.namespace,
      scheduleId: given.id,
      startTime: timestamp(from),
      endTime: timestamp(to),
    });
    const theirs = startTime.map(({ seconds }) => Number(seconds) * 1000);
    expect(theirs).not.toEqual([]);
    const own: number[] = [];
    for (const time of fireTimes(specOf(completed(scheduleDefinitionSchema.parse(given))), from)) {
      if (time > to || own.length === theirs.length) break;
      own.push(time);
    }
    expect(own.map((ms) => new Date(ms).toISOString())).toEqual(
      theirs.map((ms) => new Date(ms).toISOString()),
    );
  });

  it('is paused and resumed with the reason, and deleted', async () => {
    const { id } = definition('paused');
    await rig.operations.schedules.create(definition('paused'));
    expect(await rig.operations.schedules.pause(id, 'the cluster is being resized')).toMatchObject({
      paused: true,
      note: 'the cluster is being resized',
    });
    expect(await rig.operations.schedules.resume(id, 'resized')).toMatchObject({
      paused: false,
      note: 'resized',
    });
    await rig.operations.schedules.delete(id);
    for (const asked of ['show', 'pause', 'trigger', 'delete'] as const)
      expect(await refusal(rig.operations.schedules[asked](id))).toMatchObject({ type: 'ScheduleNotFound' });
  });

  it('changes in what is given, and in nothing else', async () => {
    const given = definition('changed', { jitter: '5m', note: 'why', remainingActions: 9 });
    await rig.operations.schedules.create(given);
    await rig.operations.schedules.pause(given.id, 'at night');
    const { changes, schedule } = await rig.operations.schedules.update(given.id, {
      when: { every: '2h' },
      jitter: null,
    });
    expect(changes.map(({ field }) => field)).toEqual(['when', 'jitter']);
    expect(schedule).toMatchObject({ paused: true, note: 'at night', remainingActions: 9 });
    const { jitter: _jitter, remainingActions: _left, ...rest } = given;
    expect(schedule.definition).toEqual({
      ...rest,
      operation: 'restoreTable',
      when: { every: '2h' },
      timeZone: 'UTC',
      overlap: 'skip',
      catchupWindow: '1h',
      pauseOnFailure: false,
    });
    const update = jest.spyOn(ScheduleClient.prototype as never, '_updateSchedule');
    expect(
      (await rig.operations.schedules.update(given.id, { when: { every: '120 minutes' } })).changes,
    ).toEqual([]);
    expect(update).not.toHaveBeenCalled();
    update.mockRestore();
    const limits = await rig.operations.schedules.update(given.id, { remainingActions: null, paused: false });
    expect(limits.changes).toEqual([
      { field: 'paused', before: true, after: false },
      { field: 'remainingActions', before: 9 },
    ]);
    expect(limits.schedule.remainingActions).toBeUndefined();
  });

  it('of somebody else is not seen, and not touched', async () => {
    const { id } = definition('foreign');
    const action = {
      type: 'startWorkflow',
      workflowType: 'restoreTable',
      taskQueue: 'theirs',
      args: [],
    } as const;
    await temporal.schedule.create({ scheduleId: id, spec: { cronExpressions: ['0 2 1 1 *'] }, action });
    const before = await temporal.schedule.getHandle(id).describe();
    const { schedules } = rig.operations;
    const range = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
    for (const attempt of [
      schedules.show(id),
      schedules.pause(id),
      schedules.delete(id),
      schedules.trigger(id),
      schedules.backfill(id, range),
      schedules.update(id, { paused: true }),
    ]) {
      expect(await refusal(attempt)).toMatchObject({
        type: 'ScheduleNotFound',
        message: expect.stringContaining('was not made by Undrop; it was left alone'),
      });
    }
    for (const attempt of [
      schedules.create(definition('foreign')),
      schedules.apply([definition('foreign')]),
    ]) {
      expect(await refusal(attempt)).toMatchObject({ type: 'ScheduleExists' });
    }
    const after = await temporal.schedule.getHandle(id).describe();
    expect(after.raw.conflictToken).toEqual(before.raw.conflictToken);
    expect((await schedules.list()).schedules.map((one) => one.id)).not.toContain(id);
  });

  it('is listed with when it comes and how its newest run went', async () => {
    const given = definition('listed', {}, 'refused_listed');
    await rig.operations.schedules.create(given);
    const { run } = await rig.operations.schedules.trigger(given.id);
    await rig.operations.wait(run!.workflowId);
    const found = await until(async () => {
      const { schedules } = await rig.operations.schedules.list({ warehouse: rig.cluster });
      return schedules.find(({ id, last }) => id === given.id && last?.outcome === 'failed');
    });
    expect(found).toMatchObject({
      operation: 'restoreTable',
      table: 'dev.public.refused_listed',
      when: 'at 02:00, on day 1 of the month, only in January (UTC)',
      paused: false,
      last: { workflowId: run!.workflowId, scheduledAt: expect.any(String) },
    });
    expect((await rig.operations.list({ schedule: given.id })).runs).toHaveLength(1);
  });
});

describe('a run asked for now', () => {
  it('is told at once, and a second one is refused while it goes on, unless it may wait or run beside it', async () => {
    const given = definition('triggered', {}, 'slow_triggered');
    const { schedules } = rig.operations;
    await schedules.create(given);
    const { run } = await schedules.trigger(given.id);
    expect(run!.workflowId).toMatch(new RegExp(`^${given.id}-20\\d\\d-[\\dT:-]+Z$`));
    expect(await refusal(schedules.trigger(given.id))).toMatchObject({
      type: 'ScheduleBusy',
      message: expect.stringContaining(run!.workflowId),
    });
    const waits = await schedules.trigger(given.id, 'buffer-one');
    expect(waits).toMatchObject({ waiting: true });
    expect(waits.run).toBeUndefined();
    await temporal.workflow.getHandle(run!.workflowId).signal('finish');
    const second = await until(async () => {
      const { runs } = await schedules.show(given.id);
      return runs.find(({ workflowId, outcome }) => workflowId !== run!.workflowId && outcome === 'running');
    });
    await temporal.workflow.getHandle(second.workflowId).signal('finish');
    await rig.operations.wait(second.workflowId);
    expect((await schedules.show(given.id)).counts).toMatchObject({ started: 2, skippedOverlap: 0 });
  });
});

describe('what a schedule does by itself', () => {
  it('skips runs that are due while one goes on, and counts them', async () => {
    const given = definition('skips', { when: { every: '1s' } }, 'slow_skips');
    await rig.operations.schedules.create(given);
    const view = await until(async () => {
      const now = await rig.operations.schedules.show(given.id);
      return now.counts.skippedOverlap >= 2 ? now : undefined;
    });
    expect(view.counts).toMatchObject({ started: 1, running: 1, waiting: 0 });
    await rig.operations.schedules.delete(given.id);
    const [only, ...others] = (await rig.operations.list({ schedule: given.id })).runs;
    expect(others).toEqual([]);
    await temporal.workflow.getHandle(only!.workflowId).signal('finish');
  });

  it('pauses itself when a run fails, and says which', async () => {
    const given = definition('stops', { when: { every: '2s' }, pauseOnFailure: true }, 'refused_stops');
    await rig.operations.schedules.create(given);
    const view = await until(async () => {
      const now = await rig.operations.schedules.show(given.id);
      // A run's end is written a moment after the schedule has heard of it.
      return now.paused && now.runs.some(({ outcome }) => outcome === 'failed') ? now : undefined;
    });
    const failed = view.runs.find(({ outcome }) => outcome === 'failed');
    expect(view.note).toContain(`paused due to workflow failure: ${failed!.workflowId}`);
    const { started } = view.counts;
    await until(async () => (Date.now() > Date.parse(view.next[1]!) ? true : undefined));
    expect((await rig.operations.schedules.show(given.id)).counts.started).toBe(started);
  });
});

describe('schedules applied as a whole', () => {
  const actions = (result: { schedules: { id: string; action: string }[] }) =>
    Object.fromEntries(result.schedules.map(({ id, action }) => [id.split('-')[0], action]));

  it('are made, changed where they differ, and left alone the second time', async () => {
    const { schedules } = rig.operations;
    const [one, two] = [definition('one'), definition('two')];
    const scope = `set-${rig.cluster}`;
    expect(actions(await schedules.apply([one, two], { scope, dryRun: true }))).toEqual({
      one: 'create',
      two: 'create',
    });
    expect(await refusal(schedules.show(one.id))).toMatchObject({ type: 'ScheduleNotFound' });
    const first = await schedules.apply([one, two], { scope });
    expect(actions(first)).toEqual({ one: 'create', two: 'create' });
    expect(first.schedules[0]!.next![0]).toMatch(/^20\d\d-01-01T02:00:00Z$/);
    await schedules.pause(one.id, 'an operator, at night');

    const update = jest.spyOn(ScheduleClient.prototype as never, '_updateSchedule');
    const create = jest.spyOn(ScheduleClient.prototype as never, '_createScheduleHandler');
    expect(actions(await schedules.apply([one, two], { scope, prune: true }))).toEqual({
      one: 'unchanged',
      two: 'unchanged',
    });
    expect(update).not.toHaveBeenCalled();
    expect(create).not.toHaveBeenCalled();
    update.mockRestore();
    create.mockRestore();

    const changed = await schedules.apply([{ ...one, timeZone: 'Europe/Berlin' }, two], { scope });
    expect(changed.schedules).toMatchObject([
      { action: 'change', changes: [{ field: 'timeZone', before: 'UTC', after: 'Europe/Berlin' }] },
      { action: 'unchanged', changes: [] },
    ]);
    expect(await schedules.show(one.id)).toMatchObject({ paused: true, note: 'an operator, at night' });
  });

  it('are deleted when they are not in the set any more, but only such as were made with it', async () => {
    const { schedules } = rig.operations;
    const [kept, gone, other, byHand] = ['kept', 'gone', 'other', 'byHand'].map((name) => definition(name));
    const scope = `prune-${rig.cluster}`;
    await schedules.apply([kept, gone], { scope });
    await schedules.apply([other], { scope: `else-${rig.cluster}` });
    await schedules.create(byHand!);
    await until(async () => ((await schedules.list({ scope })).schedules.length === 2 ? true : undefined));
    const planned = await schedules.apply([kept], { scope, prune: true, dryRun: true });
    expect(actions(planned)).toEqual({ kept: 'unchanged', gone: 'delete' });
    await schedules.apply([kept], { scope, prune: true });
    expect(await refusal(schedules.show(gone!.id))).toMatchObject({ type: 'ScheduleNotFound' });
    for (const { id } of [kept!, other!, byHand!]) expect(await schedules.show(id)).toMatchObject({ id });
  });

  it('are refused together when one of them is wrong, and none is made', async () => {
    const good = definition('good');
    const wrong = { ...definition('wrong'), when: { cron: '0 25 * * *' } };
    const refused = await refusal(rig.operations.schedules.apply([good, wrong, good], { prune: true }));
    expect((refused as InvalidInputError).problems.map(({ field }) => field)).toEqual([
      'scope',
      'schedules.1.when.cron',
      'schedules.2.id',
    ]);
    expect(await refusal(rig.operations.schedules.show(good.id))).toMatchObject({ type: 'ScheduleNotFound' });
  });
});
