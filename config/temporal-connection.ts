import { existsSync } from 'node:fs';
import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';
import { read, type ConfigProblem, type Environment } from './config-error';

export const defaultTemporalAddress = 'localhost:7233';

/** How to reach Temporal; `options` fit both `Connection.connect` and `NativeConnection.connect`. */
export interface TemporalConnection {
  /** `host:port`, the default filled in, so that it can be shown. */
  address: string;
  namespace: string;
  tls: boolean;
  /** True when gRPC goes through a proxy of the environment: then the host itself may not be reachable from here. */
  proxied: boolean;
  options: ClientConnectConfig['connectionOptions'];
}

/**
 * The connection from the `TEMPORAL_*` variables and the profile of temporal.toml, as the temporal CLI reads them:
 * https://docs.temporal.io/develop/environment-configuration
 * A config file that was named but is missing is a problem of its own: envconfig would silently go on without it.
 */
export function temporalConnection(
  env: Environment,
  problems: ConfigProblem[],
): TemporalConnection | undefined {
  const file = read(env, 'TEMPORAL_CONFIG_FILE');
  if (file !== undefined && !existsSync(file)) {
    problems.push({
      variable: 'TEMPORAL_CONFIG_FILE',
      problem: `names a file that is not there [file=${file}]`,
    });
    return undefined;
  }
  let loaded: ClientConnectConfig;
  try {
    loaded = loadClientConnectConfig({ overrideEnvVars: present(env) });
  } catch (error) {
    problems.push(explain(error, env));
    return undefined;
  }
  const { connectionOptions } = loaded;
  const address = connectionOptions.address ?? defaultTemporalAddress;
  if (!isHostAndPort(address)) {
    problems.push({
      variable: 'TEMPORAL_ADDRESS',
      problem: `must be host:port, such as localhost:7233, not "${address}"`,
    });
    return undefined;
  }
  return {
    address,
    namespace: loaded.namespace ?? 'default',
    tls: Boolean(connectionOptions.tls),
    proxied: ['grpc_proxy', 'https_proxy', 'http_proxy'].some((name) => read(env, name) !== undefined),
    options: { ...connectionOptions, address },
  };
}

/** Empty variables count as absent here too, except gRPC metadata, where empty means "remove this header". */
function present(env: Environment): Record<string, string> {
  const entries = Object.entries(env).filter(
    ([name, value]) => value !== undefined && (value.trim() !== '' || name.startsWith('TEMPORAL_GRPC_META_')),
  );
  return Object.fromEntries(entries) as Record<string, string>;
}

function explain(error: unknown, env: Environment): ConfigProblem {
  const { message, code, path } = error as NodeJS.ErrnoException;
  const missingProfile = /^Profile '(.*)' not found/.exec(message);
  if (missingProfile) {
    return {
      variable: 'TEMPORAL_PROFILE',
      problem: `names a profile that temporal.toml does not have [profile=${missingProfile[1]}]`,
    };
  }
  if (code === 'ENOENT' && path !== undefined) {
    const variable = Object.keys(env).find((name) => env[name] === path) ?? 'TEMPORAL_TLS';
    return { variable, problem: `names a file that is not there [file=${path}]` };
  }
  const inFile = /TOML|Validation error|undefined \(reading/.test(message);
  return {
    variable: inFile ? 'TEMPORAL_CONFIG_FILE' : 'TEMPORAL_*',
    problem: `cannot be read: ${message.split('\n')[0]}`,
  };
}

function isHostAndPort(address: string): boolean {
  const match = /^(?:\[[0-9a-fA-F:.]+\]|[^\s:/[\]]+)(?::(\d{1,5}))?$/.exec(address);
  return match !== null && (match[1] === undefined || (Number(match[1]) > 0 && Number(match[1]) < 65_536));
}
