import type { Browser } from 'playwright-core';
import { cachedBrowser, createResolveEffects, thisMachine } from './effects';
import { environmentOf } from './install';
import { resolveBrowser } from './resolve';

/**
 * A headless browser for looking at the Temporal UI. Without Chromium's sandbox, which root and containers do not get:
 * it is shown our own server's pages only.
 * @throws BrowserUnavailableError when none can be had, saying what was tried and the remedy.
 */
export async function openBrowser(log: (message: string) => void): Promise<Browser> {
  const machine = thisMachine();
  const { path } = await resolveBrowser(createResolveEffects(log, machine));
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath: path,
    env: { ...definedOf(process.env), ...environmentOf(path, cachedBrowser(machine)) },
  });
}

const definedOf = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
