// Temporal Cloud by profile: what a TLS server sees of the client and of the worker that read temporal.toml.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { connectToTemporal } from '../../client/connect';
import { loadClientConfig, loadWorkerConfig } from '../../config';

const apiKey = 'very-secret-api-key';
let folder: string;
let server: http2.Http2SecureServer;
let port: number;
interface Call {
  method: string;
  headers: http2.IncomingHttpHeaders;
  clientName?: string;
}
let calls: Call[];
const at = (name: string) => path.join(folder, name);

/** A key and a certificate signed by our own authority. */
function certify(name: string, extension: string): void {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  writeFileSync(at(`${name}.ext`), extension);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
  const by =
    name === 'ca' ? ['-signkey', 'ca.key'] : ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'];
  openssl(
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    ...by,
    '-days',
    '2',
    '-out',
    `${name}.pem`,
    '-extfile',
    `${name}.ext`,
  );
}

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  folder = mkdtempSync(path.join(tmpdir(), 'undrop-cloud-'));
  certify('ca', 'basicConstraints=critical,CA:TRUE');
  certify('server', 'basicConstraints=CA:FALSE\nsubjectAltName=DNS:localhost');
  certify('data-team', 'basicConstraints=CA:FALSE\nextendedKeyUsage=clientAuth');
  server = http2.createSecureServer({
    key: readFileSync(at('server.key')),
    cert: readFileSync(at('server.pem')),
    ca: readFileSync(at('ca.pem')),
    requestCert: true,
    rejectUnauthorized: false,
  });
  server.on('stream', (stream, headers) => {
    const socket = stream.session!.socket as TLSSocket;
    const name = socket.authorized ? socket.getPeerCertificate().subject?.CN : undefined;
    calls.push({ method: String(headers[':path']), headers, ...(name && { clientName: name as string }) });
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(Buffer.alloc(5)); // an empty message
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  calls = [];
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** temporal.toml with a profile `cloud`, and the environment that chooses it. */
function profile(...lines: string[]) {
  writeFileSync(
    at('temporal.toml'),
    [`[profile.cloud]`, `address = "localhost:${port}"`, `namespace = "undrop.a1b2c"`, ...lines, ''].join(
      '\n',
    ),
  );
  return { TEMPORAL_CONFIG_FILE: at('temporal.toml'), TEMPORAL_PROFILE: 'cloud' };
}

const mutualTls = () =>
  profile(
    '[profile.cloud.tls]',
    `client_cert_path = "${at('data-team.pem')}"`,
    `client_key_path = "${at('data-team.key')}"`,
    `server_ca_cert_path = "${at('ca.pem')}"`,
  );
const byApiKey = () =>
  profile(`api_key = "${apiKey}"`, '[profile.cloud.tls]', `server_ca_cert_path = "${at('ca.pem')}"`);

const asks = {
  async client(env: Record<string, string>) {
    const client = await connectToTemporal(loadClientConfig(env));
    await client.workflow.count("WorkflowType = 'x'");
    await client.connection.close();
  },
  async worker(env: Record<string, string>) {
    const { temporal } = loadWorkerConfig(env);
    const connection = await NativeConnection.connect(temporal.options);
    await connection.workflowService.countWorkflowExecutions({ namespace: temporal.namespace });
    await connection.close();
  },
};

describe.each(Object.entries(asks))('the %s', (_who, ask) => {
  it('shows its certificate to a server that wants one, from the files that the profile names', async () => {
    await ask(mutualTls());
    expect(calls.length).toBeGreaterThan(1);
    for (const { clientName, headers } of calls) {
      expect(clientName).toBe('data-team');
      expect(headers).not.toHaveProperty('authorization');
    }
  });

  it('sends the API key of the profile with every call, over TLS', async () => {
    await ask(byApiKey());
    expect(calls.length).toBeGreaterThan(1);
    for (const { headers, clientName } of calls) {
      expect(headers.authorization).toBe(`Bearer ${apiKey}`);
      expect(clientName).toBeUndefined();
    }
    // By it Temporal Cloud's regional addresses find the namespace.
    const asked = calls.find(({ method }) => method.endsWith('/CountWorkflowExecutions'));
    expect(asked?.headers['temporal-namespace']).toBe('undrop.a1b2c');
  });

  it('trusts no server that another authority speaks for', async () => {
    await expect(ask(profile('[profile.cloud.tls]'))).rejects.toThrow(/Failed to connect|UnknownIssuer/);
    expect(calls).toEqual([]);
  });
});

it('names neither key nor certificate in what is said of the connection, or of what is wrong with it', () => {
  const { address, namespace, tls } = loadClientConfig(byApiKey()).temporal;
  expect({ address, namespace, tls }).toEqual({
    address: `localhost:${port}`,
    namespace: 'undrop.a1b2c',
    tls: true,
  });
  const wrong = { ...byApiKey(), TEMPORAL_ADDRESS: 'not an address' };
  expect(() => loadClientConfig(wrong)).toThrow(/^TEMPORAL_ADDRESS must be host:port/);
  expect(() => loadClientConfig(wrong)).not.toThrow(apiKey);
});
