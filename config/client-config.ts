import { ConfigError, read, type ConfigProblem, type Environment } from './config-error';
import { parseTracing } from './tracing-config';
import { temporalConnection, type TemporalConnection } from './temporal-connection';

export const defaultTaskQueue = 'undrop';

/** What a client of Undrop needs: the way to Temporal, the task queue of the workers, the base of the UI's links. */
export interface ClientConfig {
  temporal: TemporalConnection;
  taskQueue: string;
  /** Without a slash at the end. */
  uiUrl: string;
  /** Where people reach the HTTP API, for links to it; without a slash at the end. */
  apiUrl?: string;
  /** Traces are sent, as the OTEL_* variables say. */
  tracing: boolean;
}

/**
 * Reads what a client needs from the environment.
 * @throws ConfigError naming every variable that is wrong.
 */
export function loadClientConfig(env: Environment): ClientConfig {
  const problems: ConfigProblem[] = [];
  const config = parseClientConfig(env, problems);
  if (config === undefined || problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** As loadClientConfig, adding to a list of problems that others add to as well. */
export function parseClientConfig(env: Environment, problems: ConfigProblem[]): ClientConfig | undefined {
  const temporal = temporalConnection(env, problems);
  const taskQueue = read(env, 'UNDROP_TASK_QUEUE') ?? defaultTaskQueue;
  if (!/^[\w./:-]{1,200}$/.test(taskQueue)) {
    problems.push({
      variable: 'UNDROP_TASK_QUEUE',
      problem: 'must be 1 to 200 letters, digits or . _ / : -',
    });
  }
  const uiUrl = httpUrl(env, 'UNDROP_UI_URL', problems);
  const apiUrl = httpUrl(env, 'UNDROP_API_URL', problems);
  const tracing = parseTracing(env, problems);
  if (temporal === undefined) return undefined;
  return {
    temporal,
    taskQueue,
    tracing,
    uiUrl: bare(uiUrl ?? defaultUiUrl(temporal)),
    ...(apiUrl !== undefined && { apiUrl: bare(apiUrl) }),
  };
}

const bare = (url: string) => url.replace(/\/+$/, '');

/** An http or https URL without credentials in it, or undefined when the variable is not set. */
export function httpUrl(env: Environment, variable: string, problems: ConfigProblem[]): string | undefined {
  const text = read(env, variable);
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    problems.push({ variable, problem: 'must be an http or https URL, such as http://localhost:8233' });
  } else if (url.username || url.password) {
    problems.push({ variable, problem: 'must not hold a user name or password' });
  }
  return text;
}

/**
 * Temporal Cloud has its own console; anywhere else the UI is taken to be where a dev server puts it: on the server's
 * host, port 8233. A wrong guess costs a dead link; UNDROP_UI_URL mends it.
 */
function defaultUiUrl({ address }: TemporalConnection): string {
  if (/\.(tmprl\.cloud|temporal\.io)(:\d+)?$/.test(address)) return 'https://cloud.temporal.io';
  const host = address.replace(/:\d+$/, '');
  return `http://${host === '127.0.0.1' || host === '[::1]' ? 'localhost' : host}:8233`;
}
