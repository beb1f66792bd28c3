import type { Looked } from '../domain/plan/finding';
import {
  type Leaving,
  type Standing,
  standingOfExport,
  standingOfRecoveryPoint,
  standingOfRestore,
  standingOfServerlessSnapshot,
  standingOfSnapshot,
  standingOfStatement,
  standingOfTable,
} from '../domain/retry/standing';
import { displayTable } from '../domain/table-name';
import { glance, looked } from './looks/glance';
import { glanceAtRestores, glanceAtWarehouse } from './warehouse';

/**
 * How each thing that a run left on AWS stands; what cannot be looked at is told as that. Tables are looked for last: a
 * restore that ends meanwhile is then seen as one that runs or by its table, never as neither.
 */
export async function standingsOf(leavings: readonly Leaving[]): Promise<Standing[]> {
  const isTable = ({ kind }: Leaving) => kind === 'table';
  const seen = await Promise.all(
    leavings.map(async (leaving) => (isTable(leaving) ? undefined : standingOf(leaving))),
  );
  return Promise.all(leavings.map(async (leaving, at) => seen[at] ?? standingOf(leaving)));
}

async function standingOf(leaving: Leaving): Promise<Standing> {
  switch (leaving.kind) {
    case 'cluster snapshot': {
      const { kind: _, ...snapshot } = leaving;
      const what = `the snapshot ${snapshot.snapshotIdentifier}`;
      return judge(what, await looked(glance.describeClusterSnapshot(snapshot)), standingOfSnapshot);
    }
    case 'serverless snapshot': {
      const { kind: _, ...snapshot } = leaving;
      const what = `the snapshot ${snapshot.snapshotName}`;
      return judge(what, await looked(glance.getSnapshot(snapshot)), standingOfServerlessSnapshot);
    }
    case 'recovery point': {
      const { kind: _, ...point } = leaving;
      const what = `the recovery point ${point.recoveryPointId}`;
      return judge(what, await looked(glance.getRecoveryPoint(point)), standingOfRecoveryPoint);
    }
    case 'table': {
      const { warehouse, table, caseSensitive, dataApi: access } = leaving;
      const found = await looked(glance.findTable({ warehouse, access, table, caseSensitive }));
      return judge(`the table ${displayTable(table)}`, found, (seen) => standingOfTable(table, seen));
    }
    case 'table restore': {
      const { target } = leaving;
      const { warehouse } = await glanceAtWarehouse(leaving.warehouse);
      const running = await glanceAtRestores(warehouse);
      return judge(`the restore of ${displayTable(target)}`, running, (all) =>
        standingOfRestore(target, all),
      );
    }
    case 'statement': {
      const { id } = leaving;
      const statement = await looked(glance.showStatement({ id }));
      return judge(`the statement ${id}`, statement, (seen) => standingOfStatement(seen, Date.now()));
    }
    case 'export': {
      const { exportArn } = leaving;
      const facts = await looked(glance.describeExport({ exportArn }));
      return judge(`the export ${exportArn}`, facts, (seen) => standingOfExport(seen, Date.now()));
    }
  }
}

/** Answers of AWS that say that it is not there. */
const notThere = new Set<string>([
  'SnapshotNotFound',
  'RecoveryPointNotFound',
  'StatementNotFound',
  'ExportNotFound',
  'NotFound',
]);

function judge<T>(what: string, found: Looked<T>, standing: (seen: T) => Standing): Standing {
  if ('seen' in found) return standing(found.seen);
  if (notThere.has(found.failure)) return { state: 'gone', text: `${what} is not there any more` };
  return { state: 'unseen', text: `${what} could not be looked at (${found.failure}: ${found.why})` };
}
