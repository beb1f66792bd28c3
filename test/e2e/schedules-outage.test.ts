import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadClientConfig, OperationsClient, type RunSummary, type ScheduleView } from '../../client';
import { openTemporal, type OpenTemporal } from '../../dev/temporal/open';
import { searchAttributes } from '../../domain/search-attributes';
import { until } from '../support/until';

/** Temporal itself is down while times of a schedule pass. No worker is there: what is looked at is what is started. */
describe('an outage of Temporal over many times of a schedule', () => {
  let folder: string;
  let server: OpenTemporal | undefined;
  let operations: OperationsClient | undefined;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'undrop-outage-'));
  });
  afterAll(async () => {
    await down();
    rmSync(folder, { recursive: true, force: true });
  });

  async function up(): Promise<OperationsClient> {
    const port = server && Number(server.address.split(':')[1]);
    server = await openTemporal({
      ui: false,
      dbFilename: path.join(folder, 'temporal.db'),
      searchAttributes,
      env: { ...process.env, TEMPORAL_ADDRESS: '' },
      ...(port && { port }),
    });
    operations = await OperationsClient.connect(loadClientConfig({ TEMPORAL_ADDRESS: server.address }));
    return operations;
  }

  async function down(): Promise<void> {
    await operations?.close();
    operations = undefined;
    await server?.stop();
  }

  const everyMs = 2_000;
  const definition = (id: string, catchupWindow: string) => ({
    id,
    operation: 'record-expectation' as const,
    input: { warehouse: { clusterIdentifier: id }, table: { database: 'dev', table: 'orders' } },
    when: { every: '2s' },
    // No run ends without a worker; each is to begin all the same.
    overlap: 'allow-all' as const,
    catchupWindow,
  });

  /** Scheduled times of the runs, in order, each as often as it has a run. */
  async function timesOf(client: OperationsClient, id: string): Promise<number[]> {
    const { runs } = await client.list({ schedule: id, limit: 1000 });
    return runs.map((run: RunSummary) => Date.parse(run.scheduledAt!)).sort((a, b) => a - b);
  }

  it('starts each that is not later than the catch-up window, once, and counts the others', async () => {
    let client = await up();
    await client.schedules.create(definition('patient', '1h'));
    await client.schedules.create(definition('strict', '10s'));
    const started = async (id: string, count: number) =>
      until(async () => {
        const view = await client.schedules.show(id);
        return view.counts.started >= count ? view : undefined;
      });
    await started('patient', 2);
    await started('strict', 2);
    await down();
    await sleep(24_000);
    client = await up();
    await started('patient', 14);
    await until(async () => {
      const { counts } = await client.schedules.show('strict');
      return counts.missedCatchup > 0 && counts.started > 4 ? true : undefined;
    });
    const paused: Record<string, ScheduleView> = {};
    for (const id of ['patient', 'strict']) paused[id] = await client.schedules.pause(id);
    // What was started before the pause is listed in a moment.
    const seen = async (id: string) =>
      until(async () => {
        const times = await timesOf(client, id);
        return times.length === (await client.schedules.show(id)).counts.started ? times : undefined;
      });

    const patient = await seen('patient');
    const ticks = (from: number, to: number) =>
      Array.from({ length: (to - from) / everyMs + 1 }, (_, index) => from + index * everyMs);
    expect(patient).toEqual(ticks(patient[0]!, patient.at(-1)!));
    expect(paused.patient!.counts.missedCatchup).toBe(0);

    const strict = await seen('strict');
    const { missedCatchup } = (await client.schedules.show('strict')).counts;
    expect(new Set(strict).size).toBe(strict.length);
    const missing = ticks(strict[0]!, strict.at(-1)!).filter((tick) => !strict.includes(tick));
    expect(missing).toHaveLength(missedCatchup);
    expect(missing).toEqual(ticks(missing[0]!, missing.at(-1)!));

    // The missed ones, and they alone, are what a backfill starts.
    const iso = (ms: number) => new Date(ms).toISOString();
    const range = { from: iso(strict[0]!), to: iso(strict.at(-1)!), overlap: 'allow-all' as const };
    const { times } = await client.schedules.backfill('strict', range);
    expect(times.filter(({ starts }) => starts).map(({ scheduledAt }) => Date.parse(scheduledAt))).toEqual(
      missing,
    );
    const whole = await until(async () => {
      const all = await timesOf(client, 'strict');
      return all.length >= strict.length + missing.length ? all : undefined;
    });
    expect(whole).toEqual(ticks(strict[0]!, strict.at(-1)!));
  });
});
