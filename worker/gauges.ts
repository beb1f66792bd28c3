import type { Logger, MetricMeter } from '@temporalio/common';
import type { NativeConnection } from '@temporalio/worker';
import { metrics } from '../domain/metrics';
import { operationNames } from '../domain/operations';
import type { Build } from './build';

/** How Temporal calls the states of an execution in `GROUP BY ExecutionStatus`. */
const statuses = ['Running', 'Completed', 'Failed', 'Canceled', 'Terminated', 'TimedOut', 'ContinuedAsNew'];

/** Sets the gauge that tells which build this worker is. */
export function tellBuild(meter: MetricMeter, build: Build, deployment = 'none'): void {
  const { name, meaning } = metrics.workerInfo;
  meter
    .createGauge(name, 'int', undefined, meaning)
    .set(1, { version: build.version, build: build.buildId, deployment });
}

/**
 * Counts the runs of each operation by status, now and every `intervalMs`. Temporal is asked, because no worker sees them
 * all, and none sees one that was terminated or timed out. While Temporal does not answer, the last numbers stay.
 * @returns stops it
 */
export function watchRuns(
  meter: MetricMeter,
  { connection, namespace }: { connection: NativeConnection; namespace: string },
  logger: Logger,
  intervalMs = 30_000,
): () => void {
  const { name, meaning } = metrics.runs;
  const gauge = meter.createGauge(name, 'int', undefined, meaning);
  const look = async () => {
    for (const operation of operationNames) {
      const query = `WorkflowType = '${operation}' GROUP BY ExecutionStatus`;
      const { groups } = await connection.workflowService.countWorkflowExecutions({ namespace, query });
      const counts = new Map(
        (groups ?? []).map(({ groupValues, count }) => [
          JSON.parse(Buffer.from(groupValues?.[0]?.data ?? '""').toString()) as string,
          Number(count),
        ]),
      );
      for (const status of statuses) gauge.set(counts.get(status) ?? 0, { operation, status });
    }
  };
  let looking = false;
  const tick = () => {
    if (looking) return;
    looking = true;
    look()
      .catch((error: unknown) => logger.debug('runs cannot be counted just now', { error }))
      .finally(() => (looking = false));
  };
  tick();
  const timer = setInterval(tick, intervalMs);
  return () => clearInterval(timer);
}
