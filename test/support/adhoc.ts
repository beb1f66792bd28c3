import {
  ListRecoveryPointsCommand,
  ListSnapshotsCommand,
  type RecoveryPoint,
  type Snapshot,
} from '@aws-sdk/client-redshift-serverless';
import type { Rig } from './rig';

/** The seeded serverless namespace and workgroup. */
export const adhoc = { workgroupName: 'adhoc', namespaceName: 'adhoc' } as const;
export const eventsLive = { database: 'dev', schema: 'public', table: 'events_live' } as const;

/** The seeded recovery points of `adhoc`, by what they are for (simulator/seeds/adhoc.ts). */
export interface SeededPoints {
  /** Made after the loss. */
  late: RecoveryPoint;
  /** Has every row. */
  good: RecoveryPoint;
  /** Ends in 12 minutes. */
  expiring: RecoveryPoint;
}

export async function recoveryPointsOf({ clients }: Rig): Promise<RecoveryPoint[]> {
  const command = new ListRecoveryPointsCommand({ namespaceName: 'adhoc', maxResults: 100 });
  const { recoveryPoints = [] } = await clients.redshiftServerless.send(command);
  const time = ({ recoveryPointCreateTime }: RecoveryPoint) => recoveryPointCreateTime!.getTime();
  return recoveryPoints.sort((a, b) => time(b) - time(a));
}

export async function seededPoints(rig: Rig): Promise<SeededPoints> {
  const [late, good, expiring] = await recoveryPointsOf(rig);
  return { late: late!, good: good!, expiring: expiring! };
}

export async function snapshotsOf({ clients }: Rig): Promise<Snapshot[]> {
  const command = new ListSnapshotsCommand({ namespaceName: 'adhoc', maxResults: 100 });
  return (await clients.redshiftServerless.send(command)).snapshots ?? [];
}

/** Rows of `public.events_live` in each source, and now; of `eventRows` before the loss. */
export const eventRows = 1_000;
export const rowsOf = { weekly: 600, expiring: 800, good: 1_000, late: 50 } as const;

/** The rig's world with few rows in `adhoc`, as new. */
export async function resetSmall(rig: Rig, settings: object): Promise<void> {
  await rig.control.reset({ seed: 'default', options: { orderRows: 20, orderItems: 5, eventRows } });
  await rig.control.set({ recoveryPointMinutes: 0, ...settings });
}
