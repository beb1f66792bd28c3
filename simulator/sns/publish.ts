import { createHash } from 'node:crypto';
import type { MessageAttributeValue, PublishInput } from '@aws-sdk/client-sns';
import type { Operations } from '../core/types';
import { refusals } from './errors';
import { requireTopic, type PublishedMessage, type SnsContext, type Topic } from './state';

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html: 256 KB, subjects of 100 characters. */
const largestBytes = 262_144;
const longestSubject = 100;

/** https://docs.aws.amazon.com/sns/latest/dg/fifo-message-dedup.html */
const deduplicationMs = 5 * 60_000;

export function publishOperation(context: SnsContext): Operations {
  const { world, messages } = context;
  return {
    /**
     * A standard topic has no token: asked twice, it sends twice. A FIFO topic takes a second message of the same
     * deduplication id within five minutes, and delivers it to nobody.
     */
    Publish(input: PublishInput, request) {
      const topic = requireTopic(context, input.TopicArn ?? input.TargetArn ?? '');
      const { Message: message = '', Subject: subject, MessageAttributes: attributes = {} } = input;
      requireFits(message, subject, attributes);
      requireFifoParameters(topic, input);
      const hash = createHash('sha256').update(message).digest('hex');
      const deduplicationId = topic.fifo ? (input.MessageDeduplicationId ?? hash) : undefined;
      const known = deduplicationId && recentOf(context, topic, deduplicationId);
      if (known) return { MessageId: known.messageId, SequenceNumber: known.sequenceNumber };
      const published: PublishedMessage = {
        messageId: world.id('message'),
        topic: topic.arn,
        at: world.clock.now(),
        message,
        attributes,
        ...(subject !== undefined && { subject }),
        ...(input.MessageGroupId !== undefined && { groupId: input.MessageGroupId }),
        ...(topic.fifo && { deduplicationId, sequenceNumber: sequenceOf(messages.length + 1) }),
      };
      messages.push(published);
      request.effect('Publish', `${topic.name}/${deduplicationId ?? hash.slice(0, 32)}`, {
        messageId: published.messageId,
      });
      return { MessageId: published.messageId, SequenceNumber: published.sequenceNumber };
    },
  };
}

const sequenceOf = (count: number) => String(10n ** 19n + BigInt(count) * 4096n);

function recentOf({ messages, world }: SnsContext, topic: Topic, id: string): PublishedMessage | undefined {
  const since = world.clock.now().getTime() - deduplicationMs;
  return messages.find(
    (message) =>
      message.topic === topic.arn && message.deduplicationId === id && message.at.getTime() > since,
  );
}

function requireFits(
  message: string,
  subject: string | undefined,
  attributes: Record<string, MessageAttributeValue>,
): void {
  if (message === '') throw refusals.invalidParameter('Empty message');
  const inAttributes = Object.entries(attributes).map(
    ([name, { DataType = '', StringValue = '' }]) => name + DataType + StringValue,
  );
  if (Buffer.byteLength(message + inAttributes.join('')) > largestBytes)
    throw refusals.invalidParameter('Message too long');
  // Printable ASCII, no line breaks.
  if (subject !== undefined && !(/^[\x20-\x7e]+$/.test(subject) && subject.length <= longestSubject))
    throw refusals.invalidParameter('Subject');
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    if (!DataType)
      throw refusals.invalidAttribute(
        `The message attribute '${name}' must contain non-empty message attribute type.`,
      );
    if (!StringValue && !BinaryValue?.length)
      throw refusals.invalidAttribute(
        `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
      );
  }
}

function requireFifoParameters(topic: Topic, input: PublishInput): void {
  if (!topic.fifo) {
    if (input.MessageDeduplicationId !== undefined)
      throw refusals.invalidParameter(
        'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
      );
    return;
  }
  if (input.MessageGroupId === undefined)
    throw refusals.invalidParameter('The MessageGroupId parameter is required for FIFO topics');
  if (input.MessageDeduplicationId === undefined && !topic.contentBasedDeduplication)
    throw refusals.invalidParameter(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
}
