import {
  DescribeExportCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ExportTableToPointInTimeCommand,
} from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startSimulator, type Simulator } from '../../../simulator';
import { md5Base64 } from './export-rooms';

describe('DynamoDB and S3 inside the whole simulator', () => {
  let simulator: Simulator;
  let dynamodb: DynamoDBClient;
  let s3: S3Client;
  beforeEach(async () => {
    simulator = await startSimulator({
      settings: { clockSpeed: 0 },
      createWarehouse: () => Promise.reject(new Error('no SQL here')),
    });
    const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' };
    const common = { region: simulator.world.region, endpoint: simulator.url, credentials, maxAttempts: 1 };
    dynamodb = new DynamoDBClient(common);
    s3 = new S3Client({ ...common, forcePathStyle: true });
  });
  afterEach(async () => {
    dynamodb.destroy();
    s3.destroy();
    await simulator.close();
  });

  const read = async (Key: string) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'exports', Key }));
    return (await Body?.transformToString()) ?? '';
  };

  it('exports the seeded table to the seeded bucket, where the S3 client can prove it', async () => {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'orders' }));
    const request = { TableArn: Table?.TableArn, S3Bucket: 'exports', ClientToken: 'token' };
    const { ExportDescription } = await dynamodb.send(new ExportTableToPointInTimeCommand(request));
    await simulator.advance(simulator.world.settings.exportSeconds);
    const { ExportArn } = ExportDescription ?? {};
    const { ExportDescription: done } = await dynamodb.send(new DescribeExportCommand({ ExportArn }));
    expect(done).toMatchObject({ ExportStatus: 'COMPLETED', ItemCount: Table?.ItemCount });
    const summary = await read(done?.ExportManifest ?? '');
    expect(await read((done?.ExportManifest ?? '').replace('.json', '.md5'))).toBe(md5Base64(summary));
    expect((JSON.parse(summary) as { itemCount: number }).itemCount).toBe(Table?.ItemCount);
    expect(simulator.effects.list().map(({ kind, businessKey }) => [kind, businessKey])).toEqual([
      ['ExportTableToPointInTime', 'token'],
    ]);
  });

  it('forgets exports and objects at a reset', async () => {
    simulator.world.objects.put('exports', 'left-over', Buffer.from('x'));
    await simulator.reset();
    expect(simulator.world.objects.keys('exports')).toEqual([]);
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'orders' }));
    expect(Table?.ItemCount).toBeGreaterThan(0);
  });
});
