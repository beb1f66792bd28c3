import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Operations } from '../../client/http/api';
import { type ApiOptions, createApi } from '../../client/http/app';
import type { AuthSettings } from '../../client/http/authenticate';
import type { Role } from '../../client/http/roles';

/** One token of each role. */
export const tokens: Record<Role, string> = { viewer: 'token-v', operator: 'token-o', admin: 'token-a' };

export const tokenAuth: AuthSettings = {
  tokens: Object.entries(tokens).map(([role, token]) => ({
    role: role as Role,
    name: `the ${role}`,
    sha256: createHash('sha256').update(token).digest(),
  })),
};

/** The same tokens as UNDROP_API_TOKENS has them. */
export const tokenLines = tokenAuth.tokens
  .map(({ role, name, sha256 }) => `${role} ${sha256.toString('hex')} ${name}`)
  .join('\n');

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

export interface ApiRig {
  app: FastifyInstance;
  url: string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** The API on a port of the loopback, a free one unless it is named; calls have the admin's token unless they bring other headers. */
export async function apiRig(
  operations: Operations,
  options: Partial<ApiOptions> = {},
  port = 0,
): Promise<ApiRig> {
  const app = await createApi({
    operations,
    auth: tokenAuth,
    watchIntervalMs: 50,
    rateLimit: 100_000,
    ...options,
  });
  const url = await app.listen({ host: '127.0.0.1', port });
  const admin = bearer(tokens.admin);
  return {
    app,
    url,
    get: (path, headers = admin) => fetch(`${url}${path}`, { headers }),
    post: (path, body, headers = {}) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { ...admin, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
  };
}

/** Operations that nobody may call: what is tested must not come so far. */
export const untouched = new Proxy({} as Operations, {
  get: (_target, name) => () => {
    throw new Error(`${String(name)} was called`);
  },
});
