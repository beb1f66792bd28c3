import type { AwsHandle } from './run-state';
import { shellQuoted } from './run-identity';
import { isProvisioned, type Warehouse } from './warehouse';

/** Which of AWS's two Redshifts a run works on. */
export type Redshift = { serverless: true } | { serverless: false; clusterIdentifier?: string };

/** @param input a valid input of the operation */
export function redshiftOf(operation: string, input: object): Redshift {
  const { warehouse } = input as { warehouse?: Warehouse };
  if (warehouse === undefined) return { serverless: operation === 'keepRecoveryPoint' };
  return isProvisioned(warehouse) ? { serverless: false, ...warehouse } : { serverless: true };
}

/** Commands of the AWS CLI that show one thing, by what it is. Nothing but ids is put into them. */
const commands: Record<AwsHandle['kind'], (id: string, redshift: Redshift) => string[] | undefined> = {
  snapshot: (id, { serverless }) =>
    serverless
      ? ['redshift-serverless', 'get-snapshot', '--snapshot-name', id]
      : ['redshift', 'describe-cluster-snapshots', '--snapshot-identifier', id],
  'table restore request': (id, redshift) => {
    // An earlier request that AWS does not list any more has no id to ask for.
    if (!/^[\w-]+$/.test(id)) return undefined;
    const request = ['--table-restore-request-id', id];
    if (redshift.serverless) return ['redshift-serverless', 'get-table-restore-status', ...request];
    const { clusterIdentifier } = redshift;
    const cluster = clusterIdentifier === undefined ? [] : ['--cluster-identifier', clusterIdentifier];
    return ['redshift', 'describe-table-restore-status', ...cluster, ...request];
  },
  'restored table': () => undefined,
  statement: (id) => ['redshift-data', 'describe-statement', '--id', id],
  export: (id) => ['dynamodb', 'describe-export', '--export-arn', id],
};

/** The command that shows what AWS says of it; undefined where there is none. */
export function awsCommand({ kind, id }: AwsHandle, redshift: Redshift): string | undefined {
  const words = commands[kind](id, redshift);
  return words && ['aws', ...words].map(shellQuoted).join(' ');
}

/** The page of the AWS console about it, where the id tells the region: an export's table, whose page lists exports. */
export function consolePage({ kind, id }: AwsHandle): string | undefined {
  const arn = /^arn:aws:dynamodb:([a-z0-9-]+):\d{12}:table\/([\w.-]+)\/export\//.exec(id);
  if (kind !== 'export' || !arn) return undefined;
  const [, region, table] = arn;
  return `https://${region}.console.aws.amazon.com/dynamodbv2/home?region=${region}#table?name=${table}`;
}
