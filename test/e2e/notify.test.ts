import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunView } from '../../client';
import type { RunningChild } from '../../dev/process';
import type { Notification } from '../../domain/notification/notification';
import type { OperationInputs } from '../../domain/operations';
import { Receiver } from '../support/receiver';
import { Rig, cluster, runsTopic } from '../support/rig';
import { until } from '../support/until';

type Notify = OperationInputs['verifyTable']['notify'];

const verify = (notify: Notify, atLeast = 1) => ({
  warehouse: { clusterIdentifier: cluster },
  table: { database: 'dev', schema: 'public', table: 'customers' },
  rowCount: { atLeast },
  notify,
});
const noteOf = (run: RunView) => run.state?.steps.find(({ name }) => name === 'notify');

describe('the end of a run', () => {
  let rig: Rig;
  let receiver: Receiver;

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.warmUp();
    receiver = await Receiver.start();
    rig.webhooks = new Map([['oncall', receiver.endpoint]]);
    await rig.startWorker();
  });

  afterEach(() => {
    receiver.next.length = 0;
    receiver.usual = { status: 204 };
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await receiver.close();
    await rig.close();
  });

  it('is told to a webhook, signed, with the record that runs show gives', async () => {
    const run = await rig.run('verifyTable', verify({ webhooks: ['oncall'] }));
    const [received, ...more] = receiver.of(run.workflowId);
    expect(more).toEqual([]);
    expect(received).toMatchObject({ genuine: true, id: received!.message.id });
    expect(received!.message).toMatchObject({ type: 'undrop.run.done', apiVersion: 'undrop/v1' });
    const { steps, timeline, ...state } = run.state!;
    const { endedAt, state: _whole, ...shown } = run;
    expect(received!.message.data.run).toMatchObject({
      ...shown,
      endedAt: state.endedAt,
      state: { ...state, steps: steps.slice(0, -1), timeline: timeline.slice(0, -2) },
    });
    expect(Date.parse(endedAt!)).toBeGreaterThanOrEqual(Date.parse(state.endedAt!));
    expect(noteOf(run)).toMatchObject({ state: 'done', note: 'webhook oncall was told' });
  });

  it('is told to a topic, with attributes to filter by and a subject to read', async () => {
    const run = await rig.run('verifyTable', verify({ topics: [runsTopic] }, 1_000_000_000));
    expect(run.failure?.type).toBe('VerificationMismatch');
    const [message] = (await rig.control.messages(runsTopic)).filter((one) =>
      one.message.includes(run.workflowId),
    );
    expect(message).toMatchObject({
      subject: 'Undrop: failed: verify dev.public.customers on analytics',
      attributes: {
        operation: { StringValue: 'verifyTable' },
        outcome: { StringValue: 'failed' },
        warehouse: { StringValue: cluster },
        table: { StringValue: 'dev.public.customers' },
      },
    });
    const told = JSON.parse(message!.message) as Notification;
    expect(told).toMatchObject({ type: 'undrop.run.failed', id: message!.attributes.id!.StringValue });
    expect(told.data.run.failure).toEqual(run.failure);
    expect(noteOf(run)).toMatchObject({ state: 'done', note: 'topic undrop-runs was told' });
  });

  it('is told when the preflight refused the run', async () => {
    const input = verify({ webhooks: ['oncall'], on: ['failed'] });
    const run = await rig.run('verifyTable', { ...input, table: { ...input.table, table: 'nowhere' } });
    const [received] = receiver.of(run.workflowId);
    expect(run.outcome).toBe('failed');
    expect(received?.message.data.run.failure).toEqual(run.failure);
  });

  it('is told when somebody cancelled the run', async () => {
    await rig.control.set({ snapshotCopySeconds: 600 });
    const { snapshot } = await rig.sources();
    const workflowId = await rig.begin('copySnapshot', {
      sourceSnapshotIdentifier: snapshot,
      sourceSnapshotClusterIdentifier: cluster,
      notify: { webhooks: ['oncall'], topics: [runsTopic] },
    });
    await rig.until(workflowId, ({ state }) => (state?.aws.length ?? 0) > 0);
    await rig.operations.cancel(workflowId, 'not needed');
    const run = await rig.end(workflowId);
    await rig.control.set({ snapshotCopySeconds: 1 });
    expect(run).toMatchObject({ outcome: 'cancelled', status: 'cancelled' });
    expect(noteOf(run)).toMatchObject({ state: 'done' });
    const [received, ...more] = receiver.of(workflowId);
    expect(more).toEqual([]);
    expect(received?.message).toMatchObject({
      type: 'undrop.run.cancelled',
      data: { run: { status: 'cancelled', failure: run.failure, state: { aws: run.state!.aws } } },
    });
  });

  it('is told to nobody when the outcome is not one that was asked for', async () => {
    const run = await rig.run('verifyTable', verify({ webhooks: ['oncall'], on: ['failed', 'cancelled'] }));
    expect(receiver.of(run.workflowId)).toEqual([]);
    expect(noteOf(run)).toMatchObject({ state: 'skipped', note: 'not asked for when a run is done' });
  });

  it.each(['drop', 'hang'] as const)(
    'is told twice under one id, in the same words, when the answer is lost (%s)',
    async (reaction) => {
      receiver.next.push(reaction);
      const run = await rig.run('verifyTable', verify({ webhooks: ['oncall'] }));
      const received = receiver.of(run.workflowId);
      expect(received).toHaveLength(2);
      expect(new Set(received.map(({ id }) => id)).size).toBe(1);
      expect(new Set(received.map(({ body }) => body)).size).toBe(1);
      expect(received.every(({ genuine }) => genuine)).toBe(true);
      expect(run.outcome).toBe('done');
    },
  );

  it('is told to a standard topic twice under one id when the answer is lost', async () => {
    await rig.control.addFault({ operation: 'Publish', action: { kind: 'drop-after' } });
    const run = await rig.run('verifyTable', verify({ topics: [runsTopic] }));
    const messages = (await rig.control.messages(runsTopic)).filter((one) =>
      one.message.includes(run.workflowId),
    );
    expect(messages).toHaveLength(2);
    expect(new Set(messages.map(({ attributes }) => attributes.id!.StringValue)).size).toBe(1);
    expect(new Set(messages.map(({ message }) => message)).size).toBe(1);
  });

  it.each([
    ['refuses it', { status: 403 }, 'HTTP 403'],
    ['is gone', { status: 410 }, 'HTTP 410'],
    ['sends it elsewhere', { status: 307, headers: { location: 'http://127.0.0.1:1/' } }, 'HTTP 307'],
  ])('stays what it is when the receiver %s', async (_, reaction, why) => {
    receiver.usual = reaction;
    const run = await rig.run('verifyTable', verify({ webhooks: ['oncall'] }));
    expect(run.outcome).toBe('done');
    expect(run.failure).toBeUndefined();
    expect(receiver.of(run.workflowId)).toHaveLength(1);
    expect(noteOf(run)).toMatchObject({ state: 'failed', note: expect.stringContaining(why) });
    // Temporal's list is a moment behind.
    await until(async () => {
      const { runs } = await rig.operations.list({ idPrefix: run.workflowId });
      return runs.some(({ runId, outcome }) => runId === run.runId && outcome === 'done') || undefined;
    }, `${run.runId} as done in the list`);
  });

  it('stays what it is when nobody of that name is there, which the preflight has said', async () => {
    const nowhere = 'arn:aws:sns:eu-central-1:123456789012:nowhere';
    const run = await rig.run(
      'verifyTable',
      verify({ webhooks: ['nobody'], topics: [nowhere] }, 1_000_000_000),
    );
    expect(run.failure?.type).toBe('VerificationMismatch');
    expect(run.state?.findings).toContainEqual(
      expect.objectContaining({ subject: 'webhook nobody', level: 'warning' }),
    );
    expect(run.state?.findings).toContainEqual(
      expect.objectContaining({ subject: 'topic nowhere', level: 'warning' }),
    );
    expect(noteOf(run)?.state).toBe('failed');
    expect(noteOf(run)?.note).toMatch(/^webhook nobody: WebhookUnknown: .*; topic nowhere: TopicNotFound: /);
  });

  it('is handed over when the receiver stays away, so that the run closes; and is told when it is back', async () => {
    await receiver.close();
    const run = await rig.run('verifyTable', verify({ webhooks: ['oncall'], patience: '10 minutes' }));
    expect(run.outcome).toBe('done');
    const { note = '', state } = noteOf(run)!;
    expect(state).toBe('done');
    const [, delivery] = /(notify\/\w+) goes on for 10 minutes/.exec(note) ?? [];
    const handle = rig.temporal.workflow.getHandle(delivery!);
    rig.track({ workflowId: delivery!, runId: (await handle.describe()).runId });
    expect(receiver.of(run.workflowId)).toEqual([]);

    await receiver.listen();
    await handle.result();
    const [received, ...more] = receiver.of(run.workflowId);
    expect(more).toEqual([]);
    expect(received).toMatchObject({ genuine: true, message: { data: { run: { runId: run.runId } } } });
    expect(`notify/${received!.id}`).toBe(delivery);

    // A person resets it to its last task: its history, child and all, is replayed under another run id.
    const { events = [] } = await rig.temporal.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
    const lastTask = events!.findLast((event) => event.workflowTaskCompletedEventAttributes);
    const { runId } = await rig.temporal.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: run.workflowId, runId: run.runId },
      workflowTaskFinishEventId: lastTask!.eventId,
      requestId: randomUUID(),
      reason: 'a person wants its end done over',
    });
    rig.track({ workflowId: run.workflowId, runId });
    const again = await rig.end(run.workflowId);
    expect(again).toMatchObject({ runId, outcome: 'done', result: run.result });
    expect(noteOf(again)?.note).toContain(delivery);
  });

  it('keeps the URL and the secret of a webhook to itself', async () => {
    receiver.usual = { status: 400 };
    const run = await rig.run('verifyTable', verify({ webhooks: ['oncall'] }));
    const history = await rig.temporal.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
    const everything = JSON.stringify([run, history], (_, value: unknown) =>
      typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer'
        ? Buffer.from((value as { data?: number[] }).data ?? []).toString('utf8')
        : value,
    );
    expect(everything).toContain('oncall');
    expect(everything).not.toContain('canary-of-the-url');
    expect(everything).not.toContain(receiver.secret);
    expect(everything).not.toContain(new URL(receiver.url).host);
  });
});

