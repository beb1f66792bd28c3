import { randomUUID } from 'node:crypto';
import { ListExportsCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { runCli } from '../../client/cli/program';
import { failures } from '../../domain/failures';
import type { ExportTableInput, ExportTableResult } from '../../domain/operations/export-table';
import { fakeIo } from '../client/cli/fake-io';
import { ordersArn, quickSettings, Rig, seed } from '../support/rig';
import { temporalAddress } from '../support/stand-in-rig';

const hour = 3600;

/** Exports after their run: taken over when their token is long forgotten, listed, shown, read back. */
describe('exports', () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.startWorker();
  });

  afterEach(async () => {
    await rig.control.clearFaults();
    await rig.control.set({ ...quickSettings, exportTokenHours: 8, corruptNextExport: 'none' });
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  const input = (more: Partial<ExportTableInput> = {}): ExportTableInput => ({
    tableArn: ordersArn,
    s3Bucket: 'exports',
    ...more,
  });
  const requests = (s3Prefix: string) => rig.requests('ExportTableToPointInTime', { S3Prefix: s3Prefix });
  const effectsOf = async (s3Prefix: string) =>
    (await requests(s3Prefix)).reduce((sum, { effectIds }) => sum + effectIds.length, 0);
  const undrop = async (...argv: string[]) => {
    const { io, out, err } = fakeIo({
      TEMPORAL_ADDRESS: temporalAddress(),
      UNDROP_TASK_QUEUE: rig.taskQueue,
      UNDROP_UI_URL: 'http://ui.test',
      AWS_ENDPOINT_URL: rig.control.url,
    });
    return { code: await runCli(argv, io), out: out(), err: err() };
  };
  const exported = async (more: Partial<ExportTableInput> = {}) => {
    const run = await rig.run('exportTable', input(more));
    expect(run.failure).toBeUndefined();
    return run.result as ExportTableResult;
  };

  /** A run that gives up waiting; what it asked for goes on. */
  async function leftBehind(
    more: Partial<ExportTableInput>,
  ): Promise<{ workflowId: string; exportArn: string }> {
    await rig.control.set({ exportSeconds: hour });
    const first = await rig.operations.start('exportTable', input({ ...more, deadline: '1 second' }), {
      workflowId: `${rig.taskQueue}/${more.s3Prefix}`,
    });
    rig.track(first);
    const { failure, state } = await rig.end(first.workflowId);
    expect(failure).toMatchObject({ type: 'DeadlinePassed' });
    return { workflowId: first.workflowId, exportArn: state!.aws[0]!.id };
  }

  /** The same run once more. */
  async function again(workflowId: string, more: Partial<ExportTableInput>) {
    const second = await rig.operations.start('exportTable', input(more), { workflowId });
    rig.track(second);
    expect(second).toMatchObject({ workflowId, started: true });
    return rig.end(workflowId);
  }

  it('are refused by wrong arguments before anything is asked', async () => {
    const calls = async () => (await rig.control.operations()).length;
    const before = await calls();
    for (const argv of [
      ['read', 'orders'],
      ['read', ordersArn],
      ['read', `${ordersArn}/export/01700000000000-abcdef12`, '--limit', '0'],
      ['read', `${ordersArn}/export/01700000000000-abcdef12`, '--limit', 'many'],
      ['read'],
      ['show', 'orders'],
      ['list', '--table-arn', 'orders'],
      ['list', '--limit', '0'],
    ]) {
      const { code, out, err } = await undrop('exports', ...argv);
      expect([argv.join(' '), code, out]).toEqual([argv.join(' '), 2, '']);
      expect(err).not.toBe('');
    }
    expect(await calls()).toBe(before);
  });

  it('of a window are read with keys, images and times', async () => {
    const ago = (hours: number) =>
      new Date(Math.floor(Date.now() / 1000) * 1000 - hours * hour * 1000).toISOString();
    const result = await exported({
      s3Prefix: 'changes',
      exportType: 'INCREMENTAL_EXPORT',
      incrementalExportSpecification: { exportFromTime: ago(26), exportToTime: ago(2) },
    });
    const read = await undrop('exports', 'read', result.exportArn);
    const lines = read.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toHaveLength(result.itemCount);
    for (const line of lines)
      expect(line).toMatchObject({
        Metadata: { WriteTimestampMicros: { N: expect.any(String) } },
        Keys: expect.anything(),
      });
    const plain = await undrop('exports', 'read', result.exportArn, '--plain', '--limit', '1');
    expect(JSON.parse(plain.out)).toMatchObject({
      Metadata: { WriteTimestampMicros: expect.anything() },
      Keys: expect.anything(),
    });
  });

  describe('of a run that is started again after AWS has forgotten its token', () => {
    it('are found and taken over: AWS makes one', async () => {
      const { workflowId, exportArn } = await leftBehind({ s3Prefix: 'forgotten' });
      await rig.control.advance(12 * hour);
      const run = await again(workflowId, { s3Prefix: 'forgotten' });
      expect(run.result).toMatchObject({ exportArn, adopted: true, itemCount: seed.options.orderItems });
      expect(run.state!.timeline.map(({ text }) => text)).toContain(
        `found the export ${exportArn} of an earlier execution`,
      );
      expect(await effectsOf('forgotten')).toBe(1);
      expect(await requests('forgotten')).toHaveLength(1);
    });

    it('are found although the moment has left the restorable window since, and no new one could be made', async () => {
      const exportTime = new Date(Math.floor(Date.now() / 1000) * 1000 - 24 * hour * 1000).toISOString();
      const more = { s3Prefix: 'out-of-the-window', exportTime };
      const { workflowId, exportArn } = await leftBehind(more);
      await rig.control.advance(40 * 24 * hour);
      const run = await again(workflowId, more);
      expect(run.failure).toBeUndefined();
      expect(run.result).toMatchObject({ exportArn, adopted: true });
      expect(run.state!.findings).toContainEqual(
        expect.objectContaining({ subject: 'earlier export', level: 'ok' }),
      );
      expect(await effectsOf('out-of-the-window')).toBe(1);
    });

    it('are not taken for it when they are of another request, or failed', async () => {
      const { workflowId } = await leftBehind({ s3Prefix: 'asked-first' });
      await rig.control.advance(12 * hour);
      await rig.control.set(quickSettings);
      const other = await again(workflowId, { s3Prefix: 'asked-then' });
      expect(other.result).toMatchObject({
        adopted: false,
        exportManifest: expect.stringMatching(/^asked-then\//),
      });

      await rig.control.addFault({
        operation: 'ExportTableToPointInTime',
        match: { S3Prefix: 'in-vain' },
        action: { kind: 'terminal', status: 'FAILED' },
      });
      const failed = await rig.operations.start('exportTable', input({ s3Prefix: 'in-vain' }));
      rig.track(failed);
      expect((await rig.end(failed.workflowId)).failure).toMatchObject({ type: 'ExportFailed' });
      await rig.control.advance(12 * hour);
      const done = await again(failed.workflowId, { s3Prefix: 'in-vain' });
      expect(done.result).toMatchObject({ adopted: false });
      expect(await effectsOf('in-vain')).toBe(2);
    });

    it('are found too when the run was done and is reset', async () => {
      const workflowId = `${rig.taskQueue}/reset`;
      const first = await rig.operations.start('exportTable', input({ s3Prefix: 'reset' }), { workflowId });
      rig.track(first);
      const { exportArn } = (await rig.end(workflowId)).result as ExportTableResult;
      await rig.control.advance(12 * hour);
      const request: object = {
        namespace: 'default',
        workflowExecution: { workflowId },
        workflowTaskFinishEventId: 4,
        requestId: randomUUID(),
        reason: 'done over',
      };
      const { runId } = await rig.temporal.workflowService.resetWorkflowExecution(request);
      rig.track({ workflowId, runId });
      expect((await rig.end(workflowId)).result).toMatchObject({ exportArn, adopted: true });
      expect(await effectsOf('reset')).toBe(1);
    });

    it('are asked for by the token alone where looking is not allowed, and the run says so', async () => {
      const { workflowId, exportArn } = await leftBehind({ s3Prefix: 'unlisted' });
      await rig.control.addFault({ operation: 'ListExports', times: 5, action: { kind: 'access-denied' } });
      await rig.control.advance(2 * hour);
      const run = await again(workflowId, { s3Prefix: 'unlisted' });
      expect(run.result).toMatchObject({ exportArn, adopted: false });
      expect(run.state!.timeline.map(({ text }) => text).join('\n')).toMatch(
        /could not look for an export of an earlier execution: .*dynamodb:ListExports/,
      );
      expect(await effectsOf('unlisted')).toBe(1);
    });
  });

  it('are listed, of all tables or of one, page by page', async () => {
    const { exportArn } = await exported({ s3Prefix: 'listed' });
    const { ExportSummaries } = await rig.clients.dynamodb.send(new ListExportsCommand({ MaxResults: 25 }));
    const { exports } = await rig.operations.lookUp('exports', { tableArn: ordersArn });
    expect(exports.map((each) => each.exportArn)).toEqual(ExportSummaries!.map(({ ExportArn }) => ExportArn));
    expect(exports.find((each) => each.exportArn === exportArn)).toMatchObject({
      exportStatus: 'COMPLETED',
      exportType: 'FULL_EXPORT',
      startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    const first = await rig.operations.lookUp('exports', { limit: 1 });
    const rest = await rig.operations.lookUp('exports', { pageToken: first.nextPageToken! });
    expect([...first.exports, ...rest.exports]).toEqual(exports);

    const listed = await undrop('exports', 'list', '--table-arn', ordersArn);
    expect(listed.code).toBe(0);
    expect(listed.out).toMatch(new RegExp(`COMPLETED +FULL_EXPORT +\\d{4}-\\S+Z +${exportArn}`));
    const none = await undrop(
      'exports',
      'list',
      '--table-arn',
      ordersArn.replace('orders', 'nothing'),
      '-o',
      'json',
    );
    expect(JSON.parse(none.out)).toEqual({ exports: [] });
  });

  it('are shown with everything that AWS tells', async () => {
    const { exportArn, exportManifest } = await exported({ s3Prefix: 'shown', s3SseAlgorithm: 'AES256' });
    const shown = await undrop('exports', 'show', exportArn, '-o', 'json');
    expect(shown.code).toBe(0);
    expect(JSON.parse(shown.out)).toMatchObject({
      exportArn,
      exportStatus: 'COMPLETED',
      tableArn: ordersArn,
      s3Prefix: 'shown',
      s3SseAlgorithm: 'AES256',
      exportManifest,
      itemCount: seed.options.orderItems,
    });
    const unknown = await undrop('exports', 'show', `${ordersArn}/export/01700000000000-abcdef12`);
    expect(unknown).toMatchObject({ code: 5, out: '' });
    expect(unknown.err).toContain(failures.ExportNotFound.remedy);
  });

  it('are read as lines of JSON, each item once, past Temporal', async () => {
    const { exportArn } = await exported({ s3Prefix: 'read' });
    const before = (await rig.control.operations()).at(-1)!.seq;
    const read = await undrop('exports', 'read', exportArn);
    expect(read.code).toBe(0);
    expect(read.err).toBe('read 40 items of 4 data files; every MD5 is right\n');
    const items = read.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { Item: { order_id: { S: string } } });
    expect(items).toHaveLength(40);
    expect(new Set(items.map(({ Item }) => JSON.stringify(Item))).size).toBe(40);
    const calls = (await rig.control.operations())
      .filter(({ seq }) => seq > before)
      .map((call) => call.operation);
    expect([...new Set(calls)].sort()).toEqual(['DescribeExport', 'GetObject']);

    const plain = await undrop('exports', 'read', exportArn, '--plain', '--limit', '3');
    expect(plain.err).toMatch(
      /^read 3 of 40 items; the MD5 of \d of 4 data files was proved, the rest was not read\n$/,
    );
    const first = plain.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toHaveLength(3);
    for (const item of first)
      expect(Object.values(item).some((value) => typeof value === 'number')).toBe(true);
  });

  it.each<[string, RegExp]>([
    ['data-file', /data\/[a-z2-7]{26}.json.gz (does not match its MD5|is not the file that was exported)/],
    ['missing-file', /data\/[a-z2-7]{26}.json.gz is not there/],
    ['manifest-md5', /manifest-files.json does not match its MD5/],
    ['summary-md5', /manifest-summary.json does not match its MD5/],
    ['item-count', /has \d+ items, the manifest says \d+/],
  ])(
    'that are spoiled (%s) end the reading with exit code 7, and say which file',
    async (corruptNextExport, why) => {
      await rig.control.set({ corruptNextExport });
      const run = await rig.run('exportTable', input({ s3Prefix: `spoiled-${corruptNextExport}` }));
      expect(run.failure).toMatchObject({ type: 'ManifestMismatch' });
      const read = await undrop('exports', 'read', run.state!.aws[0]!.id);
      expect(read.code).toBe(7);
      expect(read.err).toMatch(why);
      expect(read.err).toContain(failures.ManifestMismatch.remedy);
    },
  );

  it('with bytes changed in place are noticed by their MD5, though they are good gzip', async () => {
    const { exportArn } = await exported({ s3Prefix: 'changed' });
    const { Contents = [] } = await rig.clients.s3.send(
      new (await import('@aws-sdk/client-s3')).ListObjectsV2Command({
        Bucket: 'exports',
        Prefix: 'changed/',
      }),
    );
    const keys = Contents.map(({ Key }) => Key!).filter((key) => key.endsWith('.json.gz'));
    const { gzipSync, gunzipSync } = await import('node:zlib');
    for (const Key of keys) {
      const { Body } = await rig.clients.s3.send(new GetObjectCommand({ Bucket: 'exports', Key }));
      const text = gunzipSync(await Body!.transformToByteArray()).toString();
      const changed = gzipSync(text.replaceAll('"N":"', '"N":"1'));
      await rig.clients.s3.send(new PutObjectCommand({ Bucket: 'exports', Key, Body: changed }));
    }
    const read = await undrop('exports', 'read', exportArn);
    expect(read.code).toBe(7);
    expect(read.err).toMatch(/does not match its MD5/);
  });

  it('that cannot be read are told: unknown, still running, failed, in ION, without the right', async () => {
    const unknown = await undrop('exports', 'read', `${ordersArn}/export/01700000000000-abcdef12`);
    expect(unknown).toMatchObject({ code: 5, out: '' });
    const { exportArn } = await leftBehind({ s3Prefix: 'unfinished' });
    const running = await undrop('exports', 'read', exportArn);
    expect(running).toMatchObject({ code: 6, err: expect.stringMatching(/it is IN_PROGRESS/) });
    await rig.control.set(quickSettings);
    const ion = await undrop(
      'exports',
      'read',
      (await exported({ s3Prefix: 'ion', exportFormat: 'ION' })).exportArn,
    );
    expect(ion).toMatchObject({ code: 6, out: '', err: expect.stringMatching(/it is in ION/) });
    const lost = await rig.run('exportTable', input({ s3Bucket: 'gone-bucket', skipPreflight: true }));
    const failed = await undrop('exports', 'read', lost.state!.aws[0]!.id);
    expect(failed).toMatchObject({ code: 6, err: expect.stringMatching(/AWS failed it: S3NoSuchBucket/) });
    await rig.control.addFault({ operation: 'GetObject', times: 10, action: { kind: 'access-denied' } });
    const { exportArn: good } = (
      await rig.operations.lookUp('exports', { tableArn: ordersArn })
    ).exports.find(({ exportStatus }) => exportStatus === 'COMPLETED')!;
    const denied = await undrop('exports', 'read', good);
    expect(denied).toMatchObject({ code: 4, err: expect.stringMatching(/Your own AWS identity reads here/) });
  });
});
