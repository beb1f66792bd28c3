import { randomUUID } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import type { RunView } from '../../client';
import type { FailureType } from '../../domain/failures';
import type { RecoverTableInput, RecoverTableResult } from '../../domain/operations/recover-table';
import { cluster, ordersArn, quickSettings, Rig, seed } from '../support/rig';
import { until } from '../support/until';

const { orderRows } = seed.options;

/** A cause of failure, which the test mends before it retries. */
interface Cause {
  step: string;
  /** Operations of AWS that are refused meanwhile. */
  denied?: string;
  fault?: object;
  /** The bucket of the export is not there; made when the cause is mended. */
  bucketMissing?: true;
  more?: Partial<RecoverTableInput>;
  type: FailureType;
}

const causes: Cause[] = [
  { step: 'preflight', bucketMissing: true, type: 'ExportBucketMissing' },
  {
    step: 'choose',
    denied: 'DescribeClusterSnapshots',
    more: { source: { asOf: '1h' } },
    type: 'AccessDenied',
  },
  { step: 'copy', denied: 'CopyClusterSnapshot', type: 'AccessDenied' },
  {
    step: 'restore',
    fault: {
      operation: 'RestoreTableFromClusterSnapshot',
      action: { kind: 'terminal', status: 'FAILED', message: 'disk full' },
    },
    type: 'RestoreFailed',
  },
  {
    step: 'restore',
    fault: {
      operation: 'RestoreTableFromClusterSnapshot',
      action: { kind: 'terminal', status: 'CANCELED' },
    },
    type: 'RestoreCanceled',
  },
  { step: 'verify', denied: 'ExecuteStatement', type: 'AccessDenied' },
  { step: 'export', denied: 'ExportTableToPointInTime', type: 'AccessDenied' },
];

