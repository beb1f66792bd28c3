import { type ExportFacts, type ExportIdentity, isSameExport } from '../../domain/aws/export';
import type { AwsClients } from '../clients';
import { describeExport } from './describe-export';
import { listExports } from './list-exports';

export interface EarlierExportInput extends ExportIdentity {
  tableArn: string;
  /** Any of these. */
  clientTokens: string[];
  /** When earlier executions of the run may have begun; ISO. Absent: whenever. */
  notBefore?: string;
}

/** More than AWS makes of one table in the 90 days for which it lists them. */
const most = 100_000;

/** Exports looked at side by side: DescribeExport takes a few a second. */
const parallel = 4;

/**
 * The export that an earlier execution of a run asked for, if it still stands for something: same table, token and
 * request, and not failed. AWS itself knows a token for 8 hours after its export ended; ListExports does not tell
 * tokens, so each candidate is looked at by itself.
 * @throws AccessDenied, for want of dynamodb:ListExports; Throttled …
 */
export async function earlierExport(
  clients: Pick<AwsClients, 'dynamodb'>,
  { tableArn, clientTokens, notBefore, ...wanted }: EarlierExportInput,
): Promise<ExportFacts | undefined> {
  const { exports } = await listExports(clients, { tableArn, limit: most });
  const candidates = exports.filter(
    ({ exportStatus, startedAt }) =>
      exportStatus !== 'FAILED' &&
      (startedAt === undefined || notBefore === undefined || startedAt >= notBefore),
  );
  for (let at = 0; at < candidates.length; at += parallel) {
    const some = candidates.slice(at, at + parallel);
    const facts = await Promise.all(some.map(({ exportArn }) => describeExport(clients, { exportArn })));
    const found = facts.find(
      (each) => clientTokens.includes(each.clientToken ?? '') && isSameExport(wanted, each),
    );
    if (found) return found;
  }
  return undefined;
}

export interface FindEarlierExportInput extends EarlierExportInput {
  /** False for the first execution of a run, which has none before it. */
  lookFirst: boolean;
}

/** As earlierExport, for a workflow that must do the same in every execution. */
export async function findEarlierExport(
  clients: Pick<AwsClients, 'dynamodb'>,
  { lookFirst, ...input }: FindEarlierExportInput,
): Promise<{ found?: ExportFacts }> {
  const found = lookFirst ? await earlierExport(clients, input) : undefined;
  return { ...(found && { found }) };
}