describe('when the worker is killed after a webhook was posted and before its answer', () => {
  let rig: Rig;
  let receiver: Receiver;
  let worker: RunningChild;

  it('another one posts it again under the same id', async () => {
    rig = await Rig.start();
    receiver = await Receiver.start();
    const folder = mkdtempSync(path.join(tmpdir(), 'undrop-'));
    const file = path.join(folder, 'webhooks.yaml');
    writeFileSync(file, `webhooks:\n  oncall:\n    url: ${receiver.url}\n    secretEnv: ONCALL_SECRET\n`);
    const env = { UNDROP_WEBHOOKS_FILE: file, ONCALL_SECRET: receiver.secret };
    worker = await rig.startWorkerProcess(env);
    receiver.next.push('hang');

    const workflowId = await rig.begin('verifyTable', verify({ webhooks: ['oncall'] }));
    await receiver.until(workflowId, 1);
    process.kill(worker.pid, 'SIGKILL');
    await worker.exited;
    worker = await rig.startWorkerProcess(env);

    const run = await rig.end(workflowId);
    expect(run.outcome).toBe('done');
    const received = receiver.of(workflowId);
    expect(received).toHaveLength(2);
    expect(new Set(received.map(({ id, body }) => id + body)).size).toBe(1);
    expect(received.every(({ genuine }) => genuine)).toBe(true);
  });

  afterAll(async () => {
    await worker?.stop();
    await receiver?.close();
    await rig?.close();
  });
});
