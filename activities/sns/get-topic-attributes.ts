import { GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { callAws } from '../call';
import type { AwsClients } from '../clients';

/**
 * Whether a topic is there.
 * @throws TopicNotFound, AccessDenied, InvalidRequest …
 * https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
 */
export async function getTopicAttributes(
  { sns }: Pick<AwsClients, 'sns'>,
  { topicArn }: { topicArn: string },
): Promise<{ topicArn: string }> {
  const call = {
    service: 'sns',
    operation: 'GetTopicAttributes',
    what: 'look at the topic',
    handles: { topic: topicArn },
  } as const;
  await callAws(call, () => sns.send(new GetTopicAttributesCommand({ TopicArn: topicArn })));
  return { topicArn };
}
