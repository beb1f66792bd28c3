import '../support/native-errors';
import dns from 'node:dns';
import { ApplicationFailure } from '@temporalio/activity';
import { Webhook } from 'standardwebhooks';
import { postWebhook } from '../../activities/notify/post-webhook';
import { signedHeaders } from '../../activities/notify/sign';
import type { EndedRun } from '../../domain/notification/notification';
import { newRun } from '../../domain/run-state';
import { Receiver } from '../support/receiver';
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

let receiver: Receiver;
beforeEach(async () => {
  receiver = await Receiver.start();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await receiver.close();
});

const send = (url = receiver.url, webhook = 'oncall') =>
  postWebhook(
    { webhooks: new Map([['oncall', { ...receiver.endpoint, url }]]), place },
    { webhook, id: 'msg_1', ended },
  );
const failureOf = async (work: () => Promise<unknown>) => {
  const failure = await thrownIn(work);
  expect(failure).toBeInstanceOf(ApplicationFailure);
  const { type, message, nonRetryable, nextRetryDelay, stack, cause } = failure as ApplicationFailure;
  // What Temporal keeps of a failure, and shows to everybody who may look.
  expect(`${message} ${stack} ${String(cause)}`).not.toMatch(/canary-of-the-url|127\.0\.0\.1/);
  return { type, message, nonRetryable, nextRetryDelay };
};

it('a message is one that the reference implementation of Standard Webhooks takes for genuine', async () => {
  expect((await inActivity(() => send())).result).toEqual({ status: 204 });
  expect(receiver.received).toMatchObject([{ id: 'msg_1', genuine: true, message: { id: 'msg_1' } }]);
});

it('a message that was changed, or is of another id or time, is not', () => {
  const now = Math.floor(Date.now() / 1000);
  const headers = signedHeaders(receiver.endpoint.keys, 'msg_1', now, '{"a":1}');
  const verify = (body: string, change: object = {}) =>
    new Webhook(receiver.secret).verify(body, { ...headers, ...change });
  expect(verify('{"a":1}')).toEqual({ a: 1 });
  expect(() => verify('{"a":2}')).toThrow('No matching signature');
  expect(() => verify('{"a":1}', { 'webhook-id': 'msg_2' })).toThrow('No matching signature');
  expect(() => verify('{"a":1}', { 'webhook-timestamp': String(now - 1) })).toThrow('No matching signature');
});

it('while a secret is being changed, a receiver with either of them takes it', () => {
  const other = Buffer.alloc(32, 1);
  const now = Math.floor(Date.now() / 1000);
  const headers = signedHeaders([...receiver.endpoint.keys, other], 'msg_1', now, '{}');
  for (const secret of [receiver.secret, `whsec_${other.toString('base64')}`])
    expect(new Webhook(secret).verify('{}', headers)).toEqual({});
});

it.each([301, 302, 307, 308, 400, 401, 403, 404, 405, 410])('HTTP %s ends it', async (status) => {
  receiver.usual = { status, headers: { location: receiver.url } };
  const failure = await failureOf(() => send());
  expect(failure).toMatchObject({ type: 'NotificationRefused', nonRetryable: true });
  expect(failure.message).toContain(`[webhook=oncall, id=msg_1]: HTTP ${status}`);
  expect(receiver.received).toHaveLength(1);
});

it.each([408, 425, 429, 500, 502, 503])('after HTTP %s it is tried again', async (status) => {
  receiver.usual = { status };
  expect(await failureOf(() => send())).toMatchObject({
    type: 'ReceiverUnavailable',
    nonRetryable: false,
    nextRetryDelay: undefined,
  });
});

it('a receiver that names a time for the next attempt is heard', async () => {
  receiver.usual = { status: 429, headers: { 'retry-after': '120' } };
  expect(await failureOf(() => send())).toMatchObject({
    type: 'ReceiverUnavailable',
    nonRetryable: false,
    nextRetryDelay: 120_000,
  });
});

it('a receiver that is not there is tried again, and its address is told to nobody', async () => {
  await receiver.close();
  expect(await failureOf(() => send())).toMatchObject({
    type: 'ReceiverUnavailable',
    nonRetryable: false,
    message: 'notification failed [webhook=oncall, id=msg_1]: ECONNREFUSED',
  });
  const nowhere = `https://canary-of-the-url.invalid/`;
  jest
    .spyOn(dns, 'lookup')
    .mockImplementation(((_: string, __: object, done: (error: Error) => void) =>
      done(
        Object.assign(new Error('getaddrinfo ENOTFOUND canary-of-the-url.invalid'), { code: 'ENOTFOUND' }),
      )) as never);
  expect(await failureOf(() => send(nowhere))).toMatchObject({
    type: 'ReceiverUnavailable',
    message: 'notification failed [webhook=oncall, id=msg_1]: ENOTFOUND',
  });
});

it.each(['169.254.169.254', 'fd00:ec2::254', '::ffff:169.254.169.254'])(
  'nothing is sent to a name that leads to %s',
  async (address) => {
    jest
      .spyOn(dns, 'lookup')
      .mockImplementation(((_: string, __: object, done: (error: null, addresses: object[]) => void) =>
        done(null, [{ address, family: address.includes(':') ? 6 : 4 }])) as never);
    const failure = await failureOf(() => send('http://hooks.test/canary-of-the-url'));
    expect(failure).toMatchObject({ type: 'NotificationRefused', nonRetryable: true });
    expect(failure.message).toContain('its name leads to an address of the link');
  },
);

it('a webhook that the worker does not have is told by its name', async () => {
  expect(await failureOf(() => send(receiver.url, 'nobody'))).toMatchObject({
    type: 'WebhookUnknown',
    nonRetryable: true,
    message: expect.stringContaining('[webhook=nobody, id=msg_1]'),
  });
});
