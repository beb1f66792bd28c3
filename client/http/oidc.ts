import type { JWTPayload, JWTVerifyGetKey } from 'jose' with { 'resolution-mode': 'import' };
import { ApiError } from './api-error';
import { isEnough, type Principal, type Role, roles } from './roles';

export interface OidcSettings {
  /** `iss` of the tokens, exactly. */
  issuer: string;
  /** `aud` that tokens for this API have. */
  audience: string;
  /** Where the keys are; found through the issuer's discovery document when absent. */
  jwksUri?: string;
  /** Claim with the roles, dotted: `roles`, `realm_access.roles`. */
  rolesClaim: string;
}

/** Asymmetric ones alone: a public key must never be taken for a shared secret. */
const algorithms = ['RS256', 'ES256', 'EdDSA', 'Ed25519'];

const clockToleranceSeconds = 30;
const discoveryTimeoutMs = 5_000;

/**
 * Checks JSON Web Tokens of one issuer: signature by its published keys (kept and renewed by jose), algorithm, issuer,
 * audience, `exp` and `nbf`.
 * @throws ApiError `Unauthenticated`, `IdentityProviderUnreachable`.
 */
export function oidcVerifier(settings: OidcSettings): (token: string) => Promise<Principal> {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async (token) => {
    const jose = await import('jose');
    keys ??= publishedKeys(settings);
    try {
      const { payload } = await jose.jwtVerify(token, await keys, {
        issuer: settings.issuer,
        audience: settings.audience,
        algorithms,
        requiredClaims: ['exp'],
        clockTolerance: clockToleranceSeconds,
      });
      return principalOf(payload, settings.rolesClaim);
    } catch (error) {
      if (error instanceof ApiError) keys = undefined; // the next request tries the discovery again
      throw refusal(error, jose.errors);
    }
  };
}

async function publishedKeys({ issuer, jwksUri }: OidcSettings): Promise<JWTVerifyGetKey> {
  const { createRemoteJWKSet } = await import('jose');
  return createRemoteJWKSet(new URL(jwksUri ?? (await discover(issuer))), { timeoutDuration: 5_000 });
}

/** https://openid.net/specs/openid-connect-discovery-1_0.html */
async function discover(issuer: string): Promise<string> {
  const address = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  const failed = (why: string, cause?: unknown) =>
    new ApiError('IdentityProviderUnreachable', `discovery of the identity provider failed: ${why}`, cause);
  let document: { issuer?: unknown; jwks_uri?: unknown };
  try {
    const response = await fetch(address, {
      redirect: 'error',
      signal: AbortSignal.timeout(discoveryTimeoutMs),
    });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    document = (await response.json()) as typeof document;
  } catch (error) {
    throw failed(error instanceof Error ? error.message : String(error), error);
  }
  if (document.issuer !== issuer) throw failed('its document names another issuer');
  const { jwks_uri: uri } = document;
  if (typeof uri !== 'string' || !isSafeUrl(uri)) throw failed('its jwks_uri is not an https address');
  return uri;
}

/** https, or http on this machine: keys that came over an open line prove nothing. */
export function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (
    protocol === 'https:' ||
    (protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname))
  );
}

type JoseErrors = typeof import('jose', { with: { 'resolution-mode': 'import' } }).errors;

function refusal(error: unknown, errors: JoseErrors): ApiError {
  if (error instanceof ApiError) return error;
  const refused = (why: string) => new ApiError('Unauthenticated', `the token was refused: ${why}`, error);
  if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) return unreachable(error);
  if (error instanceof errors.JWTExpired) return refused('it has expired');
  if (error instanceof errors.JWTClaimValidationFailed)
    return refused(`its claim ${error.claim} is not as it must be`);
  if (error instanceof errors.JOSEAlgNotAllowed) return refused('its algorithm is not accepted');
  if (error instanceof errors.JWKSNoMatchingKey) return refused('its key is not one of the issuer');
  if (error instanceof errors.JWSSignatureVerificationFailed) return refused('its signature is wrong');
  // jose's plain JOSEError is what an answer other than 200 of the key address becomes.
  return error.code === 'ERR_JOSE_GENERIC'
    ? unreachable(error)
    : refused('it is no JSON Web Token that can be checked');
}

const unreachable = (cause: unknown) =>
  new ApiError(
    'IdentityProviderUnreachable',
    'the keys of the identity provider could not be fetched',
    cause,
  );

function principalOf(payload: JWTPayload, rolesClaim: string): Principal {
  const role = highestRole(claim(payload, rolesClaim));
  const { email, preferred_username: user, sub } = payload;
  const name = [email, user, sub].find((one): one is string => typeof one === 'string' && one !== '');
  return {
    name: name ?? 'somebody without a name',
    ...(role && { role }),
    ...(payload.exp !== undefined && { expiresAt: payload.exp * 1000 }),
  };
}

function claim(payload: JWTPayload, dotted: string): unknown {
  // A claim's name may hold dots itself (https://example.org/roles): the whole name is looked for first.
  if (Object.hasOwn(payload, dotted)) return payload[dotted];
  return dotted.split('.').reduce<unknown>((at, key) => {
    const inside = typeof at === 'object' && at !== null && Object.hasOwn(at, key);
    return inside ? (at as Record<string, unknown>)[key] : undefined;
  }, payload);
}

/** `undrop-operator` in a list or in words with spaces between; the highest one counts. */
function highestRole(value: unknown): Role | undefined {
  const given = typeof value === 'string' ? value.split(/\s+/) : Array.isArray(value) ? value : [];
  const ours = roles.filter((role) => given.includes(`undrop-${role}`));
  return ours.reduce<Role | undefined>((best, one) => (best && isEnough(best, one) ? best : one), undefined);
}
