import { getCaller } from '../../activities/access/get-caller';
import { clientsUnderTest, xmlError } from './clients-under-test';
import { inActivity, thrownIn } from './in-activity';

let under: Awaited<ReturnType<typeof clientsUnderTest>>;
beforeAll(async () => {
  under = await clientsUnderTest({ requestMs: 2_000, longPollMs: 2_000 });
});
afterAll(() => under?.close());

const anHourAgo = () => new Date(Date.now() - 3_600_000);
const caller = (date: Date) => ({
  status: 200,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'req-1', date: date.toUTCString() },
  body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:sts::1:assumed-role/worker/x</Arn><UserId>A:x</UserId><Account>1</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>req-1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
});

/** How far the worker's clock is ahead of AWS's, in minutes. */
const minutesAhead = (clock: { awsTime: string; workerTime: string } | undefined) =>
  Math.round((Date.parse(clock!.workerTime) - Date.parse(clock!.awsTime)) / 60_000);

describe('getCaller', () => {
  it('tells who the worker is, and how its clock stands beside the Date of the answer', async () => {
    under.aws.answers(caller(anHourAgo()));
    const { result } = await inActivity(() => getCaller(under.clients));
    expect(result).toMatchObject({
      region: 'us-east-1',
      account: '1',
      arn: 'arn:aws:sts::1:assumed-role/worker/x',
    });
    expect(minutesAhead(result.clock)).toBe(60);
    expect(JSON.stringify(result)).not.toContain('AKIATEST');
  });

  it('reads the clock of a refusal too: a wrong clock is a reason to be refused', async () => {
    const refusal = xmlError(
      403,
      'SignatureDoesNotMatch',
      'Signature expired: 20261128T000000Z is now earlier',
    );
    under.aws.answers({
      ...refusal,
      headers: { ...refusal.headers, date: anHourAgo().toUTCString() } as Record<string, string>,
    });
    const { result } = await inActivity(() => getCaller(under.clients));
    expect(result.refusal).toMatchObject({
      type: 'CredentialsMissing',
      message: expect.stringContaining('Signature expired'),
    });
    expect(minutesAhead(result.clock)).toBe(60);
  });

  it('gives a silent AWS another try', async () => {
    under.aws.answers('drop');
    expect(await thrownIn(() => getCaller(under.clients))).toMatchObject({ nonRetryable: false });
  });
});
