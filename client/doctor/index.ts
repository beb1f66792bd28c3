import type { ClientConfig } from '../../config/client-config';
import { awsAccessSchema } from '../../domain/look-ups/aws-access';
import { parseInput } from '../../domain/validation';
import { version } from '../../domain/version';
import { InvalidInputError } from '../errors';
import { apiVersion } from '../run-view';
import { judgeAwsAccess, uncheckedAws } from './aws';
import { type Check, unchecked } from './check';
import { checkNamespace, checkWay } from './temporal';
import { askWorker, checkPollers } from './workers';

export type { Check, CheckState } from './check';

/** What `undrop doctor` found. Nothing in it is secret. */
export interface Diagnosis {
  apiVersion: typeof apiVersion;
  /** Of this client. */
  version: string;
  address: string;
  namespace: string;
  taskQueue: string;
  /** Nothing is wrong; warnings do not count. */
  healthy: boolean;
  /** Exit code of the first check that is wrong, which is the cause to begin with. */
  exit: number;
  checks: Check[];
}

/**
 * Looks at everything that a run needs, one after the other, and tells how to mend what is wrong: the way to Temporal,
 * the namespace, the workers and, through a worker, AWS. Changes nothing; what is wrong is told, not thrown.
 * @throws InvalidInputError for a bucket that cannot be one.
 */
export async function examine(
  config: ClientConfig,
  { bucket }: { bucket?: string } = {},
): Promise<Diagnosis> {
  const asked = parseInput(awsAccessSchema, bucket === undefined ? {} : { bucket });
  if (!asked.ok) throw new InvalidInputError('doctor', asked.problems);
  const { checks, client } = await checkWay(config);
  if (!client) return diagnosis(config, [...checks, ...afterNoConnection]);
  try {
    checks.push(...(await checkNamespace(client, config)));
    if (checks.some(({ name, state }) => name === 'namespace' && state === 'wrong')) {
      return diagnosis(config, [...checks, ...afterNoNamespace]);
    }
    const pollers = await checkPollers(client, config);
    if (!pollers.present) return diagnosis(config, [...checks, ...pollers.checks, ...afterNoWorker]);
    const answer = await askWorker(client, config, bucket);
    const aws = answer.access ? judgeAwsAccess(answer.access) : uncheckedAws('no worker');
    return diagnosis(config, [...checks, ...pollers.checks, ...answer.checks, ...aws]);
  } finally {
    await client.connection.close();
  }
}

const withoutWorkers = (why: string) => [
  unchecked('Temporal', 'clock', why),
  unchecked('Workers', 'task queue', why),
  ...uncheckedAws('no worker'),
];
const afterNoConnection = [
  unchecked('Temporal', 'namespace', 'no connection'),
  unchecked('Temporal', 'search attributes', 'no connection'),
  ...withoutWorkers('no connection'),
];
const afterNoNamespace = withoutWorkers('no namespace');
const afterNoWorker = [
  unchecked('Temporal', 'clock', 'no worker'),
  unchecked('Workers', 'version', 'no worker'),
  ...uncheckedAws('no worker'),
];

function diagnosis({ temporal, taskQueue }: ClientConfig, found: Check[]): Diagnosis {
  // Together what belongs together; within a group in the order in which it was looked at.
  const checks = (['Temporal', 'Workers', 'AWS'] as const).flatMap((group) =>
    found.filter((check) => check.group === group),
  );
  const first = checks.find(({ state }) => state === 'wrong');
  const { address, namespace } = temporal;
  const exit = first?.exit ?? 0;
  return { apiVersion, version, address, namespace, taskQueue, healthy: first === undefined, exit, checks };
}
