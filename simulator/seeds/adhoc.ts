import type { SqlWarehouse } from '../core/types';
import type { ServerlessContext } from '../redshift-serverless/room';
import { prepareNamespace } from '../redshift-serverless/rows';
import { addNamespace, addRecoveryPoint, addSnapshot, addWorkgroup } from '../redshift-serverless/setup';
import { runAll, sizeOf } from './tables';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Rows of `public.events_live` at each moment, as shares of the full table; the newest recovery point is too late. */
const shares = { weekly: 0.6, expiring: 0.8, good: 1, late: 0.05 };
const pageViewRows = 200;

/**
 * Serverless namespace and workgroup `adhoc`, database `dev`: `public.events_live` lost nearly all of its rows an hour
 * ago. Of its three recovery points the newest was made after the loss, the next (2 hours old) has every row, and the
 * oldest ends in 12 minutes; the snapshot `adhoc-weekly` is five days old. `public.page_views` has an interleaved sort key.
 *
 * @param rows of `public.events_live` before the loss.
 */
export function plantAdhoc(context: ServerlessContext, rows: number): void {
  const { world } = context;
  const now = world.clock.now().getTime();
  const ago = (ms: number): Date => new Date(now - ms);
  const count = (share: number): number => Math.round(rows * share);
  const megaBytes = (share: number): number =>
    sizeOf(count(share), world.settings.bytesPerRow) + sizeOf(pageViewRows, world.settings.bytesPerRow);

  const namespace = addNamespace(context, {
    name: 'adhoc',
    createTime: ago(200 * dayMs),
    megaBytes: megaBytes(shares.late),
    lastRecoveryPoint: ago(20 * minuteMs),
  });
  const workgroup = addWorkgroup(context, {
    name: 'adhoc',
    namespaceName: 'adhoc',
    createTime: ago(200 * dayMs),
  });
  const weekly = addSnapshot(context, {
    name: 'adhoc-weekly',
    namespaceName: 'adhoc',
    createTime: ago(5 * dayMs),
    megaBytes: megaBytes(shares.weekly),
  });
  const point = (age: number, share: number) =>
    addRecoveryPoint(context, workgroup, { createTime: ago(age), megaBytes: megaBytes(share) });
  const expiring = point(dayMs - 12 * minuteMs, shares.expiring);
  const good = point(2 * hourMs, shares.good);
  const late = point(20 * minuteMs, shares.late);

  prepareNamespace(context, namespace, async (warehouse) => {
    await runAll(warehouse, tables(count(shares.weekly)));
    await warehouse.capture(weekly.contentKey);
    await grow(warehouse, count(shares.weekly), count(shares.expiring));
    await warehouse.capture(expiring.contentKey);
    await grow(warehouse, count(shares.expiring), rows);
    await warehouse.capture(good.contentKey);
    await runAll(warehouse, [`delete from public.events_live where event_id > ${count(shares.late)}`]);
    await warehouse.capture(late.contentKey);
  });
}

function tables(rows: number): string[] {
  return [
    `create table public.events_live (
       event_id bigint not null,
       visitor_id integer not null,
       kind varchar(24) not null,
       payload super,
       happened_at timestamp not null) sortkey (happened_at)`,
    events(1, rows),
    'alter table public.events_live add primary key (event_id)',
    `create table public.page_views (
       view_id bigint,
       page varchar(200) not null,
       viewed_at timestamp not null) interleaved sortkey (view_id, viewed_at)`,
    `insert into public.page_views
       select g, '/page/' || g % 40, timestamp '2026-07-01 00:00:00' + g * interval '20 seconds'
       from generate_series(1, ${pageViewRows}) g`,
  ];
}

function grow(warehouse: SqlWarehouse, from: number, to: number): Promise<void> {
  return runAll(warehouse, [events(from + 1, to)]);
}

function events(from: number, to: number): string {
  return `insert into public.events_live
    select g, 1 + g * 31 % 977, (array['viewed','added','bought'])[1 + g % 3],
      ('{"page": ' || g % 40 || '}')::jsonb, timestamp '2026-06-01 00:00:00' + g * interval '1 minute'
    from generate_series(${from}, ${to}) g`;
}
