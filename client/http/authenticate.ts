import type { FastifyRequest } from 'fastify';
import { ApiError } from './api-error';
import { oidcVerifier, type OidcSettings } from './oidc';
import { isEnough, type Principal, type Role } from './roles';
import { findToken, type KnownToken } from './tokens';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Role that the route asks for; absent: anybody. */
    role?: Role;
  }
  interface FastifyRequest {
    principal: Principal | undefined;
  }
}

/** Without tokens and identity provider the API is open, which is for the loopback alone. */
export interface AuthSettings {
  tokens: readonly KnownToken[];
  oidc?: OidcSettings;
}

export const isOpen = ({ tokens, oidc }: AuthSettings): boolean => tokens.length === 0 && oidc === undefined;

/**
 * The hook that lets a request through or not, before its body is read.
 * @throws ApiError `Unauthenticated`, `RoleTooLow`, `ForeignOrigin`, `IdentityProviderUnreachable`.
 */
export function authenticator(auth: AuthSettings): (request: FastifyRequest) => Promise<void> {
  const verify = auth.oidc && oidcVerifier(auth.oidc);
  return async (request) => {
    const needs = request.routeOptions.config.role;
    if (needs === undefined) return;
    const principal = isOpen(auth) ? onThisMachine(request) : await whoAsks(request);
    request.principal = principal;
    if (principal.role === undefined || !isEnough(principal.role, needs)) {
      throw new ApiError(
        'RoleTooLow',
        `${principal.name} has ${principal.role ? `the role ${principal.role}` : 'no role here'}; this needs ${needs}`,
      );
    }
  };

  async function whoAsks({ headers }: FastifyRequest): Promise<Principal> {
    const presented = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (presented === undefined) throw new ApiError('Unauthenticated', 'the request has no bearer token');
    const known = findToken(auth.tokens, presented);
    if (known) return { name: known.name, role: known.role };
    if (verify && presented.split('.').length === 3) return verify(presented);
    throw new ApiError('Unauthenticated', 'the token is not known here');
  }
}

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** An open API is still not for every web site that a browser on this machine has open (CSRF, DNS rebinding). */
function onThisMachine({ headers }: FastifyRequest): Principal {
  const { host = '', origin } = headers;
  if (!loopback.test(host)) {
    throw new ApiError('ForeignOrigin', 'the request names another host than this machine');
  }
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    throw new ApiError('ForeignOrigin', 'the request comes from another web site');
  }
  return { name: 'this machine', role: 'admin' };
}
