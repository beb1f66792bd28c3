import type { CreateTopicInput, GetTopicAttributesInput, ListTopicsInput } from '@aws-sdk/client-sns';
import type { Operations } from '../core/types';
import { refusals } from './errors';
import { requireTopic, type SnsContext, type Topic } from './state';

/** Topics a page: https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
const pageSize = 100;

/** Puts a topic into the world without any API call; for seeds and tests. */
export function addTopic(
  { topics, world }: SnsContext,
  name: string,
  contentBasedDeduplication = false,
): Topic {
  const topic: Topic = {
    arn: `arn:aws:sns:${world.region}:${world.accountId}:${name}`,
    name,
    fifo: name.endsWith('.fifo'),
    contentBasedDeduplication,
  };
  topics.set(topic.arn, topic);
  return topic;
}

export function topicOperations(context: SnsContext): Operations {
  return {
    /** The same name and attributes name the same topic, as often as it is asked for. */
    CreateTopic({ Name = '', Attributes = {} }: CreateTopicInput, request) {
      const fifo = Attributes.FifoTopic === 'true';
      const contentBased = Attributes.ContentBasedDeduplication === 'true';
      if (!/^[\w-]{1,256}$/.test(fifo ? Name.replace(/\.fifo$/, '') : Name) || Name.length > 256)
        throw refusals.invalidParameter('Topic Name');
      if (fifo !== Name.endsWith('.fifo'))
        throw refusals.invalidParameter(
          'Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.',
        );
      const known = [...context.topics.values()].find(({ name }) => name === Name);
      if (known && known.contentBasedDeduplication !== contentBased)
        throw refusals.invalidParameter('Attributes Reason: Topic already exists with different attributes');
      if (known) return { TopicArn: known.arn };
      const { arn } = addTopic(context, Name, contentBased);
      request.effect('CreateTopic', Name);
      return { TopicArn: arn };
    },

    GetTopicAttributes({ TopicArn = '' }: GetTopicAttributesInput) {
      const topic = requireTopic(context, TopicArn);
      return {
        Attributes: {
          TopicArn: topic.arn,
          Owner: context.world.accountId,
          ...(topic.fifo && {
            FifoTopic: 'true',
            ContentBasedDeduplication: String(topic.contentBasedDeduplication),
          }),
        },
      };
    },

    ListTopics({ NextToken }: ListTopicsInput) {
      const arns = [...context.topics.keys()];
      const from = NextToken === undefined ? 0 : arns.indexOf(NextToken) + 1;
      if (NextToken !== undefined && from === 0) throw refusals.invalidParameter('NextToken');
      const shown = arns.slice(from, from + pageSize);
      return {
        Topics: shown.map((TopicArn) => ({ TopicArn })),
        ...(from + pageSize < arns.length && { NextToken: shown.at(-1) }),
      };
    },
  };
}
