import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListTopicsCommand,
  paginateListTopics,
  PublishCommand,
  SNSClient,
  type PublishCommandInput,
} from '@aws-sdk/client-sns';
import { startSimulator, type Simulator } from '../../../simulator';
import { addTopic } from '../../../simulator/sns/topics';
import { refusalOf } from '../support/refusal';

let simulator: Simulator;
let sns: SNSClient;
const arn = (name: string) => `arn:aws:sns:eu-central-1:123456789012:${name}`;
const standard = arn('runs');
const fifo = arn('runs.fifo');

beforeEach(async () => {
  simulator = await startSimulator({
    seed: ({ rooms }) => {
      addTopic(rooms.sns.context, 'runs');
      addTopic(rooms.sns.context, 'runs.fifo');
    },
    settings: { clockSpeed: 0 },
  });
  sns = new SNSClient({
    endpoint: simulator.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
    maxAttempts: 1,
  });
});
afterEach(async () => {
  sns.destroy();
  await simulator.close();
});

const publish = (input: Partial<PublishCommandInput>) =>
  sns.send(new PublishCommand({ TopicArn: standard, Message: 'done', ...input }));
const once = { TopicArn: fifo, MessageGroupId: 'a', MessageDeduplicationId: 'id-1' };
const messages = async () => {
  const response = await fetch(`${simulator.url}/_simulator/messages`);
  return ((await response.json()) as { messages: Record<string, unknown>[] }).messages;
};

describe('topics', () => {
  it('are made once for one name, and listed and described', async () => {
    const make = () => sns.send(new CreateTopicCommand({ Name: 'alarms' }));
    expect((await make()).TopicArn).toBe(arn('alarms'));
    expect((await make()).TopicArn).toBe(arn('alarms'));
    expect(simulator.effects.list({ kind: 'CreateTopic' })).toHaveLength(1);
    const { Topics } = await sns.send(new ListTopicsCommand({}));
    expect(Topics?.map(({ TopicArn }) => TopicArn)).toEqual([standard, fifo, arn('alarms')]);
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: fifo }));
    expect(Attributes).toMatchObject({
      TopicArn: fifo,
      FifoTopic: 'true',
      ContentBasedDeduplication: 'false',
    });
  });

  it('are listed 100 a page', async () => {
    for (let count = 1; count <= 150; count += 1) addTopic(simulator.rooms.sns.context, `t${count}`);
    const sizes: number[] = [];
    for await (const { Topics } of paginateListTopics({ client: sns }, {})) sizes.push(Topics?.length ?? 0);
    expect(sizes).toEqual([100, 52]);
  });

  it('are refused under a name that cannot be, or with other attributes than they have', async () => {
    const named = (Name: string, Attributes?: Record<string, string>) =>
      refusalOf(sns.send(new CreateTopicCommand({ Name, Attributes })));
    for (const [name, attributes] of [
      ['with space', undefined],
      ['plain.fifo', undefined],
      ['plain', { FifoTopic: 'true' }],
      ['runs.fifo', { FifoTopic: 'true', ContentBasedDeduplication: 'true' }],
    ] as const)
      expect(await named(name, attributes)).toMatchObject({
        name: 'InvalidParameterException',
        code: 'InvalidParameter',
        status: 400,
      });
  });

  it('answer NotFound with 404 where there is none', async () => {
    const gone = {
      name: 'NotFoundException',
      code: 'NotFound',
      status: 404,
      message: 'Topic does not exist',
    };
    expect(await refusalOf(publish({ TopicArn: arn('nothing') }))).toEqual(gone);
    const look = sns.send(new GetTopicAttributesCommand({ TopicArn: arn('nothing') }));
    expect(await refusalOf(look)).toEqual(gone);
  });
});

describe('Publish', () => {
  it('keeps what subscribers would get, with subject and attributes', async () => {
    const MessageAttributes = { outcome: { DataType: 'String', StringValue: 'failed' } };
    const { MessageId } = await publish({ Subject: 'A run failed', MessageAttributes });
    expect(await messages()).toEqual([
      {
        messageId: MessageId,
        topic: standard,
        at: expect.any(String),
        subject: 'A run failed',
        message: 'done',
        attributes: MessageAttributes,
      },
    ]);
  });

  it('sends twice to a standard topic what is asked for twice', async () => {
    const [first, second] = [await publish({}), await publish({})];
    expect(first.MessageId).not.toBe(second.MessageId);
    expect(simulator.effects.list({ kind: 'Publish' })).toHaveLength(2);
  });

  it('sends once to a FIFO topic what has one deduplication id, for five minutes', async () => {
    const first = await publish(once);
    await simulator.advance(299);
    expect(await publish(once)).toMatchObject({
      MessageId: first.MessageId,
      SequenceNumber: first.SequenceNumber,
    });
    expect(simulator.effects.list({ kind: 'Publish', businessKey: 'runs.fifo/id-1' })).toHaveLength(1);
    await simulator.advance(2);
    expect((await publish(once)).MessageId).not.toBe(first.MessageId);
    expect(await messages()).toHaveLength(2);
  });

  it('sends once to a FIFO topic that goes by content what has one text', async () => {
    const byContent = addTopic(simulator.rooms.sns.context, 'texts.fifo', true);
    for (const Message of ['one', 'one', 'two'])
      await publish({ TopicArn: byContent.arn, Message, MessageGroupId: 'a' });
    expect((await messages()).map(({ message }) => message)).toEqual(['one', 'two']);
  });

  it.each([
    ['no message', { Message: '' }],
    ['more than 256 KB', { Message: 'x'.repeat(262_145) }],
    ['a subject of 101 characters', { Subject: 'x'.repeat(101) }],
    ['a subject of two lines', { Subject: 'one\ntwo' }],
    ['a topic that is no ARN', { TopicArn: 'runs' }],
    ['a topic of another region', { TopicArn: standard.replace('eu-central-1', 'eu-west-1') }],
    ['a FIFO topic without a group', { ...once, MessageGroupId: undefined }],
    ['a FIFO topic without a deduplication id', { ...once, MessageDeduplicationId: undefined }],
    ['a standard topic with a deduplication id', { MessageDeduplicationId: 'id-1' }],
  ])('refuses %s', async (_, input) => {
    expect(await refusalOf(publish(input))).toMatchObject({
      name: 'InvalidParameterException',
      code: 'InvalidParameter',
      status: 400,
    });
    expect(await messages()).toEqual([]);
  });

  it('refuses an attribute without a value', async () => {
    const empty = { table: { DataType: 'String', StringValue: '' } };
    expect(await refusalOf(publish({ MessageAttributes: empty }))).toMatchObject({
      name: 'InvalidParameterValueException',
      code: 'ParameterValueInvalid',
    });
  });

  it('is throttled and denied in the words of SNS', async () => {
    simulator.faults.add({ operation: 'Publish', action: { kind: 'throttle' } });
    simulator.faults.add({ operation: 'Publish', action: { kind: 'access-denied' } });
    expect(await refusalOf(publish({}))).toMatchObject({ name: 'ThrottledException', status: 429 });
    expect(await refusalOf(publish({}))).toMatchObject({
      name: 'AuthorizationErrorException',
      status: 403,
      message: expect.stringContaining('not authorized to perform: SNS:Publish'),
    });
  });
});
