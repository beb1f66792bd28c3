import { z } from 'zod';
import { durationSchema } from '../duration';

/** The ends of a run that can be told. */
export const notifiedOutcomes = ['done', 'failed', 'cancelled'] as const;
export type NotifiedOutcome = (typeof notifiedOutcomes)[number];

/** Name of a webhook; its address and its secret are known to the worker alone, and stand in no input. */
export const webhookNameSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,62}$/,
    "must be the name of one of the worker's webhooks: up to 63 lower-case letters, digits and hyphens, not a URL",
  );

export const topicArnSchema = z
  .string()
  .regex(
    /^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}(\.fifo)?$/,
    'must be the ARN of an SNS topic, such as arn:aws:sns:eu-central-1:123456789012:undrop-runs',
  );

const mostReceivers = 5;

const distinct = (values: readonly string[]) => new Set(values).size === values.length;

/** Of every operation: who is told when the run has ended. */
export const notifySchema = z
  .strictObject({
    on: z
      .array(z.enum(notifiedOutcomes))
      .min(1)
      .optional()
      .describe('The ends that are told: done, failed, cancelled; all of them when absent'),
    webhooks: z
      .array(webhookNameSchema)
      .min(1)
      .max(mostReceivers)
      .refine(distinct, 'must not name one twice')
      .optional()
      .describe("Names of the worker's webhooks"),
    topics: z
      .array(topicArnSchema)
      .min(1)
      .max(mostReceivers)
      .refine(distinct, 'must not name one twice')
      .optional()
      .describe("ARNs of SNS topics in the worker's region"),
    patience: durationSchema
      .default('24 hours')
      .describe('How long a receiver that cannot be reached is tried again'),
  })
  .refine(({ webhooks, topics }) => webhooks !== undefined || topics !== undefined, {
    error: 'is missing, and so is topics: name at least one receiver',
    path: ['webhooks'],
    when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value),
  })
  .optional()
  .describe('Who is told when the run has ended; what becomes of that never changes the outcome');

export type Notify = NonNullable<z.output<typeof notifySchema>>;

/** One of those who are told. */
export type Receiver = { webhook: string } | { topicArn: string };

export function receiversOf({ webhooks = [], topics = [] }: Notify): Receiver[] {
  return [...webhooks.map((webhook) => ({ webhook })), ...topics.map((topicArn) => ({ topicArn }))];
}

/** `webhook oncall`, `topic undrop-runs`. */
export function receiverName(receiver: Receiver): string {
  return 'webhook' in receiver
    ? `webhook ${receiver.webhook}`
    : `topic ${receiver.topicArn.split(':').pop()}`;
}
