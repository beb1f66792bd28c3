import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { loadApiConfig } from '../../client/http/config';
import { loadWorkerConfig } from '../../config';
import { minimumServerVersion } from '../../dev/temporal/versions';
import { shutdownGraceTime } from '../../worker/create-worker';
import { compose, composePath, composeText, environmentOf, root, service } from './compose-file';

// The package's type declarations are those of an ES module only; this is the part that is used.
interface Dclint {
  DCLinter: new (config: { rules: Record<string, 0>; quiet: boolean; debug: boolean; exclude: string[] }) => {
    lintFiles(paths: string[], recursive: boolean): { messages: unknown[] }[];
  };
}
const { DCLinter } = jest.requireActual<Dclint>('dclint');

const services = Object.entries(compose.services);
const isOneShot = (name: string): boolean => service(name).restart?.startsWith('on-failure:') ?? false;

it('fits the Compose specification and breaks none of the rules of dclint but those of mere order', () => {
  const order = [
    'services-alphabetical-order',
    'service-keys-order',
    'service-dependencies-alphabetical-order',
    'service-ports-alphabetical-order',
    'top-level-properties-order',
  ];
  const rules = Object.fromEntries(order.map((rule) => [rule, 0 as const]));
  const results = new DCLinter({ rules, quiet: false, debug: false, exclude: [] }).lintFiles(
    [composePath],
    false,
  );
  expect(results.flatMap((result) => result.messages)).toEqual([]);
  expect(results).toHaveLength(1);
});

it('brings Temporal, PostgreSQL, the Web UI and the worker; the API and the monitoring when they are asked for', () => {
  const startedWith = (profile?: string) =>
    services.filter(([, { profiles }]) => profiles?.[0] === profile).map(([name]) => name);
  expect(startedWith()).toEqual([
    'postgresql',
    'temporal-schema',
    'temporal',
    'temporal-namespace',
    'ui',
    'worker',
  ]);
  expect(startedWith('api')).toEqual(['api']);
  expect(startedWith('monitoring')).toEqual(['prometheus', 'grafana']);
  expect(services).toHaveLength(9);
});

it.each(services)('%s has an image with a version, or is built here', (_name, { image, build }) => {
  expect([image, build].filter(Boolean)).toHaveLength(1);
  if (image) expect(image).toMatch(/^[a-z/-]+:v?\d+[\w.-]*$/);
});

it('runs the server version that the tests run, with its own tools and UI', () => {
  const goMod = readFileSync(path.join(root, 'dev/temporal/cli-build/go.mod'), 'utf8');
  const uiVersion = /temporalio\/ui-server\/v2 v(\S+)/.exec(goMod)?.[1];
  expect(service('temporal').image).toBe(`temporalio/server:${minimumServerVersion}`);
  expect(service('temporal-schema').image).toBe(`temporalio/admin-tools:${minimumServerVersion}`);
  expect(service('temporal-namespace').image).toBe(`temporalio/admin-tools:${minimumServerVersion}`);
  expect(service('ui').image).toBe(`temporalio/ui:${uiVersion}`);
});

it.each(services.filter(([, { depends_on }]) => depends_on))(
  '%s waits for what it needs to be healthy or done, not merely started',
  (_name, { depends_on = {} }) => {
    for (const [target, { condition }] of Object.entries(depends_on)) {
      expect([target, condition]).toEqual([
        target,
        isOneShot(target) ? 'service_completed_successfully' : 'service_healthy',
      ]);
      if (condition === 'service_healthy') expect(service(target).healthcheck).toBeDefined();
    }
  },
);

it('starts in an order without a circle, the worker after the namespace and the database first', () => {
  const startOrder: string[] = [];
  const visit = (name: string, above: string[]): void => {
    expect(above).not.toContain(name);
    if (startOrder.includes(name)) return;
    for (const target of Object.keys(service(name).depends_on ?? {})) visit(target, [...above, name]);
    startOrder.push(name);
  };
  visit('worker', []);
  expect(startOrder).toEqual(['postgresql', 'temporal-schema', 'temporal', 'temporal-namespace', 'worker']);
});

it.each(services)(
  '%s comes back after a crash, or ends for good when it has done its part',
  (name, { restart }) => {
    expect(restart).toBe(name.startsWith('temporal-') ? 'on-failure:5' : 'unless-stopped');
  },
);

