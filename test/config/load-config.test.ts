import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigError, loadClientConfig, loadConfig } from '../../config';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'undrop-config-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string) => {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};

const problemsOf = (env: Record<string, string | undefined>) => {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ variable }) => variable);
    throw error;
  }
  return [];
};

describe('loadConfig', () => {
  it('needs nothing: the defaults are a local dev server and the task queue undrop', () => {
    expect(loadConfig({})).toMatchObject({
      temporal: { address: 'localhost:7233', namespace: 'default', tls: false },
      taskQueue: 'undrop',
      uiUrl: 'http://localhost:8233',
      aws: {},
      logLevel: 'info',
    });
    expect(loadConfig({})).not.toHaveProperty('healthPort');
  });

  it('reports every problem at once, each naming its variable', () => {
    const env = {
      TEMPORAL_ADDRESS: 'http://localhost:7233/x',
      UNDROP_TASK_QUEUE: 'a b',
      UNDROP_UI_URL: 'localhost',
      UNDROP_API_URL: 'undrop.example',
      AWS_REGION: 'Frankfurt',
      AWS_ENDPOINT_URL: 'ftp://aws',
      UNDROP_LOG_LEVEL: 'loud',
      UNDROP_HEALTH_PORT: '70000',
      UNDROP_METRICS_ADDRESS: 'localhost:9464',
      UNDROP_DEPLOYMENT_NAME: 'a.b',
      UNDROP_BUILD_ID: 'a b',
    };
    expect(problemsOf(env).sort()).toEqual(Object.keys(env).sort());
    expect(() => loadConfig(env)).toThrow(/^TEMPORAL_ADDRESS must be host:port.*; UNDROP_TASK_QUEUE must be/);
  });

  it('takes an IP address and port for the metrics, because the exporter knows no names', () => {
    for (const metricsAddress of ['127.0.0.1:9464', '0.0.0.0:1', '[::1]:9464'])
      expect(loadConfig({ UNDROP_METRICS_ADDRESS: metricsAddress })).toMatchObject({ metricsAddress });
    for (const wrong of [
      '9464',
      ':9464',
      '127.0.0.1',
      '127.0.0.1:0',
      '127.0.0.1:65536',
      'http://127.0.0.1:9464',
    ])
      expect(problemsOf({ UNDROP_METRICS_ADDRESS: wrong })).toEqual(['UNDROP_METRICS_ADDRESS']);
  });

  it('takes part in a Worker Deployment only when it is named; a build id alone means nothing', () => {
    expect(loadConfig({})).not.toHaveProperty('deployment');
    const named = { UNDROP_DEPLOYMENT_NAME: 'undrop' };
    expect(loadConfig(named).deployment).toEqual({ name: 'undrop', behavior: 'auto-upgrade' });
    expect(
      loadConfig({ ...named, UNDROP_BUILD_ID: '0.2.0+7', UNDROP_VERSIONING: 'pinned' }).deployment,
    ).toEqual({
      name: 'undrop',
      buildId: '0.2.0+7',
      behavior: 'pinned',
    });
    expect(problemsOf({ UNDROP_BUILD_ID: '0.2.0' })).toEqual(['UNDROP_BUILD_ID']);
    expect(problemsOf({ UNDROP_VERSIONING: 'pinned' })).toEqual(['UNDROP_VERSIONING']);
    expect(problemsOf({ ...named, UNDROP_VERSIONING: 'none' })).toEqual(['UNDROP_VERSIONING']);
  });

  it('takes AWS_DEFAULT_REGION where AWS_REGION is absent, and names the one that is wrong', () => {
    expect(loadConfig({ AWS_DEFAULT_REGION: 'eu-west-1' }).aws.region).toBe('eu-west-1');
    expect(loadConfig({ AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'eu-west-1' }).aws.region).toBe(
      'us-east-1',
    );
    expect(loadConfig({ AWS_REGION: 'us-gov-west-1' }).aws.region).toBe('us-gov-west-1');
    expect(problemsOf({ AWS_DEFAULT_REGION: 'x' })).toEqual(['AWS_DEFAULT_REGION']);
  });

  it('counts an empty variable as not set', () => {
    expect(
      loadConfig({ TEMPORAL_ADDRESS: '', UNDROP_TASK_QUEUE: ' ', UNDROP_HEALTH_PORT: '' }).taskQueue,
    ).toBe('undrop');
  });

  it('keeps port 0 of the health endpoint, which means any free one', () => {
    expect(loadConfig({ UNDROP_HEALTH_PORT: '0' }).healthPort).toBe(0);
  });

  it('refuses a URL with a password in it', () => {
    expect(problemsOf({ UNDROP_UI_URL: 'http://me:secret@ui' })).toEqual(['UNDROP_UI_URL']);
  });
});

