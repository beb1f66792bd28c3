export { ConfigError, type ConfigProblem, type Environment } from './config-error';
export { loadClientConfig, defaultTaskQueue, type ClientConfig } from './client-config';
export {
  loadWorkerConfig,
  loadWorkerConfig as loadConfig,
  type AwsSettings,
  type LogLevel,
  type WorkerConfig,
} from './worker-config';
export type { OperatingConfig, VersioningBehavior } from './operating-config';
export type { Webhook, Webhooks } from './webhooks';
export { defaultTemporalAddress, type TemporalConnection } from './temporal-connection';
