import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { seedOrders } from '../../../simulator/dynamodb';
import { startRooms, type Rooms } from '../s3/rooms-under-test';
import { at } from './export-rooms';

const TableName = 'orders';
const dayS = 86_400;

describe('the seeded table orders', () => {
  let rooms: Rooms;
  beforeEach(async () => {
    rooms = await startRooms();
    seedOrders(rooms.world, 300);
  });
  afterEach(() => rooms.close());

  it('is active, with as many items as asked for and PITR on for a week', async () => {
    const { Table } = await rooms.dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      ItemCount: 300,
      CreationDateTime: at(-31 * dayS),
      KeySchema: [{ AttributeName: 'order_id', KeyType: 'HASH' }],
    });
    const { ContinuousBackupsDescription } = await rooms.dynamodb.send(
      new DescribeContinuousBackupsCommand({ TableName }),
    );
    expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toEqual({
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: 35,
      EarliestRestorableDateTime: at(-7 * dayS),
      LatestRestorableDateTime: at(-300),
    });
  });

  it('has a past spread over a month, where two of three orders were shipped', async () => {
    const { Items = [] } = await rooms.dynamodb.send(new ScanCommand({ TableName }));
    const shipped = Items.filter(({ status }) => status?.S === 'shipped');
    expect([Items.length, shipped.length]).toEqual([300, 200]);
    const placed = Items.map(({ placed_at: time }) => time?.S ?? '').sort();
    expect(placed[0]).toBe(at(-30 * dayS).toISOString());
    expect((placed.at(-1) ?? '') > at(-dayS).toISOString()).toBe(true);
  });

  it('is the same in every world', async () => {
    const other = await startRooms();
    seedOrders(other.world, 300);
    const scan = async ({ dynamodb }: Rooms) => (await dynamodb.send(new ScanCommand({ TableName }))).Items;
    expect(await scan(other)).toEqual(await scan(rooms));
    await other.close();
  });
});
