import { httpUrl, parseClientConfig, type ClientConfig } from './client-config';
import { loadWebhooks, type Webhooks } from './webhooks';
import { ConfigError, read, type ConfigProblem, type Environment } from './config-error';
import { parseOperatingConfig, type OperatingConfig } from './operating-config';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What the AWS SDK will be told; where a value is absent, its own chain decides (profile, role, shared config file). */
export interface AwsSettings {
  /** AWS_REGION, else AWS_DEFAULT_REGION (which the SDK for JavaScript does not read by itself). */
  region?: string;
  /** AWS_ENDPOINT_URL; the SDK reads it, and the service-specific ones, by itself: this is for showing. */
  endpointUrl?: string;
  profile?: string;
}

/** What a worker needs, besides what a client needs. */
export interface WorkerConfig extends ClientConfig, OperatingConfig {
  aws: AwsSettings;
  logLevel: LogLevel;
  /** Receivers of notifications that a run may name. */
  webhooks: Webhooks;
  /** Port of the health endpoint on the loopback or, in a container, on all addresses; absent: no endpoint. 0: any free one. */
  healthPort?: number;
}

/**
 * Reads everything from the environment, once.
 * @throws ConfigError naming every variable that is wrong: `TEMPORAL_ADDRESS must be …; UNDROP_HEALTH_PORT must be …`.
 */
export function loadWorkerConfig(env: Environment): WorkerConfig {
  const problems: ConfigProblem[] = [];
  const client = parseClientConfig(env, problems);
  const region = read(env, 'AWS_REGION') ?? read(env, 'AWS_DEFAULT_REGION');
  if (region !== undefined && !/^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(region)) {
    problems.push({
      variable: read(env, 'AWS_REGION') ? 'AWS_REGION' : 'AWS_DEFAULT_REGION',
      problem: `must be a region such as eu-central-1, not "${region}"`,
    });
  }
  const endpointUrl = httpUrl(env, 'AWS_ENDPOINT_URL', problems);
  const profile = read(env, 'AWS_PROFILE');
  const webhooks = loadWebhooks(env, problems);
  const logLevel = (read(env, 'UNDROP_LOG_LEVEL') ?? 'info').toLowerCase();
  if (!(logLevels as readonly string[]).includes(logLevel)) {
    problems.push({ variable: 'UNDROP_LOG_LEVEL', problem: `must be one of ${logLevels.join(', ')}` });
  }
  const healthPort = read(env, 'UNDROP_HEALTH_PORT');
  if (healthPort !== undefined && !(/^\d{1,5}$/.test(healthPort) && Number(healthPort) < 65_536)) {
    problems.push({ variable: 'UNDROP_HEALTH_PORT', problem: 'must be a port, 0 to 65535' });
  }
  const operating = parseOperatingConfig(env, problems);
  if (client === undefined || problems.length > 0) throw new ConfigError(problems);
  return {
    ...client,
    ...operating,
    aws: {
      ...(region !== undefined && { region }),
      ...(endpointUrl !== undefined && { endpointUrl }),
      ...(profile !== undefined && { profile }),
    },
    logLevel: logLevel as LogLevel,
    webhooks,
    ...(healthPort !== undefined && { healthPort: Number(healthPort) }),
  };
}
