import { asyncLocalStorage } from '@temporalio/activity';
import { type AwsService, classifyAwsError } from '../domain/aws-errors';
import { metrics } from '../domain/metrics';
import { awsErrorFacts } from './aws-failure';
import { isAnswer } from './call';
import type { AwsClients } from './clients';

/** How messages and metrics call the service behind a client. */
const services: Record<keyof AwsClients, AwsService> = {
  redshift: 'redshift',
  redshiftServerless: 'redshift-serverless',
  redshiftData: 'redshift-data',
  dynamodb: 'dynamodb',
  s3: 's3',
  sts: 'sts',
  sns: 'sns',
};

/** What the SDK gives a middleware; the clients' own types of it differ in nothing that is used here. */
type Next = (args: object) => Promise<{ output?: unknown }>;
interface Stack {
  add(
    middleware: (next: Next, context: { commandName?: string }) => Next,
    options: { step: 'initialize'; priority: 'high'; name: string; override: true },
  ): void;
}

/**
 * The one seam that every request to AWS goes through, whichever activity makes it: counts it and its outcome when it is
 * made by an activity. Idempotent.
 */
export function observeRequests(clients: AwsClients): void {
  for (const [name, service] of Object.entries(services) as [keyof AwsClients, AwsService][]) {
    (clients[name].middlewareStack as unknown as Stack).add(
      (next, { commandName = 'Command' }) => {
        const operation = commandName.replace(/Command$/, '');
        return (args) => observed({ service, operation }, () => next(args));
      },
      { step: 'initialize', priority: 'high', name: 'observeRequests', override: true },
    );
  }
}

async function observed<T extends { output?: unknown }>(
  call: { service: AwsService; operation: string },
  send: () => Promise<T>,
): Promise<T> {
  const startedAt = performance.now();
  try {
    const result = await send();
    count(call, isAnswer(result.output) ? 'ok' : 'OutcomeUnknown', startedAt);
    return result;
  } catch (error) {
    count(call, classifyAwsError(awsErrorFacts(call, error)), startedAt);
    throw error;
  }
}

function count(
  { service, operation: call }: { service: AwsService; operation: string },
  outcome: string,
  startedAt: number,
): void {
  const meter = asyncLocalStorage.getStore()?.metricMeter;
  if (meter === undefined) return;
  const { awsRequests, awsRequestDuration } = metrics;
  meter.createCounter(awsRequests.name, undefined, awsRequests.meaning).add(1, { service, call, outcome });
  meter
    .createHistogram(awsRequestDuration.name, 'float', undefined, awsRequestDuration.meaning)
    .record((performance.now() - startedAt) / 1000, { service, call });
}
