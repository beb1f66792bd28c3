import { ApplicationFailure } from '@temporalio/activity';
import { fittedText } from '../../domain/notification/fit';
import { type EndedRun, notificationOf } from '../../domain/notification/notification';
import { retryAfterMs, verdictOn } from '../../domain/notification/webhook-answer';
import { failureOf } from '../aws-failure';
import { heartbeating } from '../call';
import type { Notifier } from './notifier';
import { type Answer, forbiddenCode, NoAnswer, post } from './post';
import { signedHeaders } from './sign';

export interface PostWebhookInput {
  webhook: string;
  /** The same for every attempt: the receiver's key to drop a second one. */
  id: string;
  ended: EndedRun;
}

/**
 * Posts the signed notification of a run's end to one of the worker's webhooks. Every attempt sends the same id and
 * text: an answer that is lost makes the receiver see them twice.
 * @throws WebhookUnknown, NotificationRefused, ReceiverUnavailable (retried; later when the receiver says so)
 */
export async function postWebhook(
  { webhooks, place }: Notifier,
  { webhook, id, ended }: PostWebhookInput,
): Promise<{ status: number }> {
  const call = { what: 'notification', handles: { webhook, id } };
  const endpoint = webhooks.get(webhook);
  if (endpoint === undefined)
    throw failureOf('WebhookUnknown', call, 'this worker has no webhook of that name');
  const body = fittedText(notificationOf(id, ended, place));
  const headers = signedHeaders(endpoint.keys, id, Math.floor(Date.now() / 1000), body);
  const answer = await heartbeating(() => post(endpoint.url, headers, body)).catch((error: unknown) => {
    if (!(error instanceof NoAnswer)) throw error;
    if (error.code === forbiddenCode)
      throw failureOf(
        'NotificationRefused',
        call,
        'its name leads to an address of the link, where nothing is sent',
      );
    throw failureOf('ReceiverUnavailable', call, error.code);
  });
  return requireTaken(call, answer);
}

function requireTaken(
  call: Parameters<typeof failureOf>[1],
  { status, retryAfter }: Answer,
): { status: number } {
  const verdict = verdictOn(status);
  if (verdict === 'taken') return { status };
  if (verdict === 'refused') {
    const why = status >= 300 && status < 400 ? ', and redirects are not followed' : '';
    throw failureOf('NotificationRefused', call, `HTTP ${status}${why}`);
  }
  const failure = failureOf('ReceiverUnavailable', call, `HTTP ${status}`);
  const laterMs = retryAfterMs(retryAfter, Date.now());
  if (laterMs === undefined) throw failure;
  throw ApplicationFailure.create({
    type: 'ReceiverUnavailable',
    message: failure.message,
    details: failure.details ?? [],
    nextRetryDelay: laterMs,
  });
}
