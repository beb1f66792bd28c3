import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { ApplicationFailure } from '@temporalio/activity';
import type { AwsCaller, AwsRefusal, ClockReading } from '../../domain/look-ups/aws-access';
import { callAws } from '../call';
import type { AwsClients } from '../clients';

/**
 * Who the worker is on AWS, in which region, and what time it is there. A refusal is an answer here, not a failure:
 * whoever asks wants to know all of it.
 * @throws only what is worth another try.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function getCaller({ sts }: Pick<AwsClients, 'sts'>): Promise<AwsCaller> {
  const region = await sts.config.region().catch(() => undefined);
  const known = region === undefined ? {} : { region };
  const command = new GetCallerIdentityCommand({});
  let clock: ClockReading | undefined;
  // Innermost, so that the Date of a refusal is read as well: a clock that is wrong is a reason to be refused.
  command.middlewareStack.add(
    (next) => async (args) => {
      const askedMs = Date.now();
      const result = await next(args);
      clock = readingOf(result.response, (askedMs + Date.now()) / 2);
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'readClock' },
  );
  const call = {
    service: 'sts',
    operation: 'GetCallerIdentity',
    what: 'question who the worker is',
    handles: { region },
  } as const;
  try {
    const { Account: account, Arn: arn } = await callAws(call, () => sts.send(command));
    return { ...known, account, arn, ...(clock && { clock }) };
  } catch (error) {
    return { ...known, refusal: refusalIn(error), ...(clock && { clock }) };
  }
}

function readingOf(response: unknown, workerMs: number): ClockReading | undefined {
  const { headers } = response as { headers?: Record<string, string> };
  const awsMs = Date.parse(headers?.date ?? '');
  if (Number.isNaN(awsMs)) return undefined;
  return { awsTime: new Date(awsMs).toISOString(), workerTime: new Date(workerMs).toISOString() };
}

/** What was answered for good. @throws the error itself when another try may help. */
export function refusalIn(error: unknown): AwsRefusal {
  if (!(error instanceof ApplicationFailure)) throw error;
  // A run waits for new credentials; whoever asks for a diagnosis wants to hear of the old ones.
  if (!error.nonRetryable && error.type !== 'CredentialsExpired') throw error;
  const [{ remedy }] = error.details as [{ remedy: string }];
  return { type: error.type ?? 'AwsError', message: error.message, remedy };
}