it('publishes ports on loopback only, and none of the database', () => {
  const ports = services.flatMap(([, { ports: published = [] }]) => published);
  expect(ports).toEqual([
    '127.0.0.1:${TEMPORAL_PORT:-7233}:7233',
    '127.0.0.1:${UI_PORT:-8080}:8080',
    '127.0.0.1:${API_PORT:-8088}:8080',
    '127.0.0.1:${PROMETHEUS_PORT:-9090}:9090',
    '127.0.0.1:${GRAFANA_PORT:-3000}:3000',
  ]);
});

it.each(['worker', 'api'])('gives the %s no more rights than it needs', (name) => {
  expect(service(name)).toMatchObject({
    user: 'node',
    init: true,
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
  });
});

it.each(['prometheus', 'grafana'])('gives %s no more rights than it needs', (name) => {
  expect(service(name)).toMatchObject({ cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
});

it('gives the worker time to end its AWS calls', () => {
  const worker = service('worker');
  expect(Number.parseInt(worker.stop_grace_period ?? '', 10)).toBeGreaterThan(
    Number.parseInt(shutdownGraceTime, 10),
  );
});

it('needs no variable to be set: each has a default', () => {
  const values = composeText.replace(/^\s*#.*$/gm, '');
  const used = [...values.matchAll(/(?<!\$)\$\{?([A-Za-z_]\w*)(:-[^}]+)?/g)];
  expect(used.length).toBeGreaterThan(5);
  expect(used.filter(([, , fallback]) => !fallback).map(([text]) => text)).toEqual([]);
});

it('uses one database password everywhere, which the user can replace', () => {
  const passwordOf = (env: Record<string, string>): unknown[] => [
    environmentOf(service('postgresql'), env).POSTGRES_PASSWORD,
    environmentOf(service('temporal-schema'), env).SQL_PASSWORD,
    environmentOf(service('temporal'), env).POSTGRES_PWD,
  ];
  expect(new Set(passwordOf({})).size).toBe(1);
  expect(passwordOf({ POSTGRES_PASSWORD: 'mine' })).toEqual(['mine', 'mine', 'mine']);
});

it('holds no AWS credentials: they are handed on from the environment, when there are any', () => {
  const worker = service('worker');
  expect(Object.keys(environmentOf(worker)).filter((name) => name.startsWith('AWS_'))).toEqual([]);
  expect(environmentOf(worker, { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'id' })).toMatchObject({
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'id',
  });
});

it('gives the worker settings that it accepts', () => {
  const config = loadWorkerConfig(environmentOf(service('worker'), { AWS_REGION: 'eu-central-1' }));
  expect(config).toMatchObject({
    temporal: { address: 'temporal:7233', namespace: 'default', tls: false },
    taskQueue: 'undrop',
    uiUrl: 'http://localhost:8080',
    healthPort: 8081,
  });
});

it('has the worker know the webhooks of ops/webhooks, when it is told to, and of none else', () => {
  const { volumes = [] } = service('worker');
  const [folder, place] = volumes[0]!.split(':');
  expect(environmentOf(service('worker')).UNDROP_WEBHOOKS_FILE).toBeUndefined();
  // What the comment says to copy is a file that the worker takes, once its secret is beside it.
  const copy = mkdtempSync(path.join(tmpdir(), 'undrop-webhooks-'));
  try {
    copyFileSync(path.join(root, folder!, 'webhooks.example.yaml'), path.join(copy, 'webhooks.yaml'));
    writeFileSync(path.join(copy, 'oncall.secret'), `whsec_${randomBytes(32).toString('base64')}\n`);
    const asked = { AWS_REGION: 'eu-central-1', UNDROP_WEBHOOKS_FILE: `${place}/webhooks.yaml` };
    const env = environmentOf(service('worker'), asked);
    const file = env.UNDROP_WEBHOOKS_FILE!.replace(place!, copy);
    const { webhooks } = loadWorkerConfig({ ...env, UNDROP_WEBHOOKS_FILE: file });
    expect([...webhooks.keys()]).toEqual(['oncall']);
  } finally {
    rmSync(copy, { recursive: true });
  }
});

it('keeps addresses and secrets of receivers out of git and out of the image', () => {
  const ignored = readFileSync(path.join(root, 'ops', 'webhooks', '.gitignore'), 'utf8').split('\n');
  expect(ignored.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([
    '*',
    '!.gitignore',
    '!webhooks.example.yaml',
  ]);
  expect(readFileSync(path.join(root, '.dockerignore'), 'utf8').split('\n')).toContain('ops');
});

it('holds no token of the API, and hands on what is set', () => {
  const api = service('api');
  expect(Object.keys(environmentOf(api)).filter((name) => /TOKEN|OIDC/.test(name))).toEqual([]);
  expect(environmentOf(api, { UNDROP_API_TOKENS: 'viewer 00 me' }).UNDROP_API_TOKENS).toBe('viewer 00 me');
});

it('lets the API listen for others only with tokens, and says so when there are none', () => {
  const tokens = `operator ${'0'.repeat(64)} me`;
  const load = (env: Record<string, string>) => loadApiConfig(environmentOf(service('api'), env), () => '');
  expect(() => load({})).toThrow(/^UNDROP_API_HOST is 0\.0\.0\.0.*UNDROP_API_TOKENS/);
  expect(load({ UNDROP_API_TOKENS: tokens })).toMatchObject({
    host: '0.0.0.0',
    port: 8080,
    temporal: { address: 'temporal:7233' },
    taskQueue: 'undrop',
    uiUrl: 'http://localhost:8080',
  });
});

it('has Prometheus scrape the ports that worker and API serve metrics at', () => {
  const { scrape_configs: jobs } = parse(
    readFileSync(path.join(root, 'ops/prometheus/prometheus.yml'), 'utf8'),
  ) as { scrape_configs: { dns_sd_configs: { names: string[]; port: number }[] }[] };
  const dockerfile = readFileSync(path.join(root, 'Dockerfile'), 'utf8');
  const [, port] = /UNDROP_METRICS_ADDRESS=0\.0\.0\.0:(\d+)/.exec(dockerfile) ?? [];
  expect(jobs[1]!.dns_sd_configs).toEqual([expect.objectContaining({ names: ['api'], port: 8080 })]);
  expect(jobs[0]!.dns_sd_configs).toEqual([
    expect.objectContaining({ names: ['worker'], port: Number(port) }),
  ]);
});

it('gives Grafana the dashboard and the Prometheus beside it', () => {
  const { volumes, environment } = service('grafana');
  const read = (file: string) =>
    parse(readFileSync(path.join(root, 'ops/grafana/provisioning', file), 'utf8')) as Record<string, unknown>;
  expect(read('datasources/prometheus.yml')).toMatchObject({
    datasources: [{ type: 'prometheus', url: 'http://prometheus:9090' }],
  });
  const home = environment?.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH ?? '';
  expect(read('dashboards/undrop.yml')).toMatchObject({
    providers: [{ options: { path: path.dirname(home) } }],
  });
  expect(volumes).toContain(`./ops/grafana/undrop.json:${home}:ro`);
});

it('has the worker, the API, the UI and the namespace agree when the namespace is another one', () => {
  const env = { TEMPORAL_NAMESPACE: 'team-data' };
  expect(environmentOf(service('worker'), env).TEMPORAL_NAMESPACE).toBe('team-data');
  expect(environmentOf(service('api'), env).TEMPORAL_NAMESPACE).toBe('team-data');
  expect(environmentOf(service('ui'), env).TEMPORAL_DEFAULT_NAMESPACE).toBe('team-data');
  expect(environmentOf(service('temporal-namespace'), env).TEMPORAL_NAMESPACE).toBe('team-data');
});

it('declares the volumes and configs that it uses, and uses those that it declares', () => {
  const mounts = services.flatMap(([, { volumes: mounted = [] }]) =>
    mounted.map((mount) => mount.split(':')),
  );
  const isFile = ([from = '']: string[]) => from.startsWith('./');
  expect(mounts.filter((mount) => !isFile(mount)).map(([from]) => from)).toEqual(
    Object.keys(compose.volumes),
  );
  for (const [from = '', , mode] of mounts.filter(isFile)) {
    expect(existsSync(path.join(root, from))).toBe(true);
    expect(mode).toBe('ro');
  }
  const configs = services.flatMap(([, { configs: mounted = [] }]) => mounted.map(({ source }) => source));
  expect(configs).toEqual(Object.keys(compose.configs));
});

it('mounts the dynamic configuration where the server reads it', () => {
  const { environment, configs } = service('temporal');
  expect(configs?.[0]?.target).toBe(environment?.DYNAMIC_CONFIG_FILE_PATH);
  const settings = parse(compose.configs['temporal-dynamic-config']!.content) as Record<string, unknown>;
  // test/dev/temporal/server.test.ts shows what the last one is for.
  expect(settings).toMatchObject({
    'history.transferProcessorMaxPollRPS': [{ value: 200 }],
    'history.timerProcessorMaxPollRPS': [{ value: 200 }],
    'history.MaxBufferedQueryCount': [{ value: 100 }],
  });
});
