import { workflowInfo } from '@temporalio/workflow';
import { clientToken, restoredTableName, snapshotCopyName, statementName } from '../../domain/names';
import { estimate } from '../../domain/plan/estimate';
import type { Finding } from '../../domain/plan/finding';
import { judgeCase, judgeSchema, judgeSourceTable, judgeTarget } from '../../domain/plan/judge-table';
import { judgeQuiet, judgeWarehouse } from '../../domain/plan/judge-warehouse';
import { describeSource, sourceIdentifier } from '../../domain/restore-source';
import { displayTable } from '../../domain/table-name';
import { warehouseHandles, warehouseName } from '../../domain/warehouse';
import type { Parsed } from '../run';
import { glanceAtRestores, glanceAtWarehouse } from '../warehouse';
import { glance, longGlance, looked } from './glance';
import type { Looks, Manner } from './looks';
import { nameKeyOf, orKept, roomForCopy, seeSource, type SeenSource } from './of-source';

type Restore = Omit<Parsed<'restoreTable'>, 'deadline' | 'settle'> & {
  copy?: Parsed<'recoverTable'>['copy'];
};

/** What can be known before a table is restored, and before its source is copied if it is. */
export async function looksOfRestore(input: Restore, manner: Manner): Promise<Looks> {
  const { table: source, target, dataApi: access, enableCaseSensitiveIdentifier: caseSensitive } = input;
  const { warehouse, state } = await glanceAtWarehouse(input.warehouse);
  const sourceName = describeSource(input.source);
  const handles = { ...warehouseHandles(warehouse), snapshot: sourceName };
  const what = 'restore of the table';
  const place = { database: target?.database ?? source.database, schema: target?.schema ?? source.schema };
  const chosen = target?.table === undefined ? undefined : { ...place, table: target.table };
  const gone = 'failure' in state && /^(Cluster|Workgroup)NotFound$/.test(state.failure);
  if (gone) {
    const tables = { ...handles, table: chosen && displayTable(chosen) };
    return { what, handles: tables, findings: judgeWarehouse(state), sizes: {} };
  }

  const { workflowId, runId } = workflowInfo();
  const automatedDays = 'seen' in state ? state.seen.automatedDays : undefined;
  const lookFor = (table: typeof source) =>
    looked(glance.findTable({ warehouse, access, table, caseSensitive }));
  const [running, seen, schemas, there, info] = await Promise.all([
    glanceAtRestores(warehouse),
    seeSource(warehouse, input.source, manner, () => automatedDays),
    looked(
      glance.listSchemas({
        warehouse,
        access,
        database: place.database,
        schemaPattern: caseSensitive ? place.schema : place.schema.toLowerCase(),
        limit: 1000,
      }),
    ),
    chosen === undefined ? undefined : lookFor(chosen),
    looked(
      longGlance.inspectTable({
        warehouse,
        access,
        table: source,
        caseSensitive,
        clientToken: clientToken(`${workflowId}/${runId}`, 'preflight.table'),
        statementName: statementName(workflowId, 'preflight.table'),
      }),
    ),
  ]);
  const known = 'seen' in info ? info.seen.info : undefined;
  const [live, copying] = await Promise.all([
    known ? undefined : lookFor(source),
    looksOfCopyBefore(input, seen, manner),
  ]);

  // The name is made of the source, too: before that is chosen, it is not known.
  const toBeChosen = 'asOf' in input.source && seen.choice === undefined;
  const made = () => ({
    ...place,
    table: restoredTableName(source.table, manner.asRun, nameKeyOf('restore', seen)),
  });
  const name = chosen ?? (toBeChosen ? undefined : made());
  const sizes = { source: seen.facts?.sizeMegaBytes, table: known?.megaBytes };
  const isKept = input.copy !== false && input.copy !== undefined;
  const { estimateSeconds: neededSeconds } = isKept
    ? estimate('snapshotCopy', sizes.source)
    : estimate('tableRestore', sizes.table);
  const { cluster, namespace = warehouseName(warehouse) } = warehouseHandles(warehouse);
  const ofSource = seen.judge({ of: cluster ?? namespace, neededSeconds, use: 'restore' });
  return {
    what,
    handles: { ...handles, table: displayTable(name ?? source) },
    findings: [
      ...judgeWarehouse(state),
      ...judgeQuiet(running),
      ...('recoveryPointId' in input.source && input.copy && !input.copy.targetSnapshotIdentifier
        ? await orKept(ofSource, {
            ...input.source,
            namespaceName: namespace,
            asRun: manner.asRun,
            step: 'copy',
          })
        : ofSource),
      ...copying,
      ...judgeSourceTable(source, info, live),
      ...judgeSchema(schemas, place),
      ...judgeTarget(name, there),
      ...judgeCase([...Object.values(source), ...Object.values(chosen ?? place)], caseSensitive),
    ],
    sizes,
    ...(isKept && keptAlready(seen)),
  };
}

/** Of an automated snapshot of a cluster, which is copied first. */
async function looksOfCopyBefore({ copy }: Restore, seen: SeenSource, { asRun }: Manner): Promise<Finding[]> {
  if (!copy || seen.facts?.kind !== 'automated snapshot') return [];
  const source = sourceIdentifier(seen.facts.source);
  const target = copy.targetSnapshotIdentifier ?? snapshotCopyName(source, asRun, 'copy');
  return roomForCopy(target, source);
}

/** A manual or serverless snapshot is not copied, see steps/keep-source.ts. */
function keptAlready({ facts }: SeenSource): Pick<Looks, 'notNeeded'> {
  if (facts?.kind !== 'manual snapshot' && facts?.kind !== 'serverless snapshot') return {};
  return { notNeeded: { copy: `${sourceIdentifier(facts.source)} is kept already` } };
}
