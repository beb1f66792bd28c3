import type { SqlWarehouse, TerminalOutcome } from '../core/types';
import type { World } from '../core/world';
import type { TableRestore } from './table-restore';
import { qualified } from './tables';

/** The restores of one warehouse: "You can restore only one table at a time". */
export interface RestoreLine {
  warehouseName: string;
  /** Those that have not ended, in order of their requests. */
  unfinished(): TableRestore[];
  /** Told when one has ended, and until when the warehouse is then busy. */
  busyUntil(time: Date): void;
}

/**
 * Starts the next waiting restore, unless one is under way.
 *
 * @param freeFrom virtual time from which the warehouse can work on it: the request's own, or the end of the one before.
 */
export function startNextRestore(world: World, line: RestoreLine, freeFrom: Date): void {
  const { settings, agenda } = world;
  const [next] = line.unfinished();
  if (next === undefined || next.startTime !== undefined) return;
  const pendingUntil = next.requestTime.getTime() + settings.restorePendingSeconds * 1000;
  const startTime = new Date(Math.max(pendingUntil, freeFrom.getTime()));
  const seconds = settings.restoreSeconds + next.megaBytes / settings.restoreMegaBytesPerSecond;
  const endTime = new Date(startTime.getTime() + seconds * 1000);
  Object.assign(next, { startTime, endTime, setupSeconds: settings.restoreSeconds });
  agenda.at(endTime, `table restore ${next.id} ends`, () => end(world, line, next, endTime));
}

/** The table appears in one transaction at this moment, or the restore ends badly; the warehouse then stays busy. */
async function end(world: World, line: RestoreLine, restore: TableRestore, endTime: Date): Promise<void> {
  const warehouse = await world.warehouse(line.warehouseName);
  restore.outcome = restore.terminal ?? (await bringBack(warehouse, restore));
  await warehouse.release(restore.contentKey);
  line.busyUntil(new Date(endTime.getTime() + world.settings.busyAfterRestoreSeconds * 1000));
  startNextRestore(world, line, endTime);
}

async function bringBack(
  warehouse: SqlWarehouse,
  { contentKey, source, target, caseSensitive }: TableRestore,
): Promise<TerminalOutcome> {
  const options = { caseSensitive };
  // The target may have appeared since the request was accepted.
  if ((await warehouse.table(target, options)) !== undefined) {
    return { status: 'FAILED', message: `The target table ${qualified(target)} already exists.` };
  }
  try {
    await warehouse.restore(contentKey, source, target, options);
    return { status: 'SUCCEEDED' };
  } catch (error) {
    return { status: 'FAILED', message: error instanceof Error ? error.message : String(error) };
  }
}
