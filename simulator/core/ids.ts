import { createHash } from 'node:crypto';

/**
 * Makes UUID-shaped ids that depend only on the kind and on how many of that kind were made before: after a reset the
 * same requests get the same ids, so recordings and tests are stable.
 */
export function createIds(salt = 'undrop'): (kind: string) => string {
  const made = new Map<string, number>();
  return (kind) => {
    const count = (made.get(kind) ?? 0) + 1;
    made.set(kind, count);
    const hex = createHash('sha256').update(`${salt}/${kind}/${count}`).digest('hex');
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `a${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join('-');
  };
}
