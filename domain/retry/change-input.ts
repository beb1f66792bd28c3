import type { Problem } from '../validation';

/** Values by the dotted path of their field; null takes the field away. */
export type Changes = Readonly<Record<string, unknown>>;

/**
 * Fields of which an input has one or the other, by the object that they are in (`''` is the input itself): whoever
 * gives one takes back the others.
 */
const alternatives: Record<string, readonly (readonly string[])[][]> = {
  '': [
    [['sourceSnapshotIdentifier'], ['asOf']],
    [['sql'], ['sqls', 'executionMode']],
  ],
  source: [[['snapshotIdentifier'], ['snapshotName'], ['recoveryPointId'], ['asOf']]],
  warehouse: [[['clusterIdentifier'], ['workgroupName', 'namespaceName']]],
  rowCount: [[['exactly'], ['atLeast'], ['about', 'tolerancePercent'], ['sameAs']]],
  dataApi: [[['secretArn'], ['dbUser']]],
};

const forbidden = new Set(['__proto__', 'prototype', 'constructor']);

/**
 * The input with the changes in it; the old one is left as it is. What the values are worth is for the operation's schema
 * to say.
 */
export function changeInput(input: object, changes: Changes): { input: object; problems: Problem[] } {
  const changed = JSON.parse(JSON.stringify(input)) as Record<string, unknown>;
  const problems: Problem[] = [];
  const set = new Set<string>();
  for (const [path, value] of Object.entries(changes)) {
    const problem = put(changed, path.split('.'), value, set);
    if (problem !== undefined) problems.push({ field: path === '' ? '(input)' : path, problem });
  }
  return { input: changed, problems };
}

/** Puts one value in; `set` are the fields that this change has set before. */
function put(
  root: Record<string, unknown>,
  path: string[],
  value: unknown,
  set: Set<string>,
): string | undefined {
  if (path.some((key) => key === '' || forbidden.has(key))) return 'is not the path of a field';
  let at = root;
  for (const key of path.slice(0, -1)) {
    at[key] ??= {};
    // `copy: false`, `content: true`: a switch where an object may be.
    if (typeof at[key] === 'boolean') at[key] = {};
    const next = at[key];
    if (typeof next !== 'object' || next === null || Array.isArray(next))
      return `cannot be reached: ${key} holds a ${Array.isArray(next) ? 'list' : 'value'}`;
    at = next as Record<string, unknown>;
  }
  const field = path.at(-1)!;
  if (value === null) {
    delete at[field];
    return undefined;
  }
  const prefix = path
    .slice(0, -1)
    .map((key) => `${key}.`)
    .join('');
  for (const other of replacedBy(path.at(-2) ?? '', field)) {
    if (set.has(prefix + other)) return `must not be given together with ${prefix}${other}`;
    delete at[other];
  }
  at[field] = value;
  set.add(prefix + field);
  return undefined;
}

/** The fields that go when this one comes. */
function replacedBy(object: string, field: string): string[] {
  for (const choices of alternatives[object] ?? []) {
    if (!choices.some((names) => names.includes(field))) continue;
    return choices.filter((names) => !names.includes(field)).flat();
  }
  return [];
}
