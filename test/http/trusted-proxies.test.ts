import { Writable } from 'node:stream';
import pino from 'pino';
import type { Operations } from '../../client/http/api';
import type { ApiOptions } from '../../client/http/app';
import { apiRig, bearer, tokens, type ApiRig } from './api-rig';

const listing = { list: async () => ({ apiVersion: 'undrop/v1', runs: [] }) } as unknown as Operations;

const started: ApiRig[] = [];
afterEach(async () => {
  for (const rig of started.splice(0)) await rig.app.close();
});

/** An API that lets each address ask twice, and what it logged. */
async function limited(options: Partial<ApiOptions> = {}) {
  const from: unknown[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      from.push((JSON.parse(String(chunk)) as { from?: unknown }).from);
      done();
    },
  });
  const rig = await apiRig(listing, { rateLimit: 2, logger: pino(sink), ...options });
  started.push(rig);
  from.length = 0;
  /** Statuses of so many requests that one peer passes on for a caller. */
  const ask = async (times: number, forwardedFor: string, peer = '127.0.0.1') => {
    const statuses: number[] = [];
    for (let i = 0; i < times; i += 1) {
      const { statusCode } = await rig.app.inject({
        url: '/v1/runs',
        remoteAddress: peer,
        headers: { ...bearer(tokens.viewer), 'x-forwarded-for': forwardedFor },
      });
      statuses.push(statusCode);
    }
    return statuses;
  };
  return { ...rig, ask, from };
}

describe('behind a proxy that is trusted', () => {
  it('each caller has a limit of their own and is named in the log', async () => {
    const { ask, from } = await limited({ trustedProxies: ['127.0.0.1'] });
    expect(await ask(3, '203.0.113.5')).toEqual([200, 200, 429]);
    expect(await ask(3, '203.0.113.6')).toEqual([200, 200, 429]);
    expect(from).toEqual([...Array(3).fill('203.0.113.5'), ...Array(3).fill('203.0.113.6')]);
  });

  it('the same over a real connection', async () => {
    const { get, from } = await limited({ trustedProxies: ['127.0.0.0/8'] });
    const ask = async (caller: string) =>
      (await get('/v1/runs', { ...bearer(tokens.viewer), 'x-forwarded-for': caller })).status;
    expect([await ask('2001:db8::1'), await ask('2001:db8::1'), await ask('2001:db8::1')]).toEqual([
      200, 200, 429,
    ]);
    expect(await ask('203.0.113.6')).toBe(200);
    expect(from).toContain('203.0.113.6');
  });

  it('a caller who writes addresses before the one that the proxy adds gains nothing', async () => {
    const { ask, from } = await limited({ trustedProxies: ['127.0.0.1', '10.1.0.0/16'] });
    const forged = ['198.51.100.1', '198.51.100.2', '127.0.0.1'];
    const statuses: number[] = [];
    for (const first of forged) statuses.push(...(await ask(1, `${first}, 203.0.113.5, 10.1.2.3`)));
    expect(statuses).toEqual([200, 200, 429]);
    expect(from).toEqual(Array(3).fill('203.0.113.5'));
  });

  it.each(['unknown', '203.0.113.5:4711', '203.0.113.5, x', ''])(
    'what is no address is passed over, and counts for the proxy: "%s"',
    async (header) => {
      const { ask, from } = await limited({ trustedProxies: ['127.0.0.1'] });
      await ask(1, header);
      expect(from).toEqual(['127.0.0.1']);
    },
  );

  it('a header of ports that change does not give a new limit each time', async () => {
    const { ask } = await limited({ trustedProxies: ['127.0.0.1'] });
    expect([...(await ask(1, '203.0.113.5:1')), ...(await ask(1, '203.0.113.5:2'))]).toEqual([200, 200]);
    expect(await ask(1, '203.0.113.5:3')).toEqual([429]);
  });
});

describe('a forged header changes nothing', () => {
  it.each([
    ['when no proxy is trusted', undefined, '127.0.0.1'],
    ['from an address that is not listed', ['127.0.0.1', '10.1.0.0/16'], '10.2.0.9'],
  ])('%s', async (_when, trustedProxies, peer) => {
    const { ask, from } = await limited(trustedProxies && { trustedProxies });
    expect([
      ...(await ask(1, '203.0.113.5', peer)),
      ...(await ask(1, '203.0.113.6', peer)),
      ...(await ask(1, '127.0.0.1', peer)),
    ]).toEqual([200, 200, 429]);
    expect(from).toEqual([peer, peer, peer]);
  });
});

describe('a proxy that is trusted is believed nothing else', () => {
  const forwarded = { 'x-forwarded-host': 'localhost', 'x-forwarded-proto': 'https' };

  it('does not make another host this machine', async () => {
    const { app } = await limited({ trustedProxies: ['127.0.0.1'], auth: { tokens: [] } });
    const ask = (headers: Record<string, string>) => app.inject({ url: '/v1/runs', headers });
    const refused = await ask({ ...forwarded, host: 'undrop.example.org' });
    expect([refused.statusCode, refused.json<{ type: string }>().type]).toEqual([
      403,
      'urn:undrop:failure:ForeignOrigin',
    ]);
    const otherSite = await ask({ ...forwarded, host: 'localhost', origin: 'https://localhost' });
    expect(otherSite.statusCode).toBe(403);
  });

  it('does not put a host of its own into an answer', async () => {
    const { app } = await limited({ trustedProxies: ['127.0.0.1'], rateLimit: 100 });
    const headers = { ...bearer(tokens.viewer), ...forwarded, 'x-forwarded-host': 'evil.example.org' };
    for (const url of ['/v1/runs', '/v1/operations', '/openapi.json', '/docs', '/docs/']) {
      const { body, headers: answered, statusCode } = await app.inject({ url, headers });
      expect([url, statusCode < 400]).toEqual([url, true]);
      expect(body + JSON.stringify(answered)).not.toContain('evil.example.org');
    }
  });
});
