import {
  type ClientConfig,
  ConfigError,
  type ConfigProblem,
  type Environment,
  type LogLevel,
} from '../../config';
import { parseClientConfig } from '../../config/client-config';
import { read } from '../../config/config-error';
import { logLevels } from '../../config/worker-config';
import { type MetricsAccess, metricsAccesses } from './api';
import { type AuthSettings, isOpen } from './authenticate';
import { isSafeUrl, type OidcSettings } from './oidc';
import { parseTokens } from './tokens';
import { parseTrustedProxies } from './trusted-proxies';

/** What the API needs, besides what a client needs. */
export interface ApiConfig extends ClientConfig {
  host: string;
  /** 0: any free one. */
  port: number;
  auth: AuthSettings;
  /** Requests a minute from one address. */
  rateLimit: number;
  /** Addresses and CIDR ranges of the proxies whose X-Forwarded-For is believed. */
  trustedProxies: string[];
  metricsAccess: MetricsAccess;
  logLevel: LogLevel;
}

/**
 * Reads everything from the environment, once.
 * @param readFile gives the text of a file, or throws.
 * @throws ConfigError naming every variable that is wrong.
 */
export function loadApiConfig(env: Environment, readFile: (path: string) => string): ApiConfig {
  const problems: ConfigProblem[] = [];
  const client = parseClientConfig(env, problems);
  const host = read(env, 'UNDROP_API_HOST') ?? '127.0.0.1';
  const port = wholeNumber(env, 'UNDROP_API_PORT', 8080, [0, 65_535], problems);
  const rateLimit = wholeNumber(env, 'UNDROP_API_RATE_LIMIT', 600, [1, 1_000_000], problems);
  const proxies = read(env, 'UNDROP_API_TRUSTED_PROXIES');
  const trustedProxies =
    proxies === undefined ? [] : parseTrustedProxies(proxies, 'UNDROP_API_TRUSTED_PROXIES', problems);
  const metricsAccess = oneOf(env, 'UNDROP_API_METRICS', metricsAccesses, 'viewer', problems);
  const logLevel = oneOf(env, 'UNDROP_LOG_LEVEL', logLevels, 'info', problems);
  const oidc = readOidc(env, problems);
  const auth = { tokens: readTokens(env, readFile, problems), ...(oidc && { oidc }) };
  if (problems.length === 0 && isOpen(auth)) {
    const needs = 'that needs UNDROP_API_TOKENS_FILE, UNDROP_API_TOKENS or UNDROP_API_OIDC_ISSUER';
    if (!isLoopback(host)) {
      problems.push({ variable: 'UNDROP_API_HOST', problem: `is ${host}, which others can reach: ${needs}` });
    }
    // Many proxies ask for what stands behind them by its own address: everybody would seem to be on this machine.
    if (trustedProxies.length > 0) {
      const problem = `names proxies, through which others can reach the API: ${needs}`;
      problems.push({ variable: 'UNDROP_API_TRUSTED_PROXIES', problem });
    }
  }
  if (client === undefined || problems.length > 0) throw new ConfigError(problems);
  return { ...client, host, port, auth, rateLimit, trustedProxies, metricsAccess, logLevel };
}

/** Whether only this machine reaches what listens there. */
export const isLoopback = (host: string): boolean =>
  /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1)$/i.test(host);

function wholeNumber(
  env: Environment,
  variable: string,
  usual: number,
  [least, most]: [number, number],
  problems: ConfigProblem[],
): number {
  const text = read(env, variable);
  if (text === undefined) return usual;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (!(value >= least && value <= most)) {
    problems.push({ variable, problem: `must be a whole number, ${least} to ${most}` });
  }
  return value;
}

function oneOf<T extends string>(
  env: Environment,
  variable: string,
  choices: readonly T[],
  usual: T,
  problems: ConfigProblem[],
): T {
  const text = (read(env, variable) ?? usual).toLowerCase();
  const choice = choices.find((one) => one === text);
  if (choice === undefined) problems.push({ variable, problem: `must be one of ${choices.join(', ')}` });
  return choice ?? usual;
}

function readTokens(env: Environment, readFile: (path: string) => string, problems: ConfigProblem[]) {
  const inPlace = read(env, 'UNDROP_API_TOKENS');
  const tokens = inPlace === undefined ? [] : parseTokens(inPlace, 'UNDROP_API_TOKENS', problems);
  const file = read(env, 'UNDROP_API_TOKENS_FILE');
  if (file !== undefined) {
    const add = (problem: string) => problems.push({ variable: 'UNDROP_API_TOKENS_FILE', problem });
    try {
      const before = problems.length;
      const found = parseTokens(readFile(file), 'UNDROP_API_TOKENS_FILE', problems);
      if (found.length === 0 && problems.length === before) add('names a file without any token');
      tokens.push(...found);
    } catch (error) {
      add(`cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
    }
  }
  return tokens;
}

function readOidc(env: Environment, problems: ConfigProblem[]): OidcSettings | undefined {
  const issuer = read(env, 'UNDROP_API_OIDC_ISSUER');
  const audience = read(env, 'UNDROP_API_OIDC_AUDIENCE');
  const jwksUri = read(env, 'UNDROP_API_OIDC_JWKS_URI');
  const rolesClaim = read(env, 'UNDROP_API_OIDC_ROLES_CLAIM');
  if ([issuer, audience, jwksUri, rolesClaim].every((value) => value === undefined)) return undefined;
  const addresses = { UNDROP_API_OIDC_ISSUER: issuer, UNDROP_API_OIDC_JWKS_URI: jwksUri };
  for (const [variable, value] of Object.entries(addresses)) {
    if (value !== undefined && !isSafeUrl(value)) {
      problems.push({ variable, problem: 'must be an https address (http only on this machine)' });
    }
  }
  if (issuer === undefined) problems.push({ variable: 'UNDROP_API_OIDC_ISSUER', problem: 'is missing' });
  if (audience === undefined) problems.push({ variable: 'UNDROP_API_OIDC_AUDIENCE', problem: 'is missing' });
  return {
    issuer: issuer ?? '',
    audience: audience ?? '',
    ...(jwksUri !== undefined && { jwksUri }),
    rolesClaim: rolesClaim ?? 'roles',
  };
}
