import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import type { SimWorld } from '../core/sim-world';
import { refusals } from './errors';

export interface Topic {
  arn: string;
  name: string;
  fifo: boolean;
  /** FIFO: a message without a deduplication id has the hash of its text as one. */
  contentBasedDeduplication: boolean;
}

/** A message as the subscribers of the topic get it; nobody subscribes here, it is kept to be looked at. */
export interface PublishedMessage {
  messageId: string;
  topic: string;
  at: Date;
  subject?: string;
  message: string;
  attributes: Record<string, MessageAttributeValue>;
  groupId?: string;
  deduplicationId?: string;
  sequenceNumber?: string;
}

/** Everything the SNS room knows; what `/_simulator/messages` shows. */
export interface SnsContext {
  readonly world: SimWorld;
  /** By ARN, in order of creation. */
  readonly topics: Map<string, Topic>;
  readonly messages: PublishedMessage[];
}

/** @throws AwsError for what is no ARN of a topic here, and for a topic that is not there. */
export function requireTopic({ topics, world }: SnsContext, arn: string): Topic {
  const parts = arn.split(':');
  if (parts.length < 6) {
    throw refusals.invalidParameter(
      `TopicArn Reason: An ARN must have at least 6 elements, not ${parts.length}`,
    );
  }
  if (parts[3] !== world.region) throw refusals.invalidParameter('TopicArn');
  const topic = topics.get(arn);
  if (topic === undefined) throw refusals.topicNotFound();
  return topic;
}
