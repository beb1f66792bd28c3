import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { startSimulator, type Simulator } from '../../../simulator';
import { refusalOf } from '../support/refusal';

let simulator: Simulator;
let sts: STSClient;
beforeAll(async () => {
  simulator = await startSimulator({ seed: 'empty', settings: { clockSpeed: 0 } });
  sts = new STSClient({
    endpoint: simulator.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  sts?.destroy();
  await simulator?.close();
});

const ask = () => sts.send(new GetCallerIdentityCommand({}));

describe('the caller', () => {
  it('tells account, ARN and user id', async () => {
    expect(await ask()).toMatchObject({
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:user/simulated',
      UserId: expect.stringMatching(/^AIDA/),
    });
    expect(simulator.log.list({ service: 'sts' })).toMatchObject([
      { operation: 'GetCallerIdentity', outcome: 'ok' },
    ]);
  });

  it('is throttled and denied in the words of a query service', async () => {
    simulator.faults.add({ operation: 'GetCallerIdentity', action: { kind: 'throttle' } });
    expect(await refusalOf(ask())).toMatchObject({ name: 'Throttling', status: 400 });
    simulator.faults.add({ service: 'sts', operation: '*', action: { kind: 'access-denied' } });
    expect(await refusalOf(ask())).toMatchObject({ name: 'AccessDenied', status: 403 });
  });
});
