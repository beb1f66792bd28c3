import { refusals } from './errors';
import type { Tag } from './state';

const pattern = /^[a-z0-9-]+$/;

/**
 * Names of namespaces, workgroups and snapshots: 3–64 of a–z, 0–9 and hyphens (service model; for snapshots
 * AWS::RedshiftServerless::Snapshot). They are not folded: capital letters are refused.
 *
 * @returns the name.
 */
export function requireName(member: string, name: string): string {
  if (name.length < 3) throw refusals.constraint(member, name, 'have length greater than or equal to 3');
  if (name.length > 64) throw refusals.constraint(member, name, 'have length less than or equal to 64');
  if (!pattern.test(name)) {
    throw refusals.constraint(member, name, `satisfy regular expression pattern: ${pattern.source}`);
  }
  return name;
}

/** @returns days, -1 for ever. */
export function requireRetention(days: number | undefined, otherwise: number): number {
  if (days === undefined) return otherwise;
  if (days !== -1 && (!Number.isInteger(days) || days < 1 || days > 3653)) {
    throw refusals.invalid(
      `The retentionPeriod ${days} is not valid. It must be -1 (kept for ever) or a number of days from 1 to 3653.`,
    );
  }
  return days;
}

/** Tags by the model's lengths; 50 a resource as on all of AWS. */
export function requireTags(resourceName: string, tags: Tag[] = []): Tag[] {
  if (tags.length > 200) throw refusals.constraint('tags', '[…]', 'have length less than or equal to 200');
  for (const { key = '', value = '' } of tags) {
    if (key.length < 1 || key.length > 128) {
      throw refusals.constraint('tags.key', key, 'have length between 1 and 128');
    }
    if (value.length > 256) {
      throw refusals.constraint('tags.value', value, 'have length less than or equal to 256');
    }
  }
  if (new Set(tags.map(({ key }) => key)).size < tags.length) {
    throw refusals.invalid('The same tag key is given more than once.');
  }
  if (tags.length > 50) throw refusals.tooManyTags(resourceName);
  return tags;
}
