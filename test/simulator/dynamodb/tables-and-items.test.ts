import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  paginateListTables,
  paginateScan,
  type AttributeValue,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { refusal, startRooms, type Rooms } from '../s3/rooms-under-test';

const notes: CreateTableCommandInput = {
  TableName: 'notes',
  AttributeDefinitions: [
    { AttributeName: 'owner', AttributeType: 'S' },
    { AttributeName: 'page', AttributeType: 'N' },
  ],
  KeySchema: [
    { AttributeName: 'owner', KeyType: 'HASH' },
    { AttributeName: 'page', KeyType: 'RANGE' },
  ],
  BillingMode: 'PAY_PER_REQUEST',
};
const TableName = 'notes';
const key = (owner: string, page: number) => ({ owner: { S: owner }, page: { N: String(page) } });

describe('tables and items of the simulated DynamoDB', () => {
  let rooms: Rooms;
  beforeEach(async () => {
    rooms = await startRooms();
    await rooms.dynamodb.send(new CreateTableCommand(notes));
    rooms.advance(1);
  });
  afterEach(() => rooms.close());

  const put = (Item: Record<string, AttributeValue>) =>
    rooms.dynamodb.send(new PutItemCommand({ TableName, Item }));
  const get = async (owner: string, page: number) =>
    (await rooms.dynamodb.send(new GetItemCommand({ TableName, Key: key(owner, page) }))).Item;
  const status = async () =>
    (await rooms.dynamodb.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus;

  it('creates a table that is first CREATING and takes items once ACTIVE', async () => {
    const other = { ...notes, TableName: 'other' };
    const { TableDescription } = await rooms.dynamodb.send(new CreateTableCommand(other));
    expect(TableDescription).toMatchObject({
      TableStatus: 'CREATING',
      TableArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/other',
      CreationDateTime: rooms.now(),
      KeySchema: notes.KeySchema,
      AttributeDefinitions: notes.AttributeDefinitions,
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    });
    const early = rooms.dynamodb.send(new PutItemCommand({ TableName: 'other', Item: key('a', 1) }));
    expect(await refusal(early)).toBe('ResourceNotFoundException: Requested resource not found');
    expect(await status()).toBe('ACTIVE');
  });

  it('counts items and bytes in DescribeTable', async () => {
    await put({ ...key('ann', 1), text: { S: 'hello' } });
    const { Table } = await rooms.dynamodb.send(new DescribeTableCommand({ TableName }));
    // owner+ann 8, page+1 6, text+hello 9
    expect(Table).toMatchObject({ ItemCount: 1, TableSizeBytes: 23 });
  });

  it('deletes a table by way of DELETING, and its name is free after that', async () => {
    await rooms.dynamodb.send(new DeleteTableCommand({ TableName }));
    expect(await status()).toBe('DELETING');
    expect(await refusal(put(key('a', 1)))).toMatch(/^ResourceNotFoundException: /);
    expect(await refusal(rooms.dynamodb.send(new DeleteTableCommand({ TableName })))).toMatch(
      /^ResourceInUseException: .*being deleted: notes/,
    );
    rooms.advance(1);
    expect(await refusal(status())).toBe(
      'ResourceNotFoundException: Requested resource not found: Table: notes not found',
    );
    expect(await refusal(rooms.dynamodb.send(new CreateTableCommand(notes)))).toBe('accepted');
  });

  it.each<[string, Partial<CreateTableCommandInput>, RegExp]>([
    ['a name in use', {}, /^ResourceInUseException: Table already exists: notes$/],
    ['a bad name', { TableName: 'a b!' }, /^ValidationException: .*'tableName'/],
    [
      'a key without definition',
      { TableName: 'x.y', AttributeDefinitions: [] },
      /^ValidationException: .*Keys: \[owner\]/,
    ],
    [
      'an index',
      { TableName: 'x.y', GlobalSecondaryIndexes: [] },
      /^ValidationException: .*GlobalSecondaryIndexes/,
    ],
    [
      'no throughput',
      { TableName: 'x.y', BillingMode: 'PROVISIONED' },
      /^ValidationException: .*ReadCapacityUnits/,
    ],
  ])('refuses to create a table with %s', async (_, change, expected) => {
    expect(await refusal(rooms.dynamodb.send(new CreateTableCommand({ ...notes, ...change })))).toMatch(
      expected,
    );
  });

  it('lists tables by name, in pages', async () => {
    for (const name of ['beta', 'alpha', 'zeta']) {
      await rooms.dynamodb.send(new CreateTableCommand({ ...notes, TableName: name }));
    }
    const pages: (string[] | undefined)[] = [];
    for await (const page of paginateListTables({ client: rooms.dynamodb, pageSize: 3 }, {}))
      pages.push(page.TableNames);
    expect(pages).toEqual([['alpha', 'beta', 'notes'], ['zeta']]);
    expect(await refusal(rooms.dynamodb.send(new ListTablesCommand({ Limit: 101 })))).toMatch(
      /^ValidationException: /,
    );
  });

  it('gives back every attribute type as it was put, numbers in their canonical form', async () => {
    const bytes = Buffer.from([0, 255]);
    const item = {
      ...key('ann', 1),
      n: { N: '0012.500' },
      big: { N: '6e2' },
      b: { B: bytes },
      ss: { SS: ['x', 'y'] },
      ns: { NS: ['1.0', '-0.50'] },
      bs: { BS: [bytes] },
      l: { L: [{ S: 'x' }, { N: '1e-2' }] },
      m: { M: { deep: { M: { n: { N: '-0' } } } } },
      no: { NULL: true as const },
      yes: { BOOL: true },
    };
    await put(item);
    const got = await get('ann', 1);
    expect({ ...got, b: undefined, bs: undefined }).toEqual({
      ...item,
      n: { N: '12.5' },
      big: { N: '600' },
      b: undefined,
      bs: undefined,
      ns: { NS: ['1', '-0.5'] },
      l: { L: [{ S: 'x' }, { N: '0.01' }] },
      m: { M: { deep: { M: { n: { N: '0' } } } } },
    });
    expect([got?.b?.B, got?.bs?.BS?.[0]].map((value) => Buffer.from(value ?? []))).toEqual([bytes, bytes]);
  });

  it('knows one number by all its spellings when it is a key', async () => {
    await put({ ...key('ann', 1), text: { S: 'here' } });
    const Key = { owner: { S: 'ann' }, page: { N: '1.0' } };
    const { Item } = await rooms.dynamodb.send(new GetItemCommand({ TableName, Key }));
    expect(Item?.text).toEqual({ S: 'here' });
  });

  it.each<[string, Record<string, AttributeValue>, string]>([
    ['a missing key', { owner: { S: 'a' } }, 'Missing the key page in the item'],
    [
      'a key of another type',
      { owner: { N: '1' }, page: { N: '1' } },
      'Type mismatch for key owner expected: S actual: N',
    ],
    ['an empty key', key('', 1), 'cannot contain an empty string value. Key: owner'],
    [
      'a number that is none',
      { ...key('a', 1), n: { N: 'one' } },
      'cannot be converted to a numeric value: one',
    ],
    ['39 digits', { ...key('a', 1), n: { N: '1'.repeat(39) } }, 'more than 38 significant digits'],
    ['more than 400 KB', { ...key('a', 1), t: { S: 'x'.repeat(409_600) } }, 'Item size has exceeded'],
  ])('refuses an item with %s', async (_, item, expected) => {
    const answer = await refusal(put(item));
    expect(answer).toMatch(/^ValidationException: /);
    expect(answer).toContain(expected);
    expect((await rooms.dynamodb.send(new ScanCommand({ TableName }))).Count).toBe(0);
  });

  it('refuses a key that is not the whole key and nothing else', async () => {
    const read = (Key: Record<string, AttributeValue>) =>
      rooms.dynamodb.send(new GetItemCommand({ TableName, Key }));
    const expected = 'ValidationException: The provided key element does not match the schema';
    expect(await refusal(read({ owner: { S: 'a' } }))).toBe(expected);
    expect(await refusal(read({ ...key('a', 1), more: { S: 'b' } }))).toBe(expected);
  });

  it('replaces and deletes items, with the old image on request', async () => {
    await put({ ...key('ann', 1), v: { N: '1' } });
    const second = { ...key('ann', 1), v: { N: '2' } };
    const replaced = await rooms.dynamodb.send(
      new PutItemCommand({ TableName, Item: second, ReturnValues: 'ALL_OLD' }),
    );
    expect(replaced.Attributes?.v).toEqual({ N: '1' });
    const Delete = new DeleteItemCommand({ TableName, Key: key('ann', 1), ReturnValues: 'ALL_OLD' });
    expect((await rooms.dynamodb.send(Delete)).Attributes?.v).toEqual({ N: '2' });
    expect(await get('ann', 1)).toBeUndefined();
    expect((await rooms.dynamodb.send(Delete)).Attributes).toBeUndefined();
  });

  it('evaluates attribute_not_exists and attribute_exists, and refuses other conditions by name', async () => {
    const conditional = (ConditionExpression: string) =>
      rooms.dynamodb.send(new PutItemCommand({ TableName, Item: key('ann', 1), ConditionExpression }));
    expect(await refusal(conditional('attribute_exists(owner)'))).toMatch(
      /^ConditionalCheckFailedException: /,
    );
    expect(await refusal(conditional('attribute_not_exists(owner)'))).toBe('accepted');
    expect(await refusal(conditional('attribute_not_exists(owner)'))).toMatch(
      /^ConditionalCheckFailedException: /,
    );
    expect(await refusal(conditional('size(owner) > 3'))).toMatch(/no ConditionExpression size\(owner\) > 3/);
  });

  it('does not know UpdateItem, and says so by name', async () => {
    const update = new UpdateItemCommand({ TableName, Key: key('ann', 1), UpdateExpression: 'SET a = b' });
    expect(await refusal(rooms.dynamodb.send(update))).toMatch(/UnknownOperationException|UpdateItem/);
  });

  it('writes and reads batches, and a refused batch writes nothing', async () => {
    const write = (...requests: object[]) =>
      rooms.dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
    await write({ PutRequest: { Item: key('a', 1) } }, { PutRequest: { Item: key('a', 2) } });
    await write({ DeleteRequest: { Key: key('a', 1) } });
    const { Responses } = await rooms.dynamodb.send(
      new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [key('a', 1), key('a', 2)] } } }),
    );
    expect(Responses?.[TableName]).toEqual([key('a', 2)]);
    const twice = [1, 1].map(() => ({ PutRequest: { Item: key('b', 1) } }));
    expect(await refusal(write(...twice))).toMatch(/contains duplicates/);
    const many = Array.from({ length: 26 }, (_, page) => ({ PutRequest: { Item: key('c', page) } }));
    expect(await refusal(write(...many))).toMatch(/Too many items/);
    expect((await rooms.dynamodb.send(new ScanCommand({ TableName }))).Count).toBe(1);
  });

  it.each([1, 3, 100])('scans every item once in pages of %i', async (Limit) => {
    for (const owner of ['a', 'b', 'c']) for (const page of [10, 2]) await put(key(owner, page));
    await rooms.dynamodb.send(new DeleteItemCommand({ TableName, Key: key('b', 2) }));
    const seen: string[] = [];
    for await (const { Items = [], Count } of paginateScan(
      { client: rooms.dynamodb },
      { TableName, Limit },
    )) {
      expect(Count).toBeLessThanOrEqual(Limit);
      seen.push(...Items.map(({ owner, page }) => `${owner?.S}${page?.N}`));
    }
    expect(seen.sort()).toEqual(['a10', 'a2', 'b10', 'c10', 'c2']);
  });

  it('scans partition by partition, each in the order of its sort key', async () => {
    for (const page of [10, 2, 30]) for (const owner of ['a', 'b']) await put(key(owner, page));
    const { Items = [] } = await rooms.dynamodb.send(new ScanCommand({ TableName }));
    const order = Items.map(({ owner, page }) => `${owner?.S}${page?.N}`);
    const [a, b] = ['a', 'b'].map((owner) => [2, 10, 30].map((page) => `${owner}${page}`));
    expect([
      [...(a ?? []), ...(b ?? [])],
      [...(b ?? []), ...(a ?? [])],
    ]).toContainEqual(order);
  });

  it('ends a page at 1 MB', async () => {
    for (let page = 0; page < 5; page += 1)
      await put({ ...key('a', page), text: { S: 'x'.repeat(300_000) } });
    const { Count, LastEvaluatedKey } = await rooms.dynamodb.send(new ScanCommand({ TableName }));
    expect([Count, LastEvaluatedKey]).toEqual([4, key('a', 3)]);
  });

  it('queries one partition in the order of its sort key, forward and back', async () => {
    for (const page of [10, 2, -1]) await put(key('a', page));
    await put(key('b', 5));
    const query = async (more: object = {}) => {
      const { Items = [] } = await rooms.dynamodb.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: '#o = :o',
          ExpressionAttributeNames: { '#o': 'owner' },
          ExpressionAttributeValues: { ':o': { S: 'a' } },
          ...more,
        }),
      );
      return Items.map(({ page }) => page?.N);
    };
    expect(await query()).toEqual(['-1', '2', '10']);
    expect(await query({ ScanIndexForward: false })).toEqual(['10', '2', '-1']);
    const exact = {
      KeyConditionExpression: '#o = :o AND page = :p',
      ExpressionAttributeValues: { ':o': { S: 'a' }, ':p': { N: '2.0' } },
    };
    expect(await query(exact)).toEqual(['2']);
    expect(await refusal(query({ FilterExpression: 'a = :o' }))).toMatch(/no FilterExpression/);
    expect(await refusal(query({ KeyConditionExpression: '#o = :o AND page > :o' }))).toMatch(
      /no KeyCondition/,
    );
  });
});
