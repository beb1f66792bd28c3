// Where a browser comes from (docs/adr/0014). Decisions only: every effect is an argument.

/** What `--version` said, or why it did not. */
export type Probe = { ok: true; version: string } | { ok: false; reason: string };

export type BrowserOrigin = 'UNDROP_CHROME_PATH' | 'this machine' | 'cache' | 'npm' | 'apt';

export interface BrowserExecutable {
  path: string;
  origin: BrowserOrigin;
  version: string;
}

/** A way to get a browser that is not there yet. */
export interface Installation {
  origin: 'npm' | 'apt';
  /** `Chromium 153.0.0 from the npm registry`. */
  label: string;
  /** @returns the executable. @throws Error with the reason. */
  install(): Promise<string>;
}

export interface ResolveEffects {
  env: Readonly<Record<string, string | undefined>>;
  /** Executables of browsers that exist on this machine, the preferred ones first. */
  installed: readonly string[];
  /** Where ours is kept between runs; undefined where there is none for this machine. */
  cached: string | undefined;
  /** The ways that this machine has, tried in this order. */
  installations: readonly Installation[];
  probe(executable: string): Promise<Probe>;
  /** Told why a way did not work while the next one is tried. */
  log(message: string): void;
  /** Runs `action` while no other process installs a browser. */
  alone<T>(action: () => Promise<T>): Promise<T>;
}

/** No browser can be had; the message says what was tried and the remedy. */
export class BrowserUnavailableError extends Error {
  override readonly name = 'BrowserUnavailableError';
}

/** A Chromium-based browser: the user's, ours from earlier, or one that is got now. @throws BrowserUnavailableError */
export async function resolveBrowser(effects: ResolveEffects): Promise<BrowserExecutable> {
  const asked = effects.env.UNDROP_CHROME_PATH;
  if (asked) return resolveAsked(asked, effects);

  const tried: string[] = [];
  for (const executable of effects.installed) {
    const probe = await effects.probe(executable);
    if (probe.ok) return { path: executable, origin: 'this machine', version: probe.version };
    tried.push(`${executable}: ${probe.reason}`);
  }
  if (tried.length === 0) tried.push('Chrome, Chromium or Edge on this machine: there is none');

  const early = await lookInCache(effects);
  if (early) return early;
  if (effects.installations.length === 0) throw new BrowserUnavailableError(explain(tried));
  return effects.alone(async () => {
    const late = await lookInCache(effects); // another process may have been faster
    if (late) return late;
    for (const installation of effects.installations) {
      const { origin, label } = installation;
      try {
        const executable = await installation.install();
        const probe = await effects.probe(executable);
        if (probe.ok) return { path: executable, origin, version: probe.version };
        tried.push(`${label}: what was installed does not run: ${probe.reason}`);
      } catch (error) {
        tried.push(`${label}: ${error instanceof Error ? error.message : String(error)}`);
      }
      effects.log(tried.at(-1)!);
    }
    throw new BrowserUnavailableError(explain(tried));
  });
}

async function lookInCache(effects: ResolveEffects): Promise<BrowserExecutable | undefined> {
  const { cached } = effects;
  if (cached === undefined) return undefined;
  const answer = await effects.probe(cached);
  return answer.ok ? { path: cached, origin: 'cache', version: answer.version } : undefined;
}

/** A path that the user gave is used or refused, never quietly replaced by something else. */
async function resolveAsked(path: string, effects: ResolveEffects): Promise<BrowserExecutable> {
  const probe = await effects.probe(path);
  if (probe.ok) return { path, origin: 'UNDROP_CHROME_PATH', version: probe.version };
  throw new BrowserUnavailableError(
    `browser not usable [UNDROP_CHROME_PATH=${path}]: ${probe.reason}\n` +
      'Set it to the executable of Chrome, Chromium or Edge, or unset it.',
  );
}

function explain(tried: readonly string[]): string {
  return [
    'No browser to look at the Temporal UI with: nothing of this worked',
    ...tried.map((line) => `  - ${line}`),
    'Do one of these and try again:',
    '  - install Chrome or Chromium (on Debian: apt-get install chromium)',
    '  - set UNDROP_CHROME_PATH to the executable of Chrome, Chromium or Edge',
  ].join('\n');
}
