import type { Logger, MetricMeter } from '@temporalio/common';
import type { NativeConnection } from '@temporalio/worker';
import { metrics } from '../domain/metrics';
import { operationNames } from '../domain/operations';

/** Which build a worker is, and of which Worker Deployment, if it takes part in one. */
export interface About {
  version: string;
  buildId: string;
  deployment?: string;
}

interface Place extends Pick<About, 'deployment'> {
  connection: NativeConnection;
  namespace: string;
}

/** How Temporal calls the states of an execution in `GROUP BY ExecutionStatus`. */
const statuses = ['Running', 'Completed', 'Failed', 'Canceled', 'Terminated', 'TimedOut', 'ContinuedAsNew'];

/** Sets the gauge that tells which build this worker is. */
export function tellBuild(meter: MetricMeter, { version, buildId: build, deployment = 'none' }: About): void {
  const { name, meaning } = metrics.workerInfo;
  meter.createGauge(name, 'int', undefined, meaning).set(1, { version, build, deployment });
}

/**
 * Counts the runs of each operation by status, and the running ones of each build, now and every `intervalMs`. Temporal is
 * asked, because no worker sees them all, and none sees one that was terminated, timed out, or has no worker. While
 * Temporal does not answer, the last numbers stay.
 * @returns stops it
 */
export function watchRuns(meter: MetricMeter, place: Place, logger: Logger, intervalMs = 30_000): () => void {
  const gauge = ({ name, meaning }: { name: string; meaning: string }) =>
    meter.createGauge(name, 'int', undefined, meaning);
  const runs = gauge(metrics.runs);
  const runsOfBuild = gauge(metrics.runsOfBuild);
  const look = async () => {
    for (const operation of operationNames) {
      const counts = await countByStatus(place, `WorkflowType = '${operation}'`);
      for (const status of statuses) runs.set(counts.get(status) ?? 0, { operation, status });
    }
    for (const build of await buildsOf(place)) {
      const counts = await countByStatus(
        place,
        `TemporalWorkerDeploymentVersion = '${place.deployment}:${build}' AND TemporalWorkflowVersioningBehavior = 'Pinned'`,
      );
      runsOfBuild.set(counts.get('Running') ?? 0, { build });
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

async function countByStatus(
  { connection, namespace }: Place,
  condition: string,
): Promise<Map<string, number>> {
  const query = `${condition} GROUP BY ExecutionStatus`;
  const { groups } = await connection.workflowService.countWorkflowExecutions({ namespace, query });
  return new Map(
    (groups ?? []).map(({ groupValues, count }) => [
      JSON.parse(Buffer.from(groupValues?.[0]?.data ?? '""').toString()) as string,
      Number(count),
    ]),
  );
}

/** The builds of the deployment that Temporal knows; it forgets those that have had no worker and no run for long. */
async function buildsOf({ connection, namespace, deployment: deploymentName }: Place): Promise<string[]> {
  if (deploymentName === undefined) return [];
  const { workerDeploymentInfo } = await connection.workflowService.describeWorkerDeployment({
    namespace,
    deploymentName,
  });
  return (workerDeploymentInfo?.versionSummaries ?? []).flatMap(
    ({ deploymentVersion }) => deploymentVersion?.buildId ?? [],
  );
}
