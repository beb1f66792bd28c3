import { read, type ConfigProblem, type Environment } from './config-error';

/** How a worker is watched, and which version of a Worker Deployment it is. */
export interface OperatingConfig {
  /** Where the Prometheus endpoint listens, `host:port`; absent: no endpoint. */
  metricsAddress?: string;
  /** Present: the worker takes part in Worker Deployment Versioning (docs/adr/0009). */
  deployment?: {
    name: string;
    /** Absent: the build's own id (worker/build.ts). */
    buildId?: string;
    /** Whether a run stays with the build it was begun on, or goes on with the current one. */
    behavior: VersioningBehavior;
  };
}

export const versioningBehaviors = ['auto-upgrade', 'pinned'] as const;
export type VersioningBehavior = (typeof versioningBehaviors)[number];

/** Reads UNDROP_METRICS_ADDRESS, UNDROP_DEPLOYMENT_NAME, UNDROP_BUILD_ID and UNDROP_VERSIONING. */
export function parseOperatingConfig(env: Environment, problems: ConfigProblem[]): OperatingConfig {
  const metricsAddress = read(env, 'UNDROP_METRICS_ADDRESS');
  if (metricsAddress !== undefined && !isIpAndPort(metricsAddress)) {
    problems.push({
      variable: 'UNDROP_METRICS_ADDRESS',
      problem: `must be an IP address and a port, such as 127.0.0.1:9464, not "${metricsAddress}"`,
    });
  }
  const name = read(env, 'UNDROP_DEPLOYMENT_NAME');
  if (name !== undefined && !/^[\w-]{1,100}$/.test(name)) {
    // The server joins name and build id with a dot.
    problems.push({ variable: 'UNDROP_DEPLOYMENT_NAME', problem: 'must be 1 to 100 letters, digits or _ -' });
  }
  const buildId = read(env, 'UNDROP_BUILD_ID');
  if (buildId !== undefined && !/^[\w.+-]{1,100}$/.test(buildId)) {
    problems.push({ variable: 'UNDROP_BUILD_ID', problem: 'must be 1 to 100 letters, digits or . _ + -' });
  }
  const behavior = read(env, 'UNDROP_VERSIONING') ?? 'auto-upgrade';
  if (!isBehavior(behavior)) {
    problems.push({
      variable: 'UNDROP_VERSIONING',
      problem: `must be one of ${versioningBehaviors.join(', ')}`,
    });
  }
  for (const variable of ['UNDROP_BUILD_ID', 'UNDROP_VERSIONING']) {
    if (name === undefined && read(env, variable) !== undefined)
      problems.push({ variable, problem: 'means nothing without UNDROP_DEPLOYMENT_NAME: set that too' });
  }
  return {
    ...(metricsAddress !== undefined && { metricsAddress }),
    ...(name !== undefined &&
      isBehavior(behavior) && { deployment: { name, behavior, ...(buildId !== undefined && { buildId }) } }),
  };
}

const isBehavior = (text: string): text is VersioningBehavior =>
  (versioningBehaviors as readonly string[]).includes(text);

/** The runtime's exporter takes no host names. */
function isIpAndPort(address: string): boolean {
  const match = /^(?:(?:\d{1,3}\.){3}\d{1,3}|\[[0-9a-fA-F:.]+\]):(\d{1,5})$/.exec(address);
  return match !== null && Number(match[1]) > 0 && Number(match[1]) < 65_536;
}
