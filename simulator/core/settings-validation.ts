import { defaultSettings, type Settings } from './settings';
import { InvalidBody } from './validation';

type WordSetting = {
  [Name in keyof Settings]: Settings[Name] extends string ? Name : never;
}[keyof Settings];

/** Settings that are one of a few words; a new one does not compile until its words are here. */
const words: { [Name in WordSetting]: readonly Settings[Name][] } = {
  restoreListMode: ['all', 'in-progress'],
  existingTarget: ['refuse', 'fail-later'],
  convertedSnapshotTime: ['recovery-point', 'request'],
  corruptNextExport: ['none', 'manifest-md5', 'summary-md5', 'data-file', 'missing-file', 'item-count'],
  jsonErrorStatus: ['model', '400'],
};

/** Counts of things; the other numbers are seconds, rates and sizes. */
const wholeNumbers: (keyof Settings)[] = [
  'restoreQueueLength',
  'manualSnapshotQuota',
  'serverlessRestoreQueueLength',
  'serverlessSnapshotQuota',
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
  const choices: readonly string[] | undefined = words[key as WordSetting];
  if (choices !== undefined) {
    return choices.includes(value as string) ? undefined : `${name} must be one of ${choices.join(', ')}`;
  }
  if (!Number.isFinite(value) || (value as number) < 0) return `${name} must be a number of at least 0`;
  if (aboveZero.includes(key) && value === 0) return `${name} must be above 0`;
  if (wholeNumbers.includes(key) && !Number.isInteger(value)) return `${name} must be a whole number`;
  return undefined;
}
