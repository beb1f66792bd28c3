import { defaultPayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import { failures } from '../../domain/failures';
import type { RecoverTableInput } from '../../domain/operations/recover-table';
import type { RunState } from '../../domain/run-state';
import type { RunView } from '../../client';
import { cluster, ordersArn, quickSettings, Rig, seed } from '../support/rig';
import { until } from '../support/until';

type Event = temporal.api.history.v1.IHistoryEvent;

/** What a person finds in Temporal's own UI and CLI about a run, without anything of ours. */
describe('in Temporal', () => {
  let rig: Rig;
  let snapshot: string;
  let midway: RunView;
  let midwayCard: string;
  let midwayAttributes: Record<string, unknown>;
  let ended: RunView;

  const handleOf = (workflowId: string) => rig.temporal.workflow.getHandle(workflowId);
  /** What the run's page shows as current details. */
  const cardOf = async (workflowId: string) => {
    const metadata = await handleOf(workflowId).query<{ currentDetails?: string }>(
      '__temporal_workflow_metadata',
    );
    return metadata.currentDetails ?? '';
  };
  const attributesOf = async (workflowId: string) =>
    Object.fromEntries(
      (await handleOf(workflowId).describe()).typedSearchAttributes
        .getAll()
        .filter(({ key }) => key.name.startsWith('Undrop'))
        .map(({ key, value }) => [key.name, value]),
    );
  const eventsOf = async (workflowId: string): Promise<Event[]> =>
    (await handleOf(workflowId).fetchHistory()).events ?? [];
  const summaryOf = ({ userMetadata }: Event) =>
    userMetadata?.summary ? defaultPayloadConverter.fromPayload<string>(userMetadata.summary) : '';
  const input = (more: Partial<RecoverTableInput> = {}): RecoverTableInput => ({
    warehouse: { clusterIdentifier: cluster },
    source: { snapshotIdentifier: snapshot },
    table: { database: 'dev', table: 'orders' },
    target: { table: 'orders_back' },
    verify: { rowCount: { exactly: seed.options.orderRows } },
    export: { tableArn: ordersArn, s3Bucket: 'exports' },
    ...more,
  });

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.startWorker();
    snapshot = await rig.automatedSnapshot();
    // A copy that is there at once, then AWS's clock stands still at half of the restored 12 MB.
    await rig.control.set({
      clockSpeed: 0,
      statementSeconds: 0,
      snapshotCopySeconds: 0,
      snapshotCopyMegaBytesPerSecond: 1e12,
      restoreMegaBytesPerSecond: 4,
    });
    const workflowId = await rig.begin('recoverTable', input());
    await rig.until(workflowId, ({ state }) => state?.aws.length === 2);
    await rig.control.advance(2.5);
    midway = await rig.until(workflowId, ({ state }) =>
      Boolean(state?.steps.find(({ name }) => name === 'restore')?.progress?.doneMegaBytes),
    );
    midwayCard = await cardOf(workflowId);
    midwayAttributes = await attributesOf(workflowId);
    await rig.control.set({ ...quickSettings, clockSpeed: 1 });
    ended = await rig.end(workflowId);
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  it('a run has a summary and details from its start', async () => {
    const described = await handleOf(ended.workflowId).describe();
    expect(await described.staticSummary()).toBe(`recover dev.public.orders on ${cluster} from ${snapshot}`);
    expect(await described.staticDetails()).toContain('"table": "orders_back"');
    expect(described.memo).toMatchObject({ operation: 'recoverTable', title: ended.title });
  });

  it('search attributes tell operation, warehouse, table and outcome, from start to end', async () => {
    const constant = {
      UndropOperation: 'recoverTable',
      UndropWarehouse: cluster,
      UndropTable: 'dev.public.orders',
    };
    expect(midwayAttributes).toEqual({ ...constant, UndropOutcome: 'running' });
    expect(await attributesOf(ended.workflowId)).toEqual({ ...constant, UndropOutcome: 'done' });
  });

  it('a run is found by its outcome and table', async () => {
    const query = `UndropOutcome = 'done' AND UndropTable = 'dev.public.orders' AND WorkflowId = '${ended.workflowId}'`;
    // The list is written a moment after the run has ended.
    const found = await until(async () => {
      const ids: string[] = [];
      for await (const { workflowId } of rig.temporal.workflow.list({ query })) ids.push(workflowId);
      return ids.length > 0 ? ids : undefined;
    });
    expect(found).toEqual([ended.workflowId]);
  });

  it('the card of a run under way tells title, steps, progress in MB and the ids on AWS', () => {
    const { state } = midway;
    const [copy, request] = state!.aws;
    expect(midwayCard).toMatch(new RegExp(`^### Recover dev.public.orders from ${snapshot}\n`));
    expect(midwayCard).toMatch(/- ✔ Copy .* to a manual snapshot: done in 0 s/);
    expect(midwayCard).toMatch(/- ▶ Restore dev.public.orders: running since/);
    expect(midwayCard).toMatch(
      /\*\*Now: Restore dev.public.orders\*\*\n`█{10}░{10}` 50 %: IN\\_PROGRESS, 6 of 12 MB/,
    );
    expect(midwayCard).toMatch(/looked at [:\d]+ UTC, next look at [:\d]+ UTC/);
    expect(midwayCard).toMatch(/- ○ Export orders to exports: pending/);
    expect(midwayCard).toContain(`- snapshot \`${copy!.id}\``);
    expect(midwayCard).toContain(`- table restore request \`${request!.id}\``);
  });

  it('the card of a run that is done has every id, and no remedy', async () => {
    const card = await cardOf(ended.workflowId);
    for (const { kind, id } of ended.state!.aws) expect(card).toContain(`- ${kind} \`${id}\``);
    expect(card.match(/- ✔ .*: done in \d+ s/g)).toHaveLength(
      ended.state!.steps.filter(({ state }) => state === 'done').length,
    );
    expect(card).not.toMatch(/What to do|pending|running/);
  });

  it('the query runState answers with the steps, timeline and ids that the client shows', async () => {
    const state = await handleOf(ended.workflowId).query<RunState>('runState');
    expect(state).toEqual(ended.state);
    expect(state).toMatchObject({
      operation: 'recoverTable',
      outcome: 'done',
      startedAt: expect.any(String),
      endedAt: expect.any(String),
    });
    expect(state.timeline.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['run started', 'run done']),
    );
    const described = await handleOf(ended.workflowId).describe();
    expect(described.memo).toMatchObject({ runState: { outcome: 'done', aws: state.aws } });
  });

  it('every activity and every timer in the Event History says what it is about, on one line', async () => {
    const events = await eventsOf(ended.workflowId);
    const activities = events.filter((event) => event.activityTaskScheduledEventAttributes);
    const timers = events.filter((event) => event.timerStartedEventAttributes);
    for (const event of [...activities, ...timers]) {
      const type = event.activityTaskScheduledEventAttributes?.activityType?.name ?? 'timer';
      expect([type, summaryOf(event)]).toEqual([type, expect.stringMatching(/^.+$/)]);
    }
    const of = (name: string) =>
      activities
        .filter((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === name)
        .map(summaryOf);
    const [copy, request] = ended.state!.aws;
    expect(of('copyClusterSnapshot')).toEqual([`${snapshot} → ${copy!.id}`]);
    expect(of('restoreTableFromClusterSnapshot')).toEqual(['dev.public.orders → dev.public.orders_back']);
    expect(of('describeTableRestoreStatus')[0]).toBe(`dev.public.orders_back (${request!.id})`);
    expect(of('executeStatement')).toEqual(['count the rows of dev.public.orders_back']);
    expect(of('exportTableToPointInTime')).toEqual(['orders → exports']);
    expect(timers.map(summaryOf)).toContainEqual(
      expect.stringMatching(/^IN_PROGRESS, 6 of 12 MB.*; next look in \d+ s$/),
    );
  });

  it('a run that failed tells type, message and remedy: in its card, its attributes and its failure', async () => {
    const { workflowId, failure, state } = await rig.run(
      'recoverTable',
      input({ copy: false, export: undefined, target: undefined, verify: { rowCount: { exactly: 7 } } }),
    );
    const { remedy } = failures.VerificationMismatch;
    const card = await cardOf(workflowId);
    expect(card).toContain('**Failed (VerificationMismatch)**: proof of the table failed');
    expect(card).toContain(`**What to do**: ${remedy.slice(0, 40)}`);
    expect(card).toMatch(/- ✘ Count the restored rows: failed after/);
    expect(card).toContain(`undrop runs retry ${workflowId}`);
    expect(await attributesOf(workflowId)).toMatchObject({ UndropOutcome: 'failed' });
    const last = (await eventsOf(workflowId)).at(-1)!.workflowExecutionFailedEventAttributes!.failure!;
    expect(last).toMatchObject({
      message: failure!.message,
      stackTrace: `What to do: ${remedy}`,
      applicationFailureInfo: { type: 'VerificationMismatch', nonRetryable: true },
    });
    const [details] = last.applicationFailureInfo!.details!.payloads!;
    expect(defaultPayloadConverter.fromPayload(details!)).toMatchObject({
      remedy,
      state: { aws: state!.aws },
    });
  });

  it('a run that waits for AWS says for what in its card; cancelled, it says what AWS goes on with', async () => {
    await rig.control.set({ restoreSeconds: 60 });
    await rig.control.addFault({
      operation: 'RestoreTableFromClusterSnapshot',
      action: {
        kind: 'error',
        code: 'InvalidClusterState',
        message: 'There is an operation running on the Cluster',
      },
    });
    const only = { copy: false, export: undefined, verify: undefined, target: undefined } as const;
    const waiting = await rig.begin('recoverTable', input(only));
    await rig.until(waiting, ({ state }) => state?.steps.some((step) => step.state === 'waiting') === true);
    const card = await cardOf(waiting);
    expect(card).toMatch(/- ◷ Restore dev.public.orders: waiting since/);
    expect(card).toMatch(
      new RegExp(`◷ waiting since [:\\d]+ UTC: ${failures.ClusterBusy.remedy.slice(0, 40)}`),
    );
    await rig.operations.cancel(waiting, 'seen enough');

    const orphaning = await rig.begin('recoverTable', input(only));
    const { state } = await rig.until(orphaning, (view) => view.state?.aws.length === 1);
    await rig.operations.cancel(orphaning, 'seen enough');
    for (const workflowId of [waiting, orphaning]) {
      expect(await rig.end(workflowId)).toMatchObject({ outcome: 'cancelled' });
      expect(await attributesOf(workflowId)).toMatchObject({ UndropOutcome: 'cancelled' });
    }
    expect(await cardOf(orphaning)).toContain(
      `- table restore request \`${state!.aws[0]!.id}\` (AWS goes on with it; nobody waits any more)`,
    );
  });
});
