import {
  CreateTableCommand,
  DescribeContinuousBackupsCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { refusal, startRooms, type Rooms } from '../s3/rooms-under-test';

const TableName = 'fresh';

describe('point-in-time recovery of the simulated DynamoDB', () => {
  let rooms: Rooms;
  beforeEach(async () => {
    rooms = await startRooms({ settings: { tableChangeSeconds: 1, continuousBackupsDelaySeconds: 5 } });
    await rooms.dynamodb.send(
      new CreateTableCommand({
        TableName,
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    rooms.advance(1);
  });
  afterEach(() => rooms.close());

  const describeBackups = async (name = TableName) =>
    (await rooms.dynamodb.send(new DescribeContinuousBackupsCommand({ TableName: name })))
      .ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  const update = async (PointInTimeRecoveryEnabled: boolean, RecoveryPeriodInDays?: number) =>
    (
      await rooms.dynamodb.send(
        new UpdateContinuousBackupsCommand({
          TableName,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled, RecoveryPeriodInDays },
        }),
      )
    ).ContinuousBackupsDescription?.PointInTimeRecoveryDescription;

  it('cannot be switched on in the first seconds of a table', async () => {
    expect(await refusal(update(true))).toBe(
      'ContinuousBackupsUnavailableException: Backups are being enabled for the table: fresh. Please retry later',
    );
    rooms.advance(5);
    expect(await refusal(update(true))).toBe('accepted');
  });

  it('starts with both ends of its window at the moment it was switched on', async () => {
    expect(await describeBackups()).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
    rooms.advance(5.4);
    const since = new Date('2026-11-20T12:00:06.000Z');
    expect(await update(true)).toEqual({
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: 35,
      EarliestRestorableDateTime: since,
      LatestRestorableDateTime: since,
    });
  });

  it('moves the latest moment on at some minutes behind now, and the earliest when the period has passed', async () => {
    rooms.advance(5);
    await update(true, 2);
    rooms.advance(3 * 86_400);
    const now = rooms.now().getTime();
    expect(await describeBackups()).toEqual({
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: 2,
      EarliestRestorableDateTime: new Date(now - 2 * 86_400_000),
      LatestRestorableDateTime: new Date(now - 300_000),
    });
  });

  it('keeps its beginning when only the period changes, and begins anew after it was off', async () => {
    rooms.advance(5);
    const first = await update(true);
    rooms.advance(3600);
    expect((await update(true, 10))?.EarliestRestorableDateTime).toEqual(first?.EarliestRestorableDateTime);
    expect(await update(false)).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
    expect((await update(true))?.EarliestRestorableDateTime).toEqual(rooms.now());
  });

  it('shows as ENABLED only after a while where the world says so', async () => {
    rooms.world.settings.pitrEnableSeconds = 30;
    rooms.advance(5);
    expect(await update(true)).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
    rooms.advance(30);
    expect((await describeBackups())?.PointInTimeRecoveryStatus).toBe('ENABLED');
  });

  it.each([0, 36])('refuses a recovery period of %i days', async (days) => {
    expect(await refusal(update(true, days))).toMatch(/^ValidationException: .*recoveryPeriodInDays/);
  });

  it('answers TableNotFoundException for a table that is not there', async () => {
    expect(await refusal(describeBackups('nothing'))).toBe(
      'TableNotFoundException: Table not found: nothing',
    );
  });
});
