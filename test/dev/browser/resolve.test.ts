import {
  BrowserUnavailableError,
  resolveBrowser,
  type Installation,
  type ResolveEffects,
} from '../../../dev/browser/resolve';

const cached = '/cache/chromium';

/** A machine without a browser; `runs` are the executables that answer, what is installed joins them. */
function machine(given: Partial<ResolveEffects> & { runs?: string[] } = {}) {
  const runs = new Set(given.runs);
  const calls: string[] = [];
  const installing = (origin: Installation['origin'], path: string): Installation => ({
    origin,
    label: `browser by ${origin}`,
    install: async () => {
      calls.push(origin);
      runs.add(path);
      return path;
    },
  });
  const effects: ResolveEffects = {
    env: {},
    installed: [],
    cached,
    installations: [installing('npm', cached), installing('apt', '/usr/bin/chromium')],
    probe: async (path) =>
      runs.has(path) ? { ok: true, version: '153.0' } : { ok: false, reason: 'it does not run' },
    log: (message) => void calls.push(`log ${message}`),
    alone: async (action) => {
      calls.push('lock');
      const result = await action();
      calls.push('unlock');
      return result;
    },
    ...given,
  };
  return { effects, calls, runs };
}

const refusing = (origin: Installation['origin'], why: string): Installation => ({
  origin,
  label: `browser by ${origin}`,
  install: () => Promise.reject(new Error(why)),
});

describe('resolveBrowser', () => {
  it('takes UNDROP_CHROME_PATH before everything else', async () => {
    const { effects, calls } = machine({
      env: { UNDROP_CHROME_PATH: '/opt/mine' },
      installed: ['/usr/bin/google-chrome'],
      runs: ['/opt/mine', '/usr/bin/google-chrome', cached],
    });
    await expect(resolveBrowser(effects)).resolves.toEqual({
      path: '/opt/mine',
      origin: 'UNDROP_CHROME_PATH',
      version: '153.0',
    });
    expect(calls).toEqual([]);
  });

  it('refuses an UNDROP_CHROME_PATH that does not run instead of taking another browser', async () => {
    const { effects } = machine({ env: { UNDROP_CHROME_PATH: '/opt/mine' }, runs: [cached] });
    await expect(resolveBrowser(effects)).rejects.toThrow(
      'browser not usable [UNDROP_CHROME_PATH=/opt/mine]: it does not run\n' +
        'Set it to the executable of Chrome, Chromium or Edge, or unset it.',
    );
  });

  it('takes the first browser of the machine that runs, and installs nothing', async () => {
    const { effects, calls } = machine({
      installed: ['/snap/bin/chromium', '/usr/bin/google-chrome'],
      runs: ['/usr/bin/google-chrome', cached],
    });
    await expect(resolveBrowser(effects)).resolves.toMatchObject({
      path: '/usr/bin/google-chrome',
      origin: 'this machine',
    });
    expect(calls).toEqual([]);
  });

  it('uses the cached one without the lock', async () => {
    const { effects, calls } = machine({ runs: [cached] });
    await expect(resolveBrowser(effects)).resolves.toMatchObject({ path: cached, origin: 'cache' });
    expect(calls).toEqual([]);
  });

  it('gets one from the npm registry under the lock when there is none', async () => {
    const { effects, calls } = machine();
    await expect(resolveBrowser(effects)).resolves.toMatchObject({ path: cached, origin: 'npm' });
    expect(calls).toEqual(['lock', 'npm', 'unlock']);
  });

  it('installs nothing when another process did while it waited for the lock', async () => {
    const world = machine();
    world.effects.alone = (action) => {
      world.runs.add(cached);
      return action();
    };
    await expect(resolveBrowser(world.effects)).resolves.toMatchObject({ origin: 'cache' });
    expect(world.calls).toEqual([]);
  });

  it('tries apt when npm does not get it, and says why it did not', async () => {
    const { effects, calls, runs } = machine({
      installations: [
        refusing('npm', 'npm pack failed: E404'),
        {
          origin: 'apt',
          label: 'apt',
          install: async () => (runs.add('/usr/bin/chromium'), '/usr/bin/chromium'),
        },
      ],
    });
    await expect(resolveBrowser(effects)).resolves.toMatchObject({ origin: 'apt' });
    expect(calls).toContain('log browser by npm: npm pack failed: E404');
  });

  it('says all that was tried and what to do when nothing works', async () => {
    const { effects } = machine({
      installed: ['/snap/bin/chromium'],
      installations: [refusing('npm', 'npm pack failed: E404'), refusing('apt', 'apt-get update failed')],
    });
    const error = await resolveBrowser(effects).catch((reason: unknown) => reason as Error);
    expect(error).toBeInstanceOf(BrowserUnavailableError);
    expect((error as Error).message.split('\n')).toEqual([
      'No browser to look at the Temporal UI with: nothing of this worked',
      '  - /snap/bin/chromium: it does not run',
      '  - browser by npm: npm pack failed: E404',
      '  - browser by apt: apt-get update failed',
      'Do one of these and try again:',
      '  - install Chrome or Chromium (on Debian: apt-get install chromium)',
      '  - set UNDROP_CHROME_PATH to the executable of Chrome, Chromium or Edge',
    ]);
  });

  it('says so at once on a machine that has neither a browser nor a way to get one', async () => {
    const { effects, calls } = machine({ cached: undefined, installations: [] });
    await expect(resolveBrowser(effects)).rejects.toThrow(
      '  - Chrome, Chromium or Edge on this machine: there is none',
    );
    expect(calls).toEqual([]);
  });
});
