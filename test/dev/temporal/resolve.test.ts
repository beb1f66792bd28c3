import {
  resolveExecutable,
  resolveTemporal,
  TemporalUnavailableError,
  type Probe,
  type ResolveEffects,
} from '../../../dev/temporal/resolve';

const good: Probe = { ok: true, cli: '1.9.1', server: '1.32.0' };
const missing: Probe = { ok: false, reason: 'there is no executable file' };

/** A machine where nothing is installed and nothing can be; each test gives it what it needs. */
function machine(given: Partial<ResolveEffects> & { probes?: Record<string, Probe> } = {}) {
  const calls: string[] = [];
  const probes: Record<string, Probe> = { ...given.probes };
  const effects: ResolveEffects = {
    env: {},
    refusal: () => Promise.resolve('nobody is there'),
    findOnPath: () => undefined,
    probe: (executable) => Promise.resolve(probes[executable] ?? missing),
    log: (message) => void calls.push(`log ${message}`),
    cachedExecutable: '/cache/temporal',
    alone: async (action) => {
      calls.push('lock');
      try {
        return await action();
      } finally {
        calls.push('unlock');
      }
    },
    download: () => Promise.reject(new Error('no answer [host=temporal.download]: ENOTFOUND')),
    build: () => Promise.reject(new Error('`go` is not on PATH')),
    ...given,
  };
  return { effects, calls, probes };
}

async function refused(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TemporalUnavailableError);
  return (error as Error).message;
}

describe('resolveTemporal', () => {
  it('takes the server of TEMPORAL_ADDRESS before everything else', async () => {
    const { effects } = machine({
      env: { TEMPORAL_ADDRESS: 'temporal.example:7233', TEMPORAL_CLI_PATH: '/opt/temporal' },
      refusal: () => Promise.resolve(undefined),
      probes: { '/opt/temporal': good },
    });
    await expect(resolveTemporal(effects)).resolves.toEqual({
      kind: 'address',
      address: 'temporal.example:7233',
    });
  });

  it('refuses a TEMPORAL_ADDRESS that does not answer instead of starting another server', async () => {
    const { effects } = machine({
      env: { TEMPORAL_ADDRESS: 'temporal.example:7233' },
      probes: { '/cache/temporal': good },
    });
    const message = await refused(resolveTemporal(effects));
    expect(message).toContain('[TEMPORAL_ADDRESS=temporal.example:7233]: nobody is there');
    expect(message).toContain('Start that server or correct the TEMPORAL_* settings');
  });

  it('counts an empty TEMPORAL_ADDRESS as not set', async () => {
    const { effects } = machine({ env: { TEMPORAL_ADDRESS: '' }, probes: { '/cache/temporal': good } });
    await expect(resolveTemporal(effects)).resolves.toMatchObject({ kind: 'executable', origin: 'cache' });
  });
});

