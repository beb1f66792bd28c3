import { readFileSync } from 'node:fs';
import path from 'node:path';
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

it('brings Temporal, PostgreSQL, the Web UI and the worker', () => {
  expect(Object.keys(compose.services)).toEqual([
    'postgresql',
    'temporal-schema',
    'temporal',
    'temporal-namespace',
    'ui',
    'worker',
  ]);
});

it.each(services)('%s has an image with a version, or is built here', (_name, { image, build }) => {
  expect([image, build].filter(Boolean)).toHaveLength(1);
  if (image) expect(image).toMatch(/^[a-z/-]+:\d+[\w.-]*$/);
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
  expect(ports).toEqual(['127.0.0.1:${TEMPORAL_PORT:-7233}:7233', '127.0.0.1:${UI_PORT:-8080}:8080']);
});

it('gives the worker no more rights than it needs, and time to end its AWS calls', () => {
  const worker = service('worker');
  expect(worker).toMatchObject({
    user: 'node',
    init: true,
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
  });
  expect(Number.parseInt(worker.stop_grace_period ?? '', 10)).toBeGreaterThan(
    Number.parseInt(shutdownGraceTime, 10),
  );
});

it('needs no variable to be set: each has a default', () => {
  const used = [...composeText.matchAll(/(?<!\$)\$\{?([A-Za-z_]\w*)(:-[^}]+)?/g)];
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

it('has the worker, the UI and the namespace agree when the namespace is another one', () => {
  const env = { TEMPORAL_NAMESPACE: 'team-data' };
  expect(environmentOf(service('worker'), env).TEMPORAL_NAMESPACE).toBe('team-data');
  expect(environmentOf(service('ui'), env).TEMPORAL_DEFAULT_NAMESPACE).toBe('team-data');
  expect(environmentOf(service('temporal-namespace'), env).TEMPORAL_NAMESPACE).toBe('team-data');
});

it('declares the volumes and configs that it uses, and uses those that it declares', () => {
  const volumes = services.flatMap(([, { volumes: mounted = [] }]) =>
    mounted.map((mount) => mount.split(':')[0]),
  );
  expect(volumes).toEqual(Object.keys(compose.volumes));
  const configs = services.flatMap(([, { configs: mounted = [] }]) => mounted.map(({ source }) => source));
  expect(configs).toEqual(Object.keys(compose.configs));
});

it('mounts the dynamic configuration where the server reads it', () => {
  const { environment, configs } = service('temporal');
  expect(configs?.[0]?.target).toBe(environment?.DYNAMIC_CONFIG_FILE_PATH);
});
