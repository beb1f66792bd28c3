import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { failures, type FailureType } from '../../domain/failures';
import type { ExportTableInput, ExportTableResult } from '../../domain/operations/export-table';
import { ordersArn, quickSettings, Rig, seed } from '../support/rig';

const usual = { ...quickSettings, maxConcurrentExports: 300, corruptNextExport: 'none' };
const hoursAgo = (hours: number) =>
  new Date(Math.floor(Date.now() / 1000) * 1000 - hours * 3_600_000).toISOString();
const input = (more: Partial<ExportTableInput> = {}): ExportTableInput => ({
  tableArn: ordersArn,
  s3Bucket: 'exports',
  ...more,
});

describe('exportTable', () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.startWorker();
  });

  afterEach(async () => {
    await rig.control.clearFaults();
    await rig.control.set(usual);
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  const exports = (prefix?: string) =>
    rig.control
      .operations('ExportTableToPointInTime')
      .then((all) => all.filter(({ parameters }) => parameters.S3Prefix === prefix));
  const effectsOf = async (prefix: string) =>
    (await exports(prefix)).flatMap(({ effectIds }) => effectIds).length;
  const fault = (s3Prefix: string, action: object) =>
    rig.control.addFault({ operation: 'ExportTableToPointInTime', match: { S3Prefix: s3Prefix }, action });
  const exportOf = async (workflowId: string) => {
    const { state } = await rig.until(workflowId, (view) => view.state?.aws.length === 1);
    return state!.aws[0]!.id;
  };
  const objectsUnder = async (Prefix: string) => {
    const { Contents } = await rig.clients.s3.send(new ListObjectsV2Command({ Bucket: 'exports', Prefix }));
    return (Contents ?? []).map(({ Key }) => Key!);
  };

  it('exports the whole table, proves what lies in S3, and tells all about it', async () => {
    const run = await rig.run('exportTable', input());
    expect(run.failure).toBeUndefined();
    const [effect] = await rig.control.effects('ExportTableToPointInTime');
    const exportArn = effect!.detail!.exportArn as string;
    const folder = `AWSDynamoDB/${exportArn.split('/').pop()}/`;
    expect(run.result).toEqual({
      exportArn,
      tableArn: ordersArn,
      s3Bucket: 'exports',
      exportManifest: `${folder}manifest-summary.json`,
      exportTime: expect.stringMatching(/^\d{4}-.*Z$/),
      exportType: 'FULL_EXPORT',
      outputFormat: 'DYNAMODB_JSON',
      window: undefined,
      adopted: false,
      itemCount: seed.options.orderItems,
      billedSizeBytes: expect.any(Number),
      dataFiles: 4,
      objects: (await objectsUnder(folder)).length,
    } satisfies Record<keyof ExportTableResult, unknown>);
    expect(run.state).toMatchObject({
      outcome: 'done',
      steps: [
        { name: 'preflight', state: 'done' },
        { name: 'export', state: 'done' },
      ],
    });
    expect(run.state?.aws).toEqual([{ kind: 'export', id: exportArn, step: 'export' }]);
    expect(run.state?.timeline.map(({ text }) => text)).toContain('proved: 40 items in 4 data files');
    expect((await exports()).map(({ parameters }) => parameters)).toEqual([
      {
        TableArn: ordersArn,
        S3Bucket: 'exports',
        ClientToken: expect.stringMatching(/^undrop-[0-9a-f]{40}$/),
      },
    ]);
  });

  it('passes every parameter on, of a full and of an incremental export', async () => {
    const full = input({
      exportTime: hoursAgo(2),
      clientToken: 'of-my-own',
      s3BucketOwner: '123456789012',
      s3Prefix: 'full/ion',
      s3SseAlgorithm: 'KMS',
      s3SseKmsKeyId: 'alias/exports',
      exportFormat: 'ION',
      exportType: 'FULL_EXPORT',
    });
    const window = { exportFromTime: hoursAgo(26), exportToTime: hoursAgo(2) };
    const incremental = input({
      s3Prefix: 'changes',
      s3SseAlgorithm: 'AES256',
      exportFormat: 'DYNAMODB_JSON',
      exportType: 'INCREMENTAL_EXPORT',
      incrementalExportSpecification: { ...window, exportViewType: 'NEW_IMAGE' },
    });
    const begun = [await rig.begin('exportTable', full), await rig.begin('exportTable', incremental)];
    const [fullRun, changesRun] = [await rig.end(begun[0]!), await rig.end(begun[1]!)];
    expect(fullRun.result).toMatchObject({
      exportTime: full.exportTime,
      exportManifest: expect.stringMatching(/^full\/ion\//),
    });
    expect((await objectsUnder('full/ion/')).filter((key) => key.endsWith('.ion.gz'))).toHaveLength(4);
    expect((changesRun.result as ExportTableResult).itemCount).toBeGreaterThan(0);
    expect(changesRun.result).toMatchObject({
      exportType: 'INCREMENTAL_EXPORT',
      outputFormat: 'DYNAMODB_JSON',
      window: { ...window, outputView: 'NEW_IMAGE' },
    });
    expect(fullRun.result).toMatchObject({ exportType: 'FULL_EXPORT', outputFormat: 'ION' });
    expect((await exports('full/ion')).map(({ parameters }) => parameters)).toEqual([
      {
        TableArn: ordersArn,
        ExportTime: full.exportTime,
        ClientToken: 'of-my-own',
        S3Bucket: 'exports',
        S3BucketOwner: '123456789012',
        S3Prefix: 'full/ion',
        S3SseAlgorithm: 'KMS',
        S3SseKmsKeyId: 'alias/exports',
        ExportFormat: 'ION',
        ExportType: 'FULL_EXPORT',
      },
    ]);
    expect((await exports('changes')).map(({ parameters }) => parameters)).toMatchObject([
      {
        S3SseAlgorithm: 'AES256',
        ExportFormat: 'DYNAMODB_JSON',
        ExportType: 'INCREMENTAL_EXPORT',
        IncrementalExportSpecification: {
          ExportFromTime: window.exportFromTime,
          ExportToTime: window.exportToTime,
          ExportViewType: 'NEW_IMAGE',
        },
      },
    ]);
    const conflict = await rig.run('exportTable', { ...full, s3Prefix: 'elsewhere' });
    expect(conflict.failure).toMatchObject({
      type: 'ExportConflict',
      exit: 6,
      message: expect.stringMatching(/Duplicate request/),
    });
  });

  it.each<{ what: string; settings: object; action?: object; type: FailureType }>([
    {
      what: 'failed on AWS',
      settings: {},
      action: { kind: 'terminal', status: 'FAILED' },
      type: 'ExportFailed',
    },
    {
      what: 'did not prove right',
      settings: { corruptNextExport: 'missing-file' },
      type: 'ManifestMismatch',
    },
  ])(
    'asks for a new export when it is started again and the earlier one $what',
    async ({ settings, action, type }) => {
      await rig.control.set(settings);
      if (action) await fault(`again-${type}`, action);
      const request = input({ s3Prefix: `again-${type}` });
      const first = await rig.operations.start('exportTable', request);
      rig.track(first);
      expect((await rig.end(first.workflowId)).failure).toMatchObject({ type });
      const second = await rig.operations.start('exportTable', request);
      rig.track(second);
      expect(second).toMatchObject({ workflowId: first.workflowId, started: true });
      const done = await rig.end(first.workflowId);
      expect(done.result).toMatchObject({ itemCount: seed.options.orderItems });
      expect(done.state!.timeline.map(({ text }) => text).join('\n')).toMatch(
        /of an earlier attempt .*; asking for a new one/,
      );
      const tokens = (await exports(`again-${type}`)).map(({ parameters }) => parameters.ClientToken);
      // The one that AWS failed is asked for once more by its token; the one that ended is found without.
      const requests = type === 'ExportFailed' ? 3 : 2;
      expect([tokens.length, new Set(tokens).size, await effectsOf(`again-${type}`)]).toEqual([
        requests,
        2,
        2,
      ]);
    },
  );

  it('that is not done by its deadline, or is cancelled, names the export that AWS goes on with; asked again it is taken over', async () => {
    await rig.control.set({ exportSeconds: 3600 });
    const request = input({ s3Prefix: 'slow' });
    const late = await rig.operations.start('exportTable', { ...request, deadline: '1 second' });
    rig.track(late);
    const cancelled = await rig.begin('exportTable', input({ s3Prefix: 'unwanted' }));
    const unwanted = await exportOf(cancelled);
    await rig.operations.cancel(cancelled, 'not needed');
    const handle = (id: string) => [{ kind: 'export', id, step: 'export', orphaned: true }];
    const cancelledRun = await rig.end(cancelled);
    expect(cancelledRun).toMatchObject({ outcome: 'cancelled', failure: { type: 'Cancelled' } });
    expect(cancelledRun.state!.aws).toEqual(handle(unwanted));

    const lateRun = await rig.end(late.workflowId);
    const exportArn = lateRun.state!.aws[0]!.id;
    expect(lateRun.state!.aws).toEqual(handle(exportArn));
    expect(lateRun.failure).toMatchObject({ type: 'DeadlinePassed', remedy: failures.DeadlinePassed.remedy });
    expect(lateRun.failure!.message).toContain(
      `AWS has no way to cancel an export: ${exportArn} goes on to its end`,
    );
    await rig.control.advance(3600);
    const again = await rig.operations.start('exportTable', request);
    rig.track(again);
    expect((await rig.end(again.workflowId)).result).toMatchObject({ exportArn });
    expect(await effectsOf('slow')).toBe(1);
  });

  it('waits while too many exports run, is throttled, and goes through an outage in the middle', async () => {
    await rig.control.set({ maxConcurrentExports: 0 });
    const queued = await rig.begin('exportTable', input({ s3Prefix: 'queued' }));
    const waiting = await rig.until(queued, ({ state }) => state?.steps[1]?.state === 'waiting');
    expect(waiting.state!.steps[1]!.note).toBe(failures.ExportLimitExceeded.remedy);
    await rig.control.set(usual);
    await fault('unruly', { kind: 'throttle' });
    await rig.control.addFault({
      operation: 'DescribeExport',
      action: { kind: 'error', code: 'InternalServerError', status: 500 },
    });
    await rig.control.addFault({ operation: 'GetObject', action: { kind: 'drop-before' } });
    const unruly = await rig.run('exportTable', input({ s3Prefix: 'unruly' }));
    for (const run of [unruly, await rig.end(queued)])
      expect(run.result).toMatchObject({ itemCount: seed.options.orderItems });
    expect([await effectsOf('unruly'), await effectsOf('queued')]).toEqual([1, 1]);
  });
});
