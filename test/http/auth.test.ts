import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CryptoKey, JWTPayload } from 'jose' with { 'resolution-mode': 'import' };
import type { Operations } from '../../client/http/api';
import { isEnough, type Role, roles } from '../../client/http/roles';
import { openApiDocument } from '../../dev/docs/openapi';
import { apiRig, bearer, tokens, untouched, type ApiRig } from './api-rig';

interface Route {
  method: string;
  path: string;
  role: Role;
}

/** Every route of the OpenAPI document, with the role that it says it needs. */
async function routesOf(): Promise<Route[]> {
  const { paths } = JSON.parse(await openApiDocument()) as {
    paths: Record<string, Record<string, { 'x-undrop-role': Role }>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => ({
      method: method.toUpperCase(),
      path: path.replace('{id}', 'a%2Fb'),
      role: route['x-undrop-role'],
    })),
  );
}

/** What was let through comes to an error of the body or the operations, never to 401 or 403. */
const call = (api: ApiRig, { method, path }: Route, headers: Record<string, string>) =>
  fetch(`${api.url}${path}`, {
    method,
    headers: { ...headers, ...(method === 'POST' && { 'content-type': 'application/json' }) },
    ...(method === 'POST' && { body: '{}' }),
  });

/** The type of the problem, or undefined when it is none. */
const typeOf = async (response: Response) =>
  ((await response.json()) as { type?: string }).type?.replace('urn:undrop:failure:', '');

describe('bearer tokens', () => {
  let api: ApiRig;
  beforeAll(async () => void (api = await apiRig(untouched)));
  afterAll(() => api.app.close());

  const wrong: [string, Record<string, string>][] = [
    ['no token', {}],
    ['a token that is not known', bearer('guessed')],
    ['the hash of a token', bearer('8e6f17d0ef1ee49b3d8fbfdb2a2d1ef6d0ee8cf56b34ee4ee9d2a2b6ce5bde5c')],
    ['another scheme', { authorization: `Basic ${Buffer.from(`x:${tokens.admin}`).toString('base64')}` }],
    ['an empty token', { authorization: 'Bearer ' }],
  ];
  it.each(wrong)('refuses %s on every route, before anything is read', async (_what, headers) => {
    for (const route of await routesOf()) {
      const response = await call(api, route, headers);
      expect([route.path, response.status]).toEqual([route.path, 401]);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(await typeOf(response)).toBe('Unauthenticated');
    }
  });

  it.each(roles)('lets the %s do what the role may, and nothing more, on every route', async (role) => {
    const routes = await routesOf();
    expect(routes.length).toBeGreaterThan(15);
    for (const route of routes) {
      const response = await call(api, route, bearer(tokens[role]));
      const type = await typeOf(response);
      expect([route.path, type === 'RoleTooLow']).toEqual([route.path, !isEnough(role, route.role)]);
      expect([route.path, type === 'Unauthenticated']).toEqual([route.path, false]);
    }
  });

  it('asks an operator to start and to cancel, and an admin for SQL of their own', async () => {
    const needed = Object.fromEntries(
      (await routesOf()).map(({ method, path, role }) => [`${method} ${path}`, role]),
    );
    expect(needed).toMatchObject({
      'POST /v1/recover-table': 'operator',
      'POST /v1/query': 'admin',
      'POST /v1/runs/a%2Fb/cancel': 'operator',
      'POST /v1/statements/a%2Fb/cancel': 'operator',
      'GET /v1/runs': 'viewer',
      'GET /v1/runs/a%2Fb': 'viewer',
      'GET /v1/runs/a%2Fb/events': 'viewer',
    });
  });
});

describe('without authentication', () => {
  let api: ApiRig;
  const listing = { list: async () => ({ apiVersion: 'undrop/v1', runs: [] }) } as unknown as Operations;
  beforeAll(async () => void (api = await apiRig(listing, { auth: { tokens: [] } })));
  afterAll(() => api.app.close());

  const ask = (headers: Record<string, string>) =>
    api.app.inject({ method: 'GET', url: '/v1/runs', headers });

  it('answers this machine under its own names', async () => {
    for (const host of ['localhost:8080', '127.0.0.1', '[::1]:8080']) {
      expect((await ask({ host })).statusCode).toBe(200);
    }
    expect((await ask({ host: 'localhost:8080', origin: 'http://localhost:8080' })).statusCode).toBe(200);
  });

  it.each([
    ['under a name that was made to lead here', { host: 'rebound.example.org' }],
    ['for another web site', { host: 'localhost:8080', origin: 'https://evil.example.org' }],
    ['for a page of another port', { host: 'localhost:8080', origin: 'http://localhost:3000' }],
    ['for a page without an origin', { host: 'localhost:8080', origin: 'null' }],
  ])('refuses a browser that asks %s', async (_what, headers) => {
    const response = await ask(headers);
    expect(response.statusCode).toBe(403);
    expect(response.json()).toMatchObject({ type: 'urn:undrop:failure:ForeignOrigin' });
  });
});

