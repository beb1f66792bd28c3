import { defaultSettings, type Settings } from './settings';
import { InvalidBody } from './validation';

/** Settings that are one of a few words. */
const words: Partial<Record<keyof Settings, readonly string[]>> = {
  restoreListMode: ['all', 'in-progress'],
  existingTarget: ['refuse', 'fail-later'],
  jsonErrorStatus: ['model', '400'],
  corruptNextExport: ['none', 'manifest-md5', 'summary-md5', 'data-file', 'missing-file', 'item-count'],
};

/** Counts of things; the other numbers are seconds, rates and sizes. */
const wholeNumbers: (keyof Settings)[] = [
  'restoreQueueLength',
  'manualSnapshotQuota',
  'maxActiveStatements',
  'resultPageRows',
  'maxConcurrentExports',
  'exportPartitions',
];

/** Divisors: 0 would make work last for ever. */
const aboveZero: (keyof Settings)[] = [
  'snapshotCopyMegaBytesPerSecond',
  'restoreMegaBytesPerSecond',
  'resultPageRows',
  'exportPartitions',
];

/** @throws InvalidBody naming every problem. */
export function parseSettings(body: unknown): Partial<Settings> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new InvalidBody(['the settings must be an object']);
  }
  const problems = Object.entries(body).flatMap(([name, value]) => problemOf(name, value) ?? []);
  if (problems.length > 0) throw new InvalidBody(problems);
  return body as Partial<Settings>;
}

function problemOf(name: string, value: unknown): string | undefined {
  if (!Object.hasOwn(defaultSettings, name)) {
    return `${name} is not a setting (known: ${Object.keys(defaultSettings).join(', ')})`;
  }
  const key = name as keyof Settings;
  const choices = words[key];
  if (choices !== undefined) {
    return choices.includes(value as string) ? undefined : `${name} must be one of ${choices.join(', ')}`;
  }
  if (typeof defaultSettings[key] !== 'number') {
    return typeof value === typeof defaultSettings[key]
      ? undefined
      : `${name} must be a ${typeof defaultSettings[key]}`;
  }
  if (!Number.isFinite(value) || (value as number) < 0) return `${name} must be a number of at least 0`;
  if (aboveZero.includes(key) && value === 0) return `${name} must be above 0`;
  if (wholeNumbers.includes(key) && !Number.isInteger(value)) return `${name} must be a whole number`;
  return undefined;
}
