import { seedOrders } from '../dynamodb';
import { addCluster, addSnapshot } from '../redshift/setup';
import type { SeedGround } from '../seed';
import { addTopic } from '../sns/topics';
import { plantAdhoc } from './adhoc';
import { clickRows, customerRows, eventRows, lossStatement, tableStatements } from './analytics-tables';
import { runAll, sizeOf } from './tables';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * The world of the demo: cluster `analytics`, whose `dev.public.orders` lost most of its rows after the automated
 * snapshot was taken; cluster `reporting` and serverless namespace `adhoc` beside it; DynamoDB table `orders` with PITR; bucket `exports`;
 * SNS topics `undrop-runs` and `undrop-runs.fifo`.
 * The SQL of a warehouse is planted when its engine is first touched, so that a start costs nothing.
 */
export function plantDefault({ world, rooms, options }: SeedGround): void {
  const { context } = rooms.redshift;
  const now = world.clock.now().getTime();
  const orderRows = options.orderRows ?? 120_000;
  const ago = (ms: number): Date => new Date(now - ms);
  const megaBytes = [orderRows, customerRows, eventRows, clickRows]
    .map((rows) => sizeOf(rows, world.settings.bytesPerRow))
    .reduce((sum, size) => sum + size, 0);

  const analytics = addCluster(context, {
    identifier: 'analytics',
    createTime: ago(400 * dayMs),
    automatedRetentionDays: 7,
  });
  const weekly = addSnapshot(context, analytics, {
    identifier: 'analytics-weekly',
    type: 'manual',
    createTime: ago(5 * dayMs),
    megaBytes,
  });
  const automated = addSnapshot(context, analytics, { createTime: ago(6 * hourMs), megaBytes });
  world.prepareWarehouse('analytics', async (warehouse) => {
    await runAll(warehouse, tableStatements(orderRows));
    await warehouse.capture(automated.contentKey);
    await warehouse.share(automated.contentKey, weekly.contentKey);
    await runAll(warehouse, [lossStatement]);
  });

  const reporting = addCluster(context, { identifier: 'reporting', createTime: ago(90 * dayMs) });
  const reportingSnapshot = addSnapshot(context, reporting, {
    createTime: ago(5 * hourMs),
    megaBytes: sizeOf(500, world.settings.bytesPerRow),
  });
  world.prepareWarehouse('reporting', async (warehouse) => {
    await runAll(warehouse, [
      'create table public.daily_sales (day date primary key, cents bigint not null)',
      "insert into public.daily_sales select date '2025-01-01' + g, 100000 + g * 37 % 9001 from generate_series(0, 499) g",
    ]);
    await warehouse.capture(reportingSnapshot.contentKey);
  });

  plantAdhoc(rooms.serverless.context, options.eventRows ?? 20_000);
  seedOrders(world, options.orderItems ?? 2500);
  world.objects.createBucket('exports');
  addTopic(rooms.sns.context, 'undrop-runs');
  addTopic(rooms.sns.context, 'undrop-runs.fifo');
}