describe('tokens of an identity provider', () => {
  const audience = 'undrop-api';
  let issuer: string;
  let provider: Server;
  let healthy = true;
  let api: ApiRig;
  let jose: typeof import('jose', { with: { 'resolution-mode': 'import' } });
  let own: Awaited<ReturnType<typeof jose.generateKeyPair>>;
  let elliptic: typeof own;
  let edwards: typeof own;

  beforeAll(async () => {
    jose = await import('jose');
    own = await jose.generateKeyPair('RS256', { extractable: true });
    elliptic = await jose.generateKeyPair('ES256');
    edwards = await jose.generateKeyPair('EdDSA');
    const keys = await Promise.all(
      Object.entries({ own, elliptic, edwards }).map(async ([kid, { publicKey }]) => ({
        ...(await jose.exportJWK(publicKey)),
        kid,
      })),
    );
    provider = createServer((request, response) => {
      if (!healthy) return void response.writeHead(500).end();
      const discovery = request.url === '/.well-known/openid-configuration';
      response.end(JSON.stringify(discovery ? { issuer, jwks_uri: `${issuer}/keys` } : { keys }));
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
    const listing = { list: async () => ({ apiVersion: 'undrop/v1', runs: [] }) } as unknown as Operations;
    api = await apiRig(listing, {
      auth: { tokens: [], oidc: { issuer, audience, rolesClaim: 'access.roles' } },
    });
  });
  afterAll(async () => {
    await api?.app.close();
    provider?.closeAllConnections();
    await new Promise((resolve) => provider.close(resolve));
  });

  interface Made {
    claims?: JWTPayload;
    alg?: string;
    kid?: string;
    key?: CryptoKey | Uint8Array;
    expires?: string | null;
    notBefore?: string;
  }
  const made = async ({
    claims,
    alg = 'RS256',
    kid = 'own',
    key = own.privateKey,
    expires = '5m',
    notBefore,
  }: Made = {}) => {
    const jwt = new jose.SignJWT({
      iss: issuer,
      aud: audience,
      sub: 'ann',
      access: { roles: ['undrop-viewer'] },
      ...claims,
    });
    jwt.setProtectedHeader({ alg, kid });
    if (expires !== null) jwt.setExpirationTime(expires);
    if (notBefore !== undefined) jwt.setNotBefore(notBefore);
    return jwt.sign(key);
  };
  const ask = (token: string) => api.get('/v1/runs', bearer(token));
  const unsigned = (header: object, token: string) =>
    `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${token.split('.')[1]}.`;

  it('are accepted when signed by a published key, with each algorithm of the list', async () => {
    expect((await ask(await made())).status).toBe(200);
    expect((await ask(await made({ alg: 'ES256', kid: 'elliptic', key: elliptic.privateKey }))).status).toBe(
      200,
    );
    expect((await ask(await made({ alg: 'EdDSA', kid: 'edwards', key: edwards.privateKey }))).status).toBe(
      200,
    );
  });

  const refused: [string, () => Promise<string>, RegExp][] = [
    ['have expired', () => made({ expires: '-2m' }), /expired/],
    ['never expire', () => made({ expires: null }), /claim exp/],
    ['are not valid yet', () => made({ notBefore: '10m' }), /claim nbf/],
    ['are meant for another audience', () => made({ claims: { aud: 'another-api' } }), /claim aud/],
    ['come from another issuer', () => made({ claims: { iss: 'https://evil.example.org' } }), /claim iss/],
    [
      'have an algorithm outside the list',
      () => made({ alg: 'PS256' }).catch(() => unsignedWith('PS256')),
      /algorithm|checked/,
    ],
    [
      'are signed by nobody (alg none)',
      async () => unsigned({ alg: 'none' }, await made()),
      /checked|algorithm/,
    ],
    [
      'are signed with the public key as a shared secret',
      async () => made({ alg: 'HS256', key: new TextEncoder().encode(await jose.exportSPKI(own.publicKey)) }),
      /algorithm/,
    ],
    [
      'are signed by a key of somebody else under a known name',
      async () => made({ key: (await jose.generateKeyPair('RS256')).privateKey }),
      /signature/,
    ],
    ['name a key that is not published', () => made({ kid: 'strange' }), /key/],
    [
      'were changed after they were signed',
      async () => {
        const [head, , signature] = (await made()).split('.');
        const claims = {
          iss: issuer,
          aud: audience,
          sub: 'ann',
          exp: 4e9,
          access: { roles: ['undrop-admin'] },
        };
        return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
      },
      /signature/,
    ],
    ['are no tokens', async () => 'a.b.c', /checked/],
  ];
  const unsignedWith = async (alg: string) => `${unsigned({ alg, kid: 'own' }, await made())}AAAA`;

  it.each(refused)('are refused with 401 when they %s', async (_what, token, why) => {
    const response = await ask(await token());
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      type: 'urn:undrop:failure:Unauthenticated',
      detail: expect.stringMatching(why),
    });
  });

  it('are refused on every route, whatever is wrong with them', async () => {
    const tokensRefused = await Promise.all(
      refused.map(async ([what, token]) => [what, await token()] as const),
    );
    for (const route of await routesOf()) {
      for (const [what, token] of tokensRefused) {
        const response = await call(api, route, bearer(token));
        expect([route.path, what, response.status]).toEqual([route.path, what, 401]);
      }
    }
  });

  it.each(roles)('let the %s do what the role may, and nothing more, on every route', async (role) => {
    const token = await made({ claims: { access: { roles: [`undrop-${role}`] } } });
    for (const route of await routesOf()) {
      const type = await typeOf(await call(api, route, bearer(token)));
      expect([route.path, type === 'RoleTooLow']).toEqual([route.path, !isEnough(role, route.role)]);
      expect([route.path, type === 'Unauthenticated']).toEqual([route.path, false]);
    }
  });

  it.each([
    ['no roles at all', {}, 403],
    ['the roles of other programs', { access: { roles: ['admin', 'viewer'] } }, 403],
    ['several of ours: the highest counts', { access: { roles: ['undrop-viewer', 'undrop-admin'] } }, 200],
    ['them as words', { access: { roles: 'openid undrop-operator' } }, 200],
  ])('count by their roles: with %s', async (_what, access, status) => {
    const response = await ask(await made({ claims: { access: undefined, ...access } }));
    expect(response.status).toBe(status);
  });

  it('may not do more than their role', async () => {
    const response = await api.post('/v1/runs/x/cancel', undefined, bearer(await made()));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ detail: 'ann has the role viewer; this needs operator' });
  });

  it('are good for a stream of events as long as they are good', async () => {
    const run = { workflowId: 'w', runId: 'r', links: { ui: '' }, outcome: 'running' };
    const watching = {
      async *watch(_id: string, { signal }: { signal: AbortSignal }) {
        yield run;
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    } as unknown as Operations;
    const oidc = { issuer, audience, rolesClaim: 'access.roles' };
    const other = await apiRig(watching, { auth: { tokens: [], oidc } });
    try {
      const stream = await other.get('/v1/runs/w/events', bearer(await made({ expires: '5s' })));
      const text = await stream.text();
      expect(text).toContain('event: run');
      expect(text).not.toContain('event: end');
    } finally {
      await other.app.close();
    }
  });

  it('cannot be checked while the identity provider is away, which is 503, and are again when it is back', async () => {
    healthy = false;
    const oidc = { issuer, audience, rolesClaim: 'access.roles' };
    const fresh = await apiRig(
      { list: async () => ({ apiVersion: 'undrop/v1', runs: [] }) } as unknown as Operations,
      { auth: { tokens: [], oidc } },
    );
    try {
      const away = await fresh.get('/v1/runs', bearer(await made()));
      expect(away.status).toBe(503);
      expect(await typeOf(away)).toBe('IdentityProviderUnreachable');
      healthy = true;
      expect((await fresh.get('/v1/runs', bearer(await made()))).status).toBe(200);
    } finally {
      healthy = true;
      await fresh.app.close();
    }
  });
});
