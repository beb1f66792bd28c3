import { formatDuration } from '../../domain/duration';
import { type Check, ok, wrong } from './check';

/** AWS refuses signatures that are five minutes old; long before that, `24h ago` is another moment here and there. */
const tolerableMs = 30_000;

/**
 * Whether two clocks agree well enough.
 * @param aheadMs how far the first one is ahead of the other
 * @param coarseMs what the reading cannot tell apart
 */
export function clockCheck(
  group: Check['group'],
  name: string,
  { who, than, aheadMs, coarseMs }: { who: string; than: string; aheadMs: number; coarseMs: number },
): Check {
  const off = Math.abs(aheadMs);
  if (off <= coarseMs) return ok(group, name, `${who} and ${than} agree`);
  const detail = `${who} is ${formatDuration(Math.max(1_000, off))} ${aheadMs > 0 ? 'ahead of' : 'behind'} ${than}`;
  if (off <= tolerableMs) return ok(group, name, detail);
  return wrong(
    { group, name, detail },
    'Set the clock of that machine by NTP (chrony, systemd-timesyncd).',
    1,
  );
}