describe('a run that failed, retried after its cause was mended', () => {
  let rig: Rig;
  let snapshot: string;

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.startWorker();
    snapshot = await rig.automatedSnapshot();
  });

  afterEach(async () => {
    await rig.control.clearFaults();
    await rig.control.set(quickSettings);
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  const input = (more: Partial<RecoverTableInput> = {}): RecoverTableInput => ({
    warehouse: { clusterIdentifier: cluster },
    source: { snapshotIdentifier: snapshot },
    table: { database: 'dev', table: 'orders' },
    verify: { rowCount: { exactly: orderRows } },
    export: { tableArn: ordersArn, s3Bucket: 'exports' },
    ...more,
  });
  /** Finished steps and when they began; the last one's end is in the task that is run again. */
  const finished = ({ state }: RunView) =>
    state!.steps.flatMap(({ name, state: how, startedAt }) => (how === 'done' ? { name, startedAt } : []));
  const writes = [
    'CopyClusterSnapshot',
    'RestoreTableFromClusterSnapshot',
    'ExecuteStatement',
    'ExportTableToPointInTime',
  ];

  /** Requests that AWS took and did something for, since then, by operation. */
  async function done(since: number): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { operation, seq, effectIds, parameters } of await rig.control.operations())
      if (seq > since && writes.includes(operation) && effectIds.length > 0 && !isLook(parameters))
        counts[operation] = (counts[operation] ?? 0) + 1;
    return counts;
  }
  const isLook = ({ Sql }: Record<string, unknown>) => String(Sql).includes('from svv_table_info');
  const now = async () => (await rig.control.operations()).at(-1)?.seq ?? 0;

  async function failing({ denied, fault, bucketMissing, more, type, step }: Cause): Promise<RunView> {
    const Bucket = `bucket-${randomUUID()}`;
    if (denied !== undefined)
      await rig.control.addFault({ operation: denied, times: 'always', action: { kind: 'access-denied' } });
    if (fault) await rig.control.addFault(fault);
    const run = await rig.run(
      'recoverTable',
      input({ ...more, ...(bucketMissing && { export: { tableArn: ordersArn, s3Bucket: Bucket } }) }),
    );
    expect(run.failure?.type).toBe(type);
    expect(run.state!.steps.find((each) => each.state === 'failed')?.name).toBe(step);
    await rig.control.clearFaults();
    if (bucketMissing) await rig.clients.s3.send(new CreateBucketCommand({ Bucket }));
    return run;
  }

  /** The run after its retry: done, each thing once; what was finished before is as it was. */
  async function expectDone(before: RunView, runId: string, since: number, from: string): Promise<void> {
    rig.track({ workflowId: before.workflowId, runId });
    const run = await rig.end(before.workflowId);
    expect(run.failure).toBeUndefined();
    expect(run).toMatchObject({ runId, outcome: 'done', status: 'completed' });
    const kept = finished(before);
    expect(finished(run).slice(0, kept.length)).toEqual(kept);
    // Chosen by time, a copy of before may be the source, which is not copied again.
    const copied = run.state!.steps.find(({ name }) => name === 'copy')!.state === 'done';
    expect(run.state!.steps.filter(({ state }) => state !== 'done').map(({ name }) => name)).toEqual(
      copied ? [] : ['copy'],
    );
    expect(run.state!.steps[kept.length]!.name).toBe(from);
    const { restore } = run.result as RecoverTableResult;
    expect(await rig.control.count(cluster, 'dev', restore.table.table)).toBe(orderRows);
    expect(await done(since)).toEqual({
      ...(copied && { CopyClusterSnapshot: 1 }),
      RestoreTableFromClusterSnapshot: restores(before),
      ExecuteStatement: 1,
      ExportTableToPointInTime: 1,
    });
    // Temporal's list is a moment behind, and has runs of other tests: those of the same table would come first.
    const filter = { table: 'dev.public.orders', idPrefix: before.workflowId, limit: 1 };
    await until(async () => {
      const { runs } = await rig.operations.list(filter);
      return (runs[0]?.runId === runId && runs[0].outcome === 'done') || undefined;
    }, `${runId} as the first of the list, done`);
  }
  /** A restore that AWS itself ended in vain is asked for once more. */
  const restores = ({ failure }: RunView) => (failure!.type.startsWith('Restore') ? 2 : 1);

  it.each(causes)('in the step $step ($type): only that one and what follows runs again', async (cause) => {
    const since = await now();
    const before = await failing(cause);
    const told = await rig.operations.retry(before.workflowId, { dryRun: true });
    expect(told).toMatchObject({ retried: false, reason: 'dry run', from: cause.step, steppedBack: [] });
    const retried = await rig.operations.retry(before.workflowId);
    expect(retried).toEqual({
      ...told,
      reason: undefined,
      retried: true,
      runId: expect.not.stringMatching(before.runId),
      links: expect.anything(),
      temporalCommand: expect.anything(),
    });
    expect(retried.kept.map(({ step }) => step)).toEqual(finished(before).map(({ name }) => name));
    await expectDone(before, retried.runId, since, cause.step);
  });

  it.each(causes)('reset by hand to where the step $step ($type) began', async (cause) => {
    const since = await now();
    const before = await failing(cause);
    const { resetEventId } = before.state!.steps.find(({ name }) => name === cause.step)!;
    const runId = await resetTo(before, resetEventId!);
    await expectDone(before, runId, since, cause.step);
  });

  async function resetTo({ workflowId, runId }: RunView, eventId: number): Promise<string> {
    const request: object = {
      namespace: 'default',
      workflowExecution: { workflowId, runId },
      workflowTaskFinishEventId: eventId,
      requestId: randomUUID(),
      reason: 'by hand',
    };
    return (await rig.temporal.workflowService.resetWorkflowExecution(request)).runId;
  }

  it('retried twice at once it is one retry, and a third time too late it is told so', async () => {
    const before = await failing(causes[5]!);
    const twice = await Promise.all([
      rig.operations.retry(before.workflowId, { runId: before.runId }),
      rig.operations.retry(before.workflowId, { runId: before.runId }),
    ]);
    expect(new Set(twice.map(({ runId }) => runId)).size).toBe(1);
    const { runId } = twice[0];
    expect(await rig.operations.retry(before.workflowId, { runId: before.runId })).toMatchObject({
      runId,
      retried: false,
      reason: 'already retried',
    });
    rig.track({ workflowId: before.workflowId, runId });
    expect((await rig.end(before.workflowId)).outcome).toBe('done');
  });
});
