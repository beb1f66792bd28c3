import { hashOf } from '../hash';
import type { EndedRun } from './notification';

/** SNS takes subjects of 100 printable ASCII characters, and no attribute without a value. */
const longestSubject = 100;

/** `Undrop: failed: recover dev.public.orders on analytics from …`, as the subject of an e-mail. */
export function subjectLine({ outcome, title }: Pick<EndedRun, 'outcome' | 'title'>): string {
  const ascii = `Undrop: ${outcome}: ${title}`.replace(/\s+/g, ' ').replace(/[^\x20-\x7e]/g, '?');
  return ascii.length > longestSubject ? `${ascii.slice(0, longestSubject - 3)}...` : ascii;
}

/** What subscriptions can filter by. */
export function attributesOf(
  id: string,
  { operation, outcome, warehouse, table }: Pick<EndedRun, 'operation' | 'outcome' | 'warehouse' | 'table'>,
): Record<string, string> {
  const all = { id, operation, outcome, warehouse, table };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** FIFO topics keep the order within a group: that of one workflow id. */
export function messageGroupOf({ workflowId }: Pick<EndedRun, 'workflowId'>): string {
  return `undrop-${hashOf(workflowId).slice(0, 32)}`;
}

export const isFifo = (topicArn: string) => topicArn.endsWith('.fifo');
