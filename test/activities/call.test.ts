import { callAws, heartbeating, requireAnswer } from '../../activities/call';
import type { AwsCall } from '../../activities/aws-failure';
import { inActivity, thrownIn } from './in-activity';

const call: AwsCall = {
  service: 'redshift',
  operation: 'DescribeClusters',
  what: 'look',
  handles: { cluster: 'a' },
};

describe('heartbeating', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('tells the server every second that the worker lives, and stops when the work is done', async () => {
    const { heartbeats } = await inActivity(async () => {
      await heartbeating(() => jest.advanceTimersByTimeAsync(3_500));
      await jest.advanceTimersByTimeAsync(5_000);
    });
    expect(heartbeats).toBe(3);
  });

  it('stops also when the work fails', async () => {
    const { heartbeats } = await inActivity(async () => {
      await expect(heartbeating(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
      await jest.advanceTimersByTimeAsync(5_000);
    });
    expect(heartbeats).toBe(0);
  });
});

describe('callAws', () => {
  it('gives back what AWS answered', async () => {
    const answer = { Status: 'available', $metadata: {} };
    expect((await inActivity(() => callAws(call, () => Promise.resolve(answer)))).result).toBe(answer);
  });

  it('makes a failure of the table of what was thrown', async () => {
    expect(await thrownIn(() => callAws(call, () => Promise.reject(new Error('no'))))).toMatchObject({
      type: 'OutcomeUnknown',
      message: 'look failed [cluster=a]: no',
    });
  });

  it('refuses an answer with nothing in it that is not one of AWS', async () => {
    const nothing = { Snapshots: undefined, $metadata: { httpStatusCode: 200 } };
    expect(await thrownIn(() => callAws(call, () => Promise.resolve(nothing)))).toMatchObject({
      type: 'OutcomeUnknown',
      nonRetryable: false,
    });
  });
});

describe('requireAnswer', () => {
  it.each([
    ['a request id and nothing else', { $metadata: { requestId: 'r' } }],
    ['a member', { Snapshots: [], $metadata: {} }],
    ['a list of our own', []],
    ['nothing', undefined],
  ])('is content with %s', (_name, output) => {
    expect(() => requireAnswer(call, output)).not.toThrow();
  });
});
