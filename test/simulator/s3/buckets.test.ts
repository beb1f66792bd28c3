import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { refusal, startRooms, type Rooms } from './rooms-under-test';

describe('buckets of the simulated S3', () => {
  let rooms: Rooms;
  beforeEach(async () => {
    rooms = await startRooms();
  });
  afterEach(() => rooms.close());

  it('creates, heads, lists and deletes a bucket', async () => {
    await rooms.s3.send(new CreateBucketCommand({ Bucket: 'exports' }));
    await rooms.s3.send(new HeadBucketCommand({ Bucket: 'exports' }));
    const { Buckets } = await rooms.s3.send(new ListBucketsCommand({}));
    expect(Buckets).toEqual([{ Name: 'exports', CreationDate: rooms.now() }]);
    await rooms.s3.send(new DeleteBucketCommand({ Bucket: 'exports' }));
    expect(rooms.world.objects.bucketExists('exports')).toBe(false);
  });

  it('refuses to create a bucket twice outside us-east-1', async () => {
    await rooms.s3.send(new CreateBucketCommand({ Bucket: 'exports' }));
    expect(await refusal(rooms.s3.send(new CreateBucketCommand({ Bucket: 'exports' })))).toMatch(
      /^BucketAlreadyOwnedByYou: /,
    );
  });

  it('lets the owner create a bucket twice in us-east-1', async () => {
    const virginia = await startRooms({ region: 'us-east-1' });
    await virginia.s3.send(new CreateBucketCommand({ Bucket: 'exports' }));
    expect(await refusal(virginia.s3.send(new CreateBucketCommand({ Bucket: 'exports' })))).toBe('accepted');
    const { LocationConstraint } = await virginia.s3.send(
      new GetBucketLocationCommand({ Bucket: 'exports' }),
    );
    expect(LocationConstraint ?? '').toBe('');
    await virginia.close();
  });

  it('refuses the name of a bucket that belongs to another account', async () => {
    rooms.world.objects.createBucket('exports', { ownerAccountId: '999999999999' });
    expect(await refusal(rooms.s3.send(new CreateBucketCommand({ Bucket: 'exports' })))).toMatch(
      /^BucketAlreadyExists: /,
    );
  });

  it('refuses a location constraint of another region', async () => {
    const CreateBucketConfiguration = { LocationConstraint: 'us-west-2' } as const;
    const call = rooms.s3.send(new CreateBucketCommand({ Bucket: 'exports', CreateBucketConfiguration }));
    expect(await refusal(call)).toMatch(/^IllegalLocationConstraintException: The us-west-2 /);
  });

  it.each(['ab', 'Exports', 'ex_ports', '192.168.1.1', 'ends-'])(
    'refuses the bucket name %s',
    async (Bucket) => {
      expect(await refusal(rooms.s3.send(new CreateBucketCommand({ Bucket })))).toMatch(
        /^InvalidBucketName: /,
      );
    },
  );

  it('keeps a bucket that still holds objects', async () => {
    rooms.world.objects.createBucket('exports');
    rooms.world.objects.put('exports', 'a', Buffer.from('a'));
    expect(await refusal(rooms.s3.send(new DeleteBucketCommand({ Bucket: 'exports' })))).toMatch(
      /^BucketNotEmpty: /,
    );
    expect(rooms.world.objects.bucketExists('exports')).toBe(true);
  });

  it('names the region of a bucket', async () => {
    rooms.world.objects.createBucket('exports');
    const { LocationConstraint } = await rooms.s3.send(new GetBucketLocationCommand({ Bucket: 'exports' }));
    expect(LocationConstraint).toBe('eu-central-1');
  });

  it('answers 404 for a missing bucket, with a code wherever a body is allowed', async () => {
    expect(await refusal(rooms.s3.send(new HeadBucketCommand({ Bucket: 'nothing' })))).toMatch(/^NotFound: /);
    const get = rooms.s3.send(new GetObjectCommand({ Bucket: 'nothing', Key: 'a' }));
    expect(await refusal(get)).toBe('NoSuchBucket: The specified bucket does not exist');
  });

  it('answers AccessDenied when the expected owner is not the owner', async () => {
    rooms.world.objects.createBucket('exports', { ownerAccountId: '999999999999' });
    const put = (ExpectedBucketOwner: string) =>
      rooms.s3.send(new PutObjectCommand({ Bucket: 'exports', Key: 'a', Body: 'a', ExpectedBucketOwner }));
    expect(await refusal(put('123456789012'))).toBe('AccessDenied: Access Denied');
    expect(await refusal(put('999999999999'))).toBe('accepted');
    const head = new HeadBucketCommand({ Bucket: 'exports', ExpectedBucketOwner: '123456789012' });
    await expect(rooms.s3.send(head)).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it('refuses what it does not simulate by its name', async () => {
    rooms.world.objects.createBucket('exports');
    expect(await refusal(rooms.s3.send(new GetBucketPolicyCommand({ Bucket: 'exports' })))).toMatch(
      /^NotImplemented: .*policy \(GetBucketPolicy\)$/,
    );
    const tagging = new PutObjectTaggingCommand({ Bucket: 'exports', Key: 'a', Tagging: { TagSet: [] } });
    expect(await refusal(rooms.s3.send(tagging))).toMatch(/^NotImplemented: .*tagging \(PutObjectTagging\)$/);
    expect(await refusal(rooms.s3.send(new ListObjectsCommand({ Bucket: 'exports' })))).toMatch(
      /^NotImplemented: .*ListObjects$/,
    );
  });

  it('logs each request under its API name with its outcome', async () => {
    rooms.world.objects.createBucket('exports');
    await rooms.s3.send(new PutObjectCommand({ Bucket: 'exports', Key: 'a/b c', Body: 'x' }));
    await refusal(rooms.s3.send(new GetObjectCommand({ Bucket: 'exports', Key: 'gone' })));
    expect(rooms.log.list().map(({ service, operation, outcome }) => [service, operation, outcome])).toEqual([
      ['s3', 'PutObject', 'ok'],
      ['s3', 'GetObject', 'NoSuchKey'],
    ]);
  });

  it('answers a scripted refusal in the XML of S3', async () => {
    rooms.world.objects.createBucket('exports');
    rooms.faults.add({ service: 's3', operation: 'HeadBucket', action: { kind: 'access-denied' } });
    rooms.faults.add({ service: 's3', operation: 'GetObject', action: { kind: 'throttle' } });
    const head = rooms.s3.send(new HeadBucketCommand({ Bucket: 'exports' }));
    await expect(head).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    const get = rooms.s3.send(new GetObjectCommand({ Bucket: 'exports', Key: 'a' }));
    await expect(get).rejects.toMatchObject({ name: 'SlowDown', $metadata: { httpStatusCode: 503 } });
  });
});
