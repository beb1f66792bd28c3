import { PublishCommand } from '@aws-sdk/client-sns';
import { fittedText } from '../../domain/notification/fit';
import { type EndedRun, notificationOf } from '../../domain/notification/notification';
import { attributesOf, isFifo, messageGroupOf, subjectLine } from '../../domain/notification/topic-message';
import type { Place } from '../../domain/run-identity';
import { callAws } from '../call';
import type { AwsClients } from '../clients';

export interface PublishInput {
  topicArn: string;
  /** The same for every attempt; a FIFO topic drops the second message of one id by itself, for five minutes. */
  id: string;
  ended: EndedRun;
}

/**
 * Publishes the notification of a run's end. A standard topic has no token: when an answer is lost, subscribers get the
 * same message, of the same id, twice.
 * @throws TopicNotFound, AccessDenied, TopicKeyUnusable, InvalidRequest, Throttled …
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export async function publish(
  { sns, place }: Pick<AwsClients, 'sns'> & { place: Place },
  { topicArn, id, ended }: PublishInput,
): Promise<{ messageId?: string }> {
  const call = {
    service: 'sns',
    operation: 'Publish',
    what: 'notification',
    handles: { topic: topicArn, id },
  } as const;
  const attributes = Object.entries(attributesOf(id, ended)).map(
    ([name, value]) => [name, { DataType: 'String', StringValue: value }] as const,
  );
  const { MessageId } = await callAws(call, () =>
    sns.send(
      new PublishCommand({
        TopicArn: topicArn,
        Subject: subjectLine(ended),
        Message: fittedText(notificationOf(id, ended, place)),
        MessageAttributes: Object.fromEntries(attributes),
        ...(isFifo(topicArn) && { MessageGroupId: messageGroupOf(ended), MessageDeduplicationId: id }),
      }),
    ),
  );
  return { ...(MessageId !== undefined && { messageId: MessageId }) };
}
