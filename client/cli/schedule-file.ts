import type { Io } from './io';
import { readInputFile } from './input-file';
import { UsageError } from './usage-error';

/** The schedules of a file, not yet judged, and the set that it says they are. */
export interface ScheduleFile {
  schedules: unknown[];
  scope?: string;
}

/**
 * Reads a schedule or a list of them; also what `schedules show -o yaml` and `schedules list` print, of which the
 * definition counts.
 * @throws UsageError
 */
export async function readScheduleFile(path: string, io: Io): Promise<ScheduleFile> {
  const { schedules, scope, apiVersion, ...rest } = (await readInputFile(path, io)) as Record<
    string,
    unknown
  >;
  void apiVersion;
  if (schedules === undefined)
    return { schedules: [definitionOf({ ...rest, ...(scope !== undefined && { scope }) })] };
  const strange = Object.keys(rest);
  if (strange.length > 0 || !Array.isArray(schedules)) {
    throw new UsageError(
      strange.length > 0
        ? `the file of schedules has members that mean nothing there: ${strange.join(', ')}`
        : 'the file of schedules must have a list as schedules',
    );
  }
  if (scope !== undefined && typeof scope !== 'string')
    throw new UsageError('scope in the file must be text');
  return { schedules: schedules.map(definitionOf), ...(scope !== undefined && { scope }) };
}

/** What was shown has its definition inside. */
function definitionOf(entry: unknown): unknown {
  const { definition } = (entry ?? {}) as { definition?: unknown };
  return definition ?? entry;
}
