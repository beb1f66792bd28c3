import { createHash } from 'node:crypto';
import { loadApiConfig } from '../../client/http/config';

const hash = createHash('sha256').update('secret').digest('hex');
const line = (role = 'viewer') => `${role} ${hash} somebody`;
const noFile = (path: string): string => {
  throw Object.assign(new Error(path), { code: 'ENOENT' });
};
const load = (env: Record<string, string>, readFile: (path: string) => string = noFile) =>
  loadApiConfig(env, readFile);

describe('the configuration of the API', () => {
  it('listens on the loopback alone when nothing else is said, where it needs no authentication', () => {
    expect(load({})).toMatchObject({ host: '127.0.0.1', port: 8080, auth: { tokens: [] }, rateLimit: 600 });
  });

  it.each(['0.0.0.0', '::', '10.1.2.3', 'api.example.org', '128.0.0.1', 'localhost.example.org'])(
    'does not let an open API be reached by others: %s',
    (host) => {
      expect(() => load({ UNDROP_API_HOST: host })).toThrow(/UNDROP_API_HOST is .+ which others can reach/);
      expect(load({ UNDROP_API_HOST: host, UNDROP_API_TOKENS: line() }).host).toBe(host);
    },
  );

  it.each(['localhost', '127.0.0.1', '127.8.8.8', '::1'])('knows the loopback as %s', (host) => {
    expect(load({ UNDROP_API_HOST: host }).host).toBe(host);
  });

  it('reads tokens from a file and from the environment, with comments and empty lines', () => {
    const text = `# who may what\n\n${line('operator')} of the night shift\r\n${line('admin')}\n`;
    const { auth } = load({ UNDROP_API_TOKENS_FILE: '/tokens', UNDROP_API_TOKENS: line() }, () => text);
    expect(auth.tokens.map(({ role, name }) => `${role}: ${name}`)).toEqual([
      'viewer: somebody',
      'operator: somebody of the night shift',
      'admin: somebody',
    ]);
    expect(auth.tokens[0]!.sha256.toString('hex')).toBe(hash);
  });

  it('reads an identity provider, and takes its roles from the claim "roles"', () => {
    const oidc = { UNDROP_API_OIDC_ISSUER: 'https://id.example.org', UNDROP_API_OIDC_AUDIENCE: 'undrop' };
    expect(load({ UNDROP_API_HOST: '0.0.0.0', ...oidc }).auth.oidc).toEqual({
      issuer: 'https://id.example.org',
      audience: 'undrop',
      rolesClaim: 'roles',
    });
  });

  it('believes no proxy until one is named, and then those alone', () => {
    expect(load({}).trustedProxies).toEqual([]);
    const env = {
      UNDROP_API_TOKENS: line(),
      UNDROP_API_TRUSTED_PROXIES: '10.0.3.7, 10.1.0.0/16,fd00:1::/64,::1',
    };
    expect(load(env).trustedProxies).toEqual(['10.0.3.7', '10.1.0.0/16', 'fd00:1::/64', '::1']);
  });

  it.each([
    'true',
    '*',
    '1',
    'loopback',
    'proxy.example.org',
    '10.0.3.7:8080',
    '10.0.3.7,',
    '10.0.3.7 10.0.3.8',
    '10.0.3',
    '010.0.3.7',
    '10.0.3.7/33',
    '10.0.3.7/255.255.0.0',
    '10.0.3.7/16/8',
    '0.0.0.0/0',
    '128.0.0.0/1',
    '::/0',
    '::ffff:0.0.0.0/96',
    'fe80::1%eth0',
  ])('refuses what is no proxy: %s', (proxies) => {
    const env = { UNDROP_API_TOKENS: line(), UNDROP_API_TRUSTED_PROXIES: proxies };
    expect(() => load(env)).toThrow(/^UNDROP_API_TRUSTED_PROXIES has "/);
  });

  it('does not let an open API be reached through a proxy, on the loopback either', () => {
    const env = { UNDROP_API_TRUSTED_PROXIES: '127.0.0.1' };
    expect(() => load(env)).toThrow(/^UNDROP_API_TRUSTED_PROXIES names proxies.+UNDROP_API_TOKENS/);
    expect(load({ ...env, UNDROP_API_TOKENS: line() }).host).toBe('127.0.0.1');
  });

  it('names everything that is wrong at once', () => {
    const env = {
      UNDROP_API_PORT: '70000',
      UNDROP_API_RATE_LIMIT: '0',
      UNDROP_API_TRUSTED_PROXIES: 'true',
      UNDROP_API_TOKENS: `root ${hash} x`,
      UNDROP_API_TOKENS_FILE: '/nowhere',
      UNDROP_API_OIDC_ISSUER: 'http://id.example.org',
      UNDROP_LOG_LEVEL: 'loud',
      UNDROP_TASK_QUEUE: 'two words',
    };
    const message = thrownBy(() => load(env));
    for (const variable of [...Object.keys(env), 'UNDROP_API_OIDC_AUDIENCE'])
      expect(message).toContain(variable);
  });

  it('never shows what is in a line that it cannot read', () => {
    const env = { UNDROP_API_TOKENS_FILE: '/tokens' };
    const message = thrownBy(() => load(env, () => `${line()}\nviewer my-secret-token-in-clear me`));
    expect(message).toContain('line 2');
    expect(message).not.toContain('my-secret-token-in-clear');
  });

  it('refuses a file without tokens: it would leave the API open', () => {
    expect(() => load({ UNDROP_API_TOKENS_FILE: '/tokens' }, () => '# none yet\n')).toThrow(
      /without any token/,
    );
  });
});

function thrownBy(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
