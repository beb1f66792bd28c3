import type { Operations } from '../core/types';
import type { World } from '../core/world';
import { errors, refuseViolations, violation } from './errors';
import { findTable, type Table } from './state';

const dayMs = 24 * 60 * 60 * 1000;
const wholeSecond = (time: number) => Math.floor(time / 1000) * 1000;

/** What a table can be exported from, in epoch ms of whole seconds; undefined while PITR is off or not yet shown on. */
export function recoveryWindow(world: World, table: Table): { earliest: number; latest: number } | undefined {
  const now = world.clock.now().getTime();
  const { pitr } = table;
  if (pitr === undefined || now < pitr.shownAt) return undefined;
  const earliest = Math.max(wholeSecond(pitr.since), wholeSecond(now - pitr.recoveryPeriodInDays * dayMs));
  // Right after PITR was switched on both ends are that moment (DDB-EXPORT-015).
  return { earliest, latest: Math.max(earliest, wholeSecond(now - world.settings.pitrLagSeconds * 1000)) };
}

function describe(world: World, table: Table): object {
  const window = recoveryWindow(world, table);
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription:
        window === undefined
          ? { PointInTimeRecoveryStatus: 'DISABLED' }
          : {
              PointInTimeRecoveryStatus: 'ENABLED',
              RecoveryPeriodInDays: table.pitr?.recoveryPeriodInDays,
              EarliestRestorableDateTime: new Date(window.earliest),
              LatestRestorableDateTime: new Date(window.latest),
            },
    },
  };
}

function named(world: World, name: string): Table {
  const table = findTable(world, name);
  if (table === undefined) throw errors.tableNotFound(name);
  return table;
}

interface UpdateInput {
  TableName: string;
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: boolean; RecoveryPeriodInDays?: number };
}

/** DescribeContinuousBackups and UpdateContinuousBackups: point-in-time recovery on, off, and its length in days. */
export function continuousBackupsOperations(world: World): Operations {
  return {
    DescribeContinuousBackups: (input: { TableName: string }) =>
      describe(world, named(world, input.TableName)),
    UpdateContinuousBackups(input: UpdateInput) {
      const table = named(world, input.TableName);
      const { PointInTimeRecoveryEnabled: enabled, RecoveryPeriodInDays: days } =
        input.PointInTimeRecoverySpecification;
      if (days !== undefined && (days < 1 || days > 35)) {
        const limit = days < 1 ? 'greater than or equal to 1' : 'less than or equal to 35';
        const member = 'pointInTimeRecoverySpecification.recoveryPeriodInDays';
        refuseViolations([violation(days, member, `have value ${limit}`)]);
      }
      const now = world.clock.now().getTime();
      if (now < table.activeAt + world.settings.continuousBackupsDelaySeconds * 1000) {
        throw errors.backupsUnavailable(table.name);
      }
      if (!enabled) {
        delete table.pitr;
        return describe(world, table);
      }
      table.pitr = {
        since: table.pitr?.since ?? now,
        shownAt: table.pitr?.shownAt ?? now + world.settings.pitrEnableSeconds * 1000,
        recoveryPeriodInDays: days ?? table.pitr?.recoveryPeriodInDays ?? 35,
      };
      return describe(world, table);
    },
  };
}
