import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { failures, type FailureType } from '../../domain/failures';
import type { ExportTableInput } from '../../domain/operations/export-table';
import { ordersArn, quickSettings, Rig } from '../support/rig';

const usual = { ...quickSettings, corruptNextExport: 'none' };
const hoursAgo = (hours: number) =>
  new Date(Math.floor(Date.now() / 1000) * 1000 - hours * 3_600_000).toISOString();
const input = (more: Partial<ExportTableInput> = {}): ExportTableInput => ({
  tableArn: ordersArn,
  s3Bucket: 'exports',
  ...more,
});

describe('an export', () => {
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

  const fault = (s3Prefix: string, action: object) =>
    rig.control.addFault({ operation: 'ExportTableToPointInTime', match: { S3Prefix: s3Prefix }, action });
  const exportOf = async (workflowId: string) => {
    const { state } = await rig.until(workflowId, (view) => view.state?.aws.length === 1);
    return state!.aws[0]!.id;
  };

  const incremental = (exportFromTime: string, exportToTime?: string): Partial<ExportTableInput> => ({
    exportType: 'INCREMENTAL_EXPORT',
    incrementalExportSpecification: { exportFromTime, ...(exportToTime && { exportToTime }) },
  });
  it.each<{ what: string; more: Partial<ExportTableInput>; type: FailureType; exit: number; why: RegExp }>([
    {
      what: 'an unknown table',
      more: { tableArn: ordersArn.replace('orders', 'odrers') },
      type: 'TableNotFound',
      exit: 5,
      why: /Table.*not found.*odrers|odrers not found/,
    },
    {
      what: 'a table of another account',
      more: { tableArn: ordersArn.replace('123456789012', '999999999999') },
      type: 'AccessDenied',
      exit: 4,
      why: /Access is denied/,
    },
    {
      what: 'a table without point-in-time recovery',
      more: { tableArn: ordersArn.replace('orders', 'no_pitr') },
      type: 'PointInTimeRecoveryOff',
      exit: 6,
      why: /no_pitr/,
    },
    {
      what: 'a moment before the window',
      more: { exportTime: hoursAgo(24 * 20) },
      type: 'InvalidExportTime',
      exit: 6,
      why: /before the restorable window|not available for specified export time/,
    },
    {
      what: 'a moment to come',
      more: { exportTime: hoursAgo(-1) },
      type: 'InvalidExportTime',
      exit: 6,
      why: /is yet to come|Export Time is invalid/,
    },
    {
      what: 'changes from before the window',
      more: incremental(hoursAgo(24 * 20), hoursAgo(24 * 20 - 1)),
      type: 'InvalidExportTime',
      exit: 6,
      why: /before the restorable window|not available for specified export time/,
    },
    {
      what: 'changes of the last five minutes',
      more: incremental(hoursAgo(1 / 12)),
      type: 'InvalidExportTime',
      exit: 6,
      why: /less than 15 minutes/,
    },
    {
      what: 'a KMS key that is none',
      more: { s3SseAlgorithm: 'KMS', s3SseKmsKeyId: 'no key!' },
      type: 'InvalidRequest',
      exit: 2,
      why: /s3SseKmsKeyId/,
    },
  ])(
    'is refused $what, with and without the preflight; nothing is begun',
    async ({ more, type, exit, why }) => {
      if (type === 'PointInTimeRecoveryOff') {
        const key = { AttributeName: 'id' } as const;
        await rig.clients.dynamodb.send(
          new CreateTableCommand({
            TableName: 'no_pitr',
            AttributeDefinitions: [{ ...key, AttributeType: 'S' }],
            KeySchema: [{ ...key, KeyType: 'HASH' }],
            BillingMode: 'PAY_PER_REQUEST',
          }),
        );
      }
      const before = await rig.control.effects('ExportTableToPointInTime');
      const { remedy, http } = failures[type];
      for (const skipPreflight of [false, true]) {
        const run = await rig.run('exportTable', input({ ...more, skipPreflight }));
        expect(run.failure).toEqual({ type, exit, http, remedy, message: expect.stringMatching(why) });
        expect(run.failure!.message).toMatch(
          /^export of the table failed \[table=arn:.*, bucket=exports\]: /,
        );
        expect(run.state).toMatchObject({ outcome: 'failed', aws: [] });
      }
      expect(await rig.control.effects('ExportTableToPointInTime')).toEqual(before);
    },
  );

  it('that AWS fails later is told with the reason, and names the export', async () => {
    await fault('out-of-luck', {
      kind: 'terminal',
      status: 'FAILED',
      message: 'InternalServerError: out of luck',
    });
    const cases: [Partial<ExportTableInput>, FailureType, number, RegExp][] = [
      [
        { s3Bucket: 'no-such-bucket', skipPreflight: true },
        'ExportBucketMissing',
        5,
        /bucket=no-such-bucket\]: S3NoSuchBucket: The specified bucket/,
      ],
      [{ s3BucketOwner: '999999999999' }, 'ExportAccessDenied', 4, /S3AccessDenied: Access Denied/],
      [
        { s3SseAlgorithm: 'KMS', s3SseKmsKeyId: 'arn:aws:kms:us-east-1:1:key/k' },
        'ExportFailed',
        1,
        /KmsNotFoundException/,
      ],
      [{ s3Prefix: 'out-of-luck' }, 'ExportFailed', 1, /InternalServerError: out of luck/],
    ];
    const begun = await Promise.all(cases.map(([more]) => rig.begin('exportTable', input(more))));
    for (const [index, [, type, exit, why]] of cases.entries()) {
      const run = await rig.end(begun[index]!);
      const exportArn = run.state!.aws[0]!.id;
      expect(run.failure).toMatchObject({ type, exit, remedy: failures[type].remedy });
      expect(run.failure!.message).toMatch(why);
      expect(run.failure!.message).toContain(`[export=${exportArn}, `);
    }
  });

  it('fails as ManifestMismatch for each way in which the files can be wrong, and names the file', async () => {
    const wrong = {
      'manifest-md5': /manifest-files.json does not match its MD5/,
      'summary-md5': /manifest-summary.json does not match its MD5/,
      'data-file': /data\/[a-z2-7]{26}.json.gz is not the object that was exported/,
      'missing-file': /data\/[a-z2-7]{26}.json.gz is not there/,
      'item-count': /items do not add up: data files 41, manifest 40, export 40/,
    };
    const begun: string[] = [];
    for (const corruptNextExport of Object.keys(wrong)) {
      await rig.control.set({ corruptNextExport });
      begun.push(await rig.begin('exportTable', input({ s3Prefix: corruptNextExport })));
      await exportOf(begun.at(-1)!);
    }
    for (const [index, why] of Object.values(wrong).entries()) {
      const { failure } = await rig.end(begun[index]!);
      expect(failure).toMatchObject({
        type: 'ManifestMismatch',
        exit: 7,
        remedy: failures.ManifestMismatch.remedy,
      });
      expect(failure!.message).toMatch(why);
    }
  });
});
