import { type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
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

/** One request, as metrics and traces name it. */
interface Request {
  service: AwsService;
  operation: string;
}

/**
 * The one seam that every request to AWS goes through, whichever activity makes it: counts it and its outcome when it is
 * made by an activity, and puts a span around it when traces are sent. What was asked and answered is in neither: SQL,
 * parameters and rows stay out. Idempotent.
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

function observed<T extends { output?: unknown }>(request: Request, send: () => Promise<T>): Promise<T> {
  const { service, operation } = request;
  const startedAt = performance.now();
  const attributes = { 'rpc.system': 'aws-api', 'rpc.service': service, 'rpc.method': operation };
  const options = { kind: SpanKind.CLIENT, attributes };
  // Costs next to nothing while no traces are sent.
  return trace.getTracer('undrop').startActiveSpan(`${service} ${operation}`, options, async (span) => {
    const end = (outcome: string, of: unknown) => {
      count(request, outcome, startedAt);
      tell(span, outcome, of);
    };
    try {
      const result = await send();
      end(isAnswer(result.output) ? 'ok' : 'OutcomeUnknown', result.output);
      return result;
    } catch (error) {
      end(classifyAwsError(awsErrorFacts(request, error)), error);
      throw error;
    }
  });
}

/** @param of what AWS said: the output, or the error */
function tell(span: Span, outcome: string, of: unknown): void {
  const { $metadata } = (of ?? {}) as { $metadata?: { requestId?: string; httpStatusCode?: number } };
  span.setAttribute('undrop.outcome', outcome);
  if ($metadata?.requestId !== undefined) span.setAttribute('aws.request_id', $metadata.requestId);
  if ($metadata?.httpStatusCode !== undefined)
    span.setAttribute('http.response.status_code', $metadata.httpStatusCode);
  if (outcome !== 'ok') span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
  span.end();
}

function count({ service, operation: call }: Request, outcome: string, startedAt: number): void {
  const meter = asyncLocalStorage.getStore()?.metricMeter;
  if (meter === undefined) return;
  const { awsRequests, awsRequestDuration } = metrics;
  meter.createCounter(awsRequests.name, undefined, awsRequests.meaning).add(1, { service, call, outcome });
  meter
    .createHistogram(awsRequestDuration.name, 'float', undefined, awsRequestDuration.meaning)
    .record((performance.now() - startedAt) / 1000, { service, call });
}
