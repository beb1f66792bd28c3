import type { Place } from '../../domain/run-identity';

/** A webhook as its activity needs it; made by the worker from its configuration (config/webhooks.ts). */
export interface WebhookEndpoint {
  url: string;
  keys: readonly Buffer[];
}

/** What the notifying activities know beside the AWS clients. */
export interface Notifier {
  webhooks: ReadonlyMap<string, WebhookEndpoint>;
  /** For the links in a notification. */
  place: Place;
}