describe('resolveExecutable', () => {
  it('takes TEMPORAL_CLI_PATH before PATH and the cache', async () => {
    const { effects } = machine({
      env: { TEMPORAL_CLI_PATH: '/opt/temporal' },
      findOnPath: () => '/usr/bin/temporal',
      probes: { '/opt/temporal': good, '/usr/bin/temporal': good, '/cache/temporal': good },
    });
    await expect(resolveExecutable(effects)).resolves.toEqual({
      kind: 'executable',
      path: '/opt/temporal',
      origin: 'TEMPORAL_CLI_PATH',
      serverVersion: '1.32.0',
    });
  });

  it.each([
    ['does not run', { ok: false, reason: '`--version` failed: exit code 1' } as Probe, 'exit code 1'],
    ['is too old', { ok: true, cli: '1.1.0', server: '1.25.0' } as Probe, '1.25.0 is older than 1.32.0'],
  ])('refuses a TEMPORAL_CLI_PATH that %s, naming it', async (_case, probe, why) => {
    const { effects } = machine({
      env: { TEMPORAL_CLI_PATH: '/opt/temporal' },
      probes: { '/opt/temporal': probe, '/cache/temporal': good },
    });
    const message = await refused(resolveExecutable(effects));
    expect(message).toContain('[TEMPORAL_CLI_PATH=/opt/temporal]');
    expect(message).toContain(why);
  });

  it('takes `temporal` on PATH before the cache', async () => {
    const { effects, calls } = machine({
      findOnPath: (command) => `/usr/bin/${command}`,
      probes: { '/usr/bin/temporal': good, '/cache/temporal': good },
    });
    await expect(resolveExecutable(effects)).resolves.toMatchObject({
      path: '/usr/bin/temporal',
      origin: 'PATH',
    });
    expect(calls).toEqual([]);
  });

  it('passes over a `temporal` on PATH that is too old', async () => {
    const { effects } = machine({
      findOnPath: () => '/usr/bin/temporal',
      probes: { '/usr/bin/temporal': { ok: true, cli: '1.0.0', server: '1.24.2' }, '/cache/temporal': good },
    });
    await expect(resolveExecutable(effects)).resolves.toMatchObject({ origin: 'cache' });
  });

  it('uses a good cached executable without the lock', async () => {
    const { effects, calls } = machine({ probes: { '/cache/temporal': good } });
    await expect(resolveExecutable(effects)).resolves.toMatchObject({ origin: 'cache' });
    expect(calls).toEqual([]);
  });

  it('downloads under the lock when there is nothing, and does not build', async () => {
    const world = machine();
    world.effects.download = () => {
      world.calls.push('download');
      world.probes['/cache/temporal'] = good;
      return Promise.resolve();
    };
    await expect(resolveExecutable(world.effects)).resolves.toMatchObject({ origin: 'download' });
    expect(world.calls).toEqual(['lock', 'download', 'unlock']);
  });

  it('builds when the download fails, and says why it failed', async () => {
    const world = machine();
    world.effects.build = () => {
      world.probes['/cache/temporal'] = good;
      return Promise.resolve();
    };
    await expect(resolveExecutable(world.effects)).resolves.toMatchObject({ origin: 'go build' });
    expect(world.calls[1]).toMatch(/^log download of Temporal CLI .*ENOTFOUND$/);
  });

  it('builds when what was downloaded does not run', async () => {
    const world = machine({ download: () => Promise.resolve() });
    world.effects.build = () => {
      world.probes['/cache/temporal'] = good;
      return Promise.resolve();
    };
    await expect(resolveExecutable(world.effects)).resolves.toMatchObject({ origin: 'go build' });
  });

  it('replaces a broken cached executable', async () => {
    const world = machine({ probes: { '/cache/temporal': { ok: false, reason: 'exit code 126' } } });
    world.effects.build = () => {
      world.probes['/cache/temporal'] = good;
      return Promise.resolve();
    };
    await expect(resolveExecutable(world.effects)).resolves.toMatchObject({ origin: 'go build' });
  });

  it('installs nothing when another process did while we waited for the lock', async () => {
    const world = machine();
    world.effects.alone = (action) => {
      world.probes['/cache/temporal'] = good;
      return action();
    };
    await expect(resolveExecutable(world.effects)).resolves.toMatchObject({ origin: 'cache' });
  });

  it('says all that was tried, why each failed and what to do, when nothing works', async () => {
    const { effects, calls } = machine({
      findOnPath: () => '/usr/bin/temporal',
      probes: { '/usr/bin/temporal': { ok: true, cli: '1.0.0', server: '1.24.2' } },
    });
    expect((await refused(resolveExecutable(effects))).split('\n')).toEqual([
      'Temporal server not available: nothing of this worked',
      '  - `temporal` on PATH [/usr/bin/temporal]: its server 1.24.2 is older than 1.32.0',
      '  - cache [/cache/temporal]: there is no executable file',
      '  - download of Temporal CLI 1.9.1: no answer [host=temporal.download]: ENOTFOUND',
      '  - build of Temporal CLI 1.9.1 with Go: `go` is not on PATH',
      'Do one of these and try again:',
      '  - install the Temporal CLI, 1.9.1 or newer (https://docs.temporal.io/cli), or set TEMPORAL_CLI_PATH to it',
      '  - install Go 1.26.8 or newer (https://go.dev/dl) and let the CLI be built from its sources',
      '  - set TEMPORAL_ADDRESS to a Temporal server that runs already',
    ]);
    expect(calls.at(-1)).toBe('unlock');
  });
});
