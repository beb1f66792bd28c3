import { type AddressInfo, connect } from 'node:net';
import { problemSchema } from '../../client/http/schemas';
import { apiRig, bearer, tokens, untouched, type ApiRig } from './api-rig';

/** What comes over the wire and is no request that a route could answer. */

let api: ApiRig;
/** Does not wait long for the rest of a request. */
let hasty: ApiRig;
beforeAll(async () => {
  api = await apiRig(untouched);
  hasty = await apiRig(untouched, { requestTimeoutMs: 300 });
});
afterAll(async () => {
  await api?.app.close();
  await hasty?.app.close();
});

/** Writes the text and nothing more, and reads until the API ends the connection. */
async function exchange(
  text: string,
  at: ApiRig,
): Promise<{ status: number; headers: string; body: string }> {
  const { port } = at.app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  let all = '';
  for await (const chunk of socket) all += String(chunk);
  const [headers = '', body = ''] = all.split(/\r\n\r\n/, 2);
  return { status: Number(headers.split(' ')[1]), headers, body };
}

const authorization = `Authorization: ${bearer(tokens.admin).authorization}\r\n`;

it.each([
  ['whose headers never end', 'GET /v1/runs HTTP/1.1\r\nHost: x\r\n', 408, 'RequestTimeout'],
  [
    'whose body never comes',
    `POST /v1/restore-table HTTP/1.1\r\nHost: x\r\n${authorization}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
    408,
    'RequestTimeout',
  ],
  ['that are not HTTP', 'hello\r\n\r\n', 400, 'BadRequest'],
  [
    'with more headers than anybody needs',
    `GET /v1/runs HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
    431,
    'HeadersTooLarge',
  ],
  [
    'for an address that cannot be read',
    `GET /v1/runs/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    400,
    'BadRequest',
  ],
])(
  'answers requests %s with a problem and a request id, and ends the connection',
  async (_what, text, status, type) => {
    const answer = await exchange(text, status === 408 ? hasty : api);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatch(/content-type: application\/problem\+json/i);
    const problem = problemSchema.parse(JSON.parse(answer.body));
    expect(problem).toMatchObject({ type: `urn:undrop:failure:${type}`, status });
    expect(answer.headers.toLowerCase()).toContain(`x-request-id: ${problem.requestId}`);
  },
);

it('has a request id in every answer: of routes, probes, pages, refusals and what there is not', async () => {
  for (const path of [
    '/v1/operations',
    '/livez',
    '/docs/',
    '/openapi.json',
    '/metrics',
    '/nowhere',
    '/v1/runs?x=1',
  ]) {
    for (const headers of [{}, bearer(tokens.viewer)]) {
      const response = await api.get(path, headers as Record<string, string>);
      expect([path, response.headers.get('x-request-id')]).toEqual([
        path,
        expect.stringMatching(/^[0-9a-f-]{36}$/),
      ]);
    }
  }
});

it('takes no new request while it shuts down, and says so', async () => {
  const closing = await apiRig(untouched);
  const { port } = closing.app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  // A connection on which a request has begun: it is not cut, as idle ones are.
  await new Promise<void>((resolve) => socket.write('GET /v1/operations HTTP/1.1\r\n', () => resolve()));
  await closing.get('/livez');
  const closed = closing.app.close();
  socket.write(`Host: x\r\n${authorization}\r\n`);
  let all = '';
  for await (const chunk of socket) all += String(chunk);
  expect(all).toContain('503');
  expect(all).toContain('urn:undrop:failure:ShuttingDown');
  await closed;
});
