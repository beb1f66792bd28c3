import {
  appliedSchema,
  backfilledSchema,
  scheduleListSchema,
  scheduleSchema,
  scheduleTriggeredSchema,
  scheduleUpdatedSchema,
} from '../../client/http/schedule-schemas';
import { removeSchedules } from '../support/remove-schedules';
import { standInRig, type StandInRig } from '../support/stand-in-rig';
import { until } from '../support/until';
import { apiRig, bearer, tokens, type ApiRig } from './api-rig';

let rig: StandInRig;
let api: ApiRig;
beforeAll(async () => {
  rig = await standInRig();
  await rig.startWorker();
  api = await apiRig(rig.operations);
});
afterAll(async () => {
  await removeSchedules(rig);
  await api?.app.close();
  await rig?.close();
});

const idOf = (name: string) => `${name}-${rig.cluster}`;
const nightly = (name: string) => ({
  operation: 'restore-table',
  input: {
    warehouse: { clusterIdentifier: rig.cluster },
    source: { asOf: '24h' },
    table: { database: 'dev', table: name },
  },
  when: { cron: '0 2 1 1 *' },
});
const query = (name: string) => ({
  id: idOf(name),
  operation: 'query',
  input: { warehouse: { clusterIdentifier: rig.cluster }, database: 'dev', sql: 'select 1' },
  when: { every: '24h' },
});
const send = (method: string, path: string, body?: unknown, token = tokens.operator) =>
  fetch(`${api.url}/v1/schedules${path}`, {
    method,
    headers: { ...bearer(token), ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

it('are made once, shown, changed, stopped, resumed and removed', async () => {
  const id = idOf('whole');
  const made = await send('POST', '', { id, ...nightly('whole') });
  expect(made.status).toBe(201);
  expect(made.headers.get('location')).toBe(`/v1/schedules/${id}`);
  const schedule = scheduleSchema.parse(await made.json());
  expect(schedule).toMatchObject({ id, operation: 'restoreTable', links: { self: `/v1/schedules/${id}` } });
  expect((await send('POST', '', { id, ...nightly('whole') })).status).toBe(200);
  const other = await send('POST', '', { id, ...nightly('whole'), overlap: 'allow-all' });
  expect(other.status).toBe(409);
  expect(await other.json()).toMatchObject({ type: 'urn:undrop:failure:ScheduleExists' });

  const patched = await send('PATCH', `/${id}`, { when: { every: '6h' }, jitter: '5m' });
  const { changes, schedule: now } = scheduleUpdatedSchema.parse(await patched.json());
  expect(changes.map(({ field }) => field)).toEqual(['when', 'jitter']);
  expect(now.definition).toMatchObject({ when: { every: '6h' }, jitter: '5m', overlap: 'skip' });

  const put = await send('PUT', `/${id}`, nightly('whole'));
  expect(scheduleUpdatedSchema.parse(await put.json()).schedule.definition.jitter).toBeUndefined();
  const same = scheduleUpdatedSchema.parse(await (await send('PUT', `/${id}`, nightly('whole'))).json());
  expect(same.changes).toEqual([]);

  const copied = await send('PUT', `/${id}`, { id: idOf('another'), ...nightly('whole') });
  expect(copied.status).toBe(400);
  expect(await copied.json()).toMatchObject({
    problems: [{ path: 'id', message: `is not the one of the address, ${id}` }],
  });
  expect((await send('PUT', `/${id}`, { id, ...nightly('whole') })).status).toBe(200);

  const paused = scheduleSchema.parse(await (await send('POST', `/${id}/pause`, { note: 'resize' })).json());
  expect(paused).toMatchObject({ paused: true, note: 'resize' });
  const resumed = scheduleSchema.parse(await (await send('POST', `/${id}/resume`)).json());
  expect(resumed).toMatchObject({ paused: false, note: 'over the API, by the operator' });
  expect((await send('DELETE', `/${id}`)).status).toBe(204);
  expect((await send('GET', `/${id}`, undefined, tokens.viewer)).status).toBe(404);
});

it('start a run now, and those of nights that have passed, which have links of their own', async () => {
  const id = idOf('runs');
  await send('POST', '', { id, ...nightly('runs'), when: { cron: '0 0 * * *' } });
  const asked = await send('POST', `/${id}/trigger`);
  expect(asked.status).toBe(202);
  const { run } = scheduleTriggeredSchema.parse(await asked.json());
  const shown = (await (await api.get(run!.links.self)).json()) as Record<string, unknown>;
  expect(shown).toMatchObject({
    schedule: id,
    scheduledAt: expect.any(String),
    input: { source: { asOf: expect.stringMatching(/^20\d\d-/) } },
  });
  const day = 86_400_000;
  const midnight = Math.floor(Date.now() / day) * day;
  const iso = (ms: number) => new Date(ms).toISOString();
  const range = { from: iso(midnight - 2 * day), to: iso(midnight) };
  const dry = backfilledSchema.parse(
    await (await send('POST', `/${id}/backfill`, { ...range, dryRun: true })).json(),
  );
  expect(dry.times.map(({ starts }) => starts)).toEqual([true, true, true]);
  await send('POST', `/${id}/backfill`, range);
  const listed = await until(async () => {
    const { schedules } = scheduleListSchema.parse(
      await (await send('GET', `?warehouse=${rig.cluster}`)).json(),
    );
    const found = schedules.find((one) => one.id === id);
    const { counts } = await rig.operations.schedules.show(id);
    // What runs there are is written a moment after the schedule has counted them.
    const { runs } = (await (await api.get(`/v1/runs?schedule=${id}`)).json()) as { runs: unknown[] };
    return counts.started === 4 && runs.length === 4 && found?.last ? found : undefined;
  });
  expect(listed.last!.links.self).toContain('/v1/runs/');
});

it('are refused with everything that is wrong', async () => {
  const wrong = { ...nightly('wrong'), id: idOf('wrong'), when: { cron: '0 25 * * *' }, timeZone: 'Mars' };
  const refused = await send('POST', '', wrong);
  expect(refused.status).toBe(400);
  expect(
    ((await refused.json()) as { problems: { path: string }[] }).problems.map(({ path }) => path),
  ).toEqual(['when.cron', 'timeZone']);
  expect((await send('POST', `/${idOf('none')}/backfill`, { from: 'x' })).status).toBe(400);
  expect((await send('POST', '', ['no object'])).status).toBe(400);
  expect((await send('PATCH', `/${idOf('none')}`, {})).status).toBe(404);
});

it('are for the roles that may start their operation', async () => {
  const id = idOf('sql');
  const status = async (method: string, path: string, body: unknown, token: string) =>
    (await send(method, path, body, token)).status;
  expect(await status('POST', '', { id: idOf('v'), ...nightly('v') }, tokens.viewer)).toBe(403);
  expect(await status('POST', '', query('sql'), tokens.operator)).toBe(403);
  expect(await status('POST', '', query('sql'), tokens.admin)).toBe(201);
  expect(await status('GET', `/${id}`, undefined, tokens.viewer)).toBe(200);
  for (const [method, path, body] of [
    ['PATCH', '', { when: { every: '1h' } }],
    ['PUT', '', nightly('sql')],
    ['POST', '/trigger', undefined],
    ['POST', '/resume', undefined],
    ['POST', '/backfill', { from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' }],
    ['DELETE', '', undefined],
  ] as const)
    expect([method, path, await status(method, `/${id}${path}`, body, tokens.operator)]).toEqual([
      method,
      path,
      403,
    ]);
  expect(await status('POST', `/${id}/pause`, undefined, tokens.operator)).toBe(200);
  const plain = idOf('plain');
  await send('POST', '', { id: plain, ...nightly('plain') });
  const { operation, input, when } = query('sql');
  expect(await status('PATCH', `/${plain}`, { operation, input, when }, tokens.operator)).toBe(403);
  expect(await status('POST', '/apply', { schedules: [] }, tokens.operator)).toBe(403);
});

it('are applied as a whole by an admin', async () => {
  const schedules = [{ id: idOf('applied'), ...nightly('applied') }, query('applied-sql')];
  const apply = async (more: object = {}) =>
    appliedSchema.parse(await (await send('POST', '/apply', { schedules, ...more }, tokens.admin)).json());
  expect((await apply({ dryRun: true })).schedules.map(({ action }) => action)).toEqual(['create', 'create']);
  expect((await apply()).schedules.map(({ action }) => action)).toEqual(['create', 'create']);
  expect((await apply()).schedules.map(({ action }) => action)).toEqual(['unchanged', 'unchanged']);
});