describe('loadClientConfig', () => {
  it('reads a profile of temporal.toml, and lets variables override it', () => {
    const toml = file('temporal.toml', '[profile.prod]\naddress = "prod.example:7233"\nnamespace = "data"\n');
    const env = { TEMPORAL_CONFIG_FILE: toml, TEMPORAL_PROFILE: 'prod' };
    expect(loadClientConfig(env).temporal).toMatchObject({
      address: 'prod.example:7233',
      namespace: 'data',
      tls: false,
    });
    expect(loadClientConfig({ ...env, TEMPORAL_NAMESPACE: 'other' }).temporal.namespace).toBe('other');
  });

  it('does not read the environment of the process', () => {
    const before = process.env.TEMPORAL_NAMESPACE;
    process.env.TEMPORAL_NAMESPACE = 'from-the-process';
    try {
      expect(loadClientConfig({}).temporal.namespace).toBe('default');
    } finally {
      if (before === undefined) delete process.env.TEMPORAL_NAMESPACE;
      else process.env.TEMPORAL_NAMESPACE = before;
    }
  });

  it.each([
    [
      'a config file that is not there',
      { TEMPORAL_CONFIG_FILE: '/not/there.toml' },
      /^TEMPORAL_CONFIG_FILE names a file/,
    ],
    [
      'a certificate that is not there',
      { TEMPORAL_TLS_CLIENT_CERT_PATH: '/no.pem' },
      /^TEMPORAL_TLS_CLIENT_CERT_PATH names a file/,
    ],
  ])('says so about %s', (_what, env, message) => {
    expect(() => loadClientConfig(env)).toThrow(message);
  });

  it('says so about a profile that the file does not have', () => {
    const toml = file('other.toml', '[profile.default]\naddress = "a:1"\n');
    expect(() => loadClientConfig({ TEMPORAL_CONFIG_FILE: toml, TEMPORAL_PROFILE: 'nope' })).toThrow(
      'TEMPORAL_PROFILE names a profile that temporal.toml does not have [profile=nope]',
    );
  });

  it.each([['not toml at all ['], ['']])('says so about a config file that holds %j', (text) => {
    const toml = file('broken.toml', text);
    expect(() => loadClientConfig({ TEMPORAL_CONFIG_FILE: toml })).toThrow(
      /^TEMPORAL_CONFIG_FILE cannot be read/,
    );
  });

  it('turns TLS on with an API key, and links to the Cloud console for a Cloud address', () => {
    const config = loadClientConfig({ TEMPORAL_ADDRESS: 'ns.acct.tmprl.cloud:7233', TEMPORAL_API_KEY: 'k' });
    expect(config.temporal.tls).toBe(true);
    expect(config.uiUrl).toBe('https://cloud.temporal.io');
  });

  it.each([
    ['127.0.0.1:7233', 'http://localhost:8233'],
    ['[::1]:7233', 'http://localhost:8233'],
    ['temporal.internal:7233', 'http://temporal.internal:8233'],
  ])('looks for the UI beside the server %s', (TEMPORAL_ADDRESS, uiUrl) => {
    expect(loadClientConfig({ TEMPORAL_ADDRESS }).uiUrl).toBe(uiUrl);
  });

  it('takes the slash off the bases of links', () => {
    expect(
      loadClientConfig({ UNDROP_UI_URL: 'https://ui.example/t/', UNDROP_API_URL: 'https://api.example/' }),
    ).toMatchObject({ uiUrl: 'https://ui.example/t', apiUrl: 'https://api.example' });
    expect(loadClientConfig({})).not.toHaveProperty('apiUrl');
  });
});
