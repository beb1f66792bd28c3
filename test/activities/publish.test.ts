import '../support/native-errors';
import type { ApplicationFailure } from '@temporalio/activity';
import { publish } from '../../activities/sns/publish';
import type { EndedRun } from '../../domain/notification/notification';
import { newRun } from '../../domain/run-state';
import { startSimulator, type Simulator } from '../../simulator';
import type { FaultAction } from '../../simulator/core/faults';
import { addTopic } from '../../simulator/sns/topics';
import { createAwsClients } from '../../worker/aws-clients';
import { inActivity, thrownIn } from './in-activity';

const at = '2026-11-20T03:00:00.000Z';
const ended: EndedRun = {
  workflowId: 'verify-table/analytics/dev.public.orders/3f9a1c2e',
  runId: 'run-1',
  operation: 'verifyTable',
  warehouse: 'analytics',
  table: 'dev.public.orders',
  title: 'verify dev.public.orders on analytics',
  outcome: 'done',
  startedAt: at,
  endedAt: at,
  input: {},
  state: newRun('verifyTable', 'Verify', at, []),
};
const place = { uiUrl: 'http://ui.test', address: 'temporal:7233', namespace: 'default' };
const topicArn = 'arn:aws:sns:eu-central-1:123456789012:runs';

let simulator: Simulator;
let clients: ReturnType<typeof createAwsClients>;
beforeEach(async () => {
  simulator = await startSimulator({
    seed: ({ rooms }) => {
      addTopic(rooms.sns.context, 'runs');
      addTopic(rooms.sns.context, 'runs.fifo');
    },
  });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: simulator.url,
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  });
  clients = createAwsClients({ region: 'eu-central-1', endpointUrl: simulator.url });
});
afterEach(async () => {
  for (const client of Object.values(clients)) client.destroy();
  await simulator.close();
});

const send = (run = ended, topic = topicArn) =>
  publish({ sns: clients.sns, place }, { topicArn: topic, id: 'msg_1', ended: run });
const messages = () => simulator.rooms.sns.context.messages;

it('a message goes to the topic with the id as an attribute', async () => {
  const { result } = await inActivity(() => send());
  expect(messages()).toMatchObject([
    { messageId: result.messageId, topic: topicArn, attributes: { id: { StringValue: 'msg_1' } } },
  ]);
  expect(messages()[0]).not.toHaveProperty('groupId');
});

it('a FIFO topic takes what is sent twice once', async () => {
  for (let count = 0; count < 2; count += 1) await inActivity(() => send(ended, `${topicArn}.fifo`));
  expect(messages()).toMatchObject([
    { deduplicationId: 'msg_1', groupId: expect.stringMatching(/^undrop-/) },
  ]);
});

it('the record of the largest run is one that SNS takes, with its attributes', async () => {
  const large = { ...ended, result: 'ü'.repeat(200_000), input: '"'.repeat(115_000) };
  await inActivity(() => send(large));
  const size = Buffer.byteLength(messages()[0]!.message);
  expect(size).toBeGreaterThan(200_000);
  expect(size).toBeLessThanOrEqual(240_000);
});

it.each<[FaultAction, string, boolean]>([
  [{ kind: 'access-denied' }, 'AccessDenied', true],
  [{ kind: 'throttle' }, 'Throttled', false],
  [{ kind: 'drop-after' }, 'OutcomeUnknown', false],
  [{ kind: 'truncate' }, 'OutcomeUnknown', false],
  [{ kind: 'html', body: '<html><body><p>Wait</p></body></html>' }, 'OutcomeUnknown', false],
  [{ kind: 'error', code: 'KMSDisabled', message: 'off' }, 'TopicKeyUnusable', true],
  [{ kind: 'error', code: 'InternalError', message: 'sorry', status: 500 }, 'AwsUnavailable', false],
])('%j is %s, and one request', async (action, type, nonRetryable) => {
  simulator.faults.add({ operation: 'Publish', action });
  const failure = (await thrownIn(() => send())) as ApplicationFailure;
  expect(failure).toMatchObject({ type, nonRetryable });
  expect(failure.message).toContain(`notification failed [topic=${topicArn}, id=msg_1]: `);
  expect(simulator.log.list({ operation: 'Publish' })).toHaveLength(1);
});

it.each([
  ['that is not there', `${topicArn}-not`, 'TopicNotFound'],
  ['of another region', topicArn.replace('eu-central-1', 'eu-west-1'), 'InvalidRequest'],
])('a topic %s is told', async (_, topic, type) => {
  expect(await thrownIn(() => send(ended, topic))).toMatchObject({ type, nonRetryable: true });
});
