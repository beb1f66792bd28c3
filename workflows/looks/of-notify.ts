import { type Finding, judged, ok, unseen, warning } from '../../domain/plan/finding';
import { type Notify, receiverName } from '../../domain/operations/notify';
import { failures } from '../../domain/failures';
import { glance, looked } from './glance';
import type { Looks } from './looks';

/**
 * What can be known of the receivers before the run: never more than a warning, because a run must not wait for its
 * audience.
 */
export async function looksOfNotify(asked: Notify): Promise<Looks> {
  const [webhooks, ...topics] = await Promise.all([
    looksOfWebhooks(asked.webhooks ?? []),
    ...(asked.topics ?? []).map(lookOfTopic),
  ]);
  return { what: 'notification', handles: {}, findings: [...webhooks, ...topics.flat()], sizes: {} };
}

async function looksOfWebhooks(names: readonly string[]): Promise<Finding[]> {
  if (names.length === 0) return [];
  return judged('webhooks', await looked(glance.unknownWebhooks({ names })), ({ unknown, known }) =>
    names.map((webhook) => {
      const subject = receiverName({ webhook });
      if (!unknown.includes(webhook)) return ok(subject, 'the worker has it');
      const others = known.length === 0 ? 'none at all' : known.join(', ');
      return warning(
        subject,
        `the worker has no webhook of that name, and nobody will be told; it has ${others}`,
        failures.WebhookUnknown.remedy,
      );
    }),
  );
}

async function lookOfTopic(topicArn: string): Promise<Finding[]> {
  const subject = receiverName({ topicArn });
  return judged(
    subject,
    await looked(glance.getTopicAttributes({ topicArn })),
    () => ok(subject, 'is there'),
    {
      TopicNotFound: () => [
        warning(subject, `${topicArn} is not there, and nobody will be told`, failures.TopicNotFound.remedy),
      ],
      // A worker that may publish and do nothing else is as it should be.
      AccessDenied: () => [ok(subject, 'may not be looked at, which publishing does not need')],
      InvalidRequest: (why) => [unseen(subject, { failure: 'InvalidRequest', why })],
    },
  );
}
