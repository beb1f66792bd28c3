import { paginateDescribeTableRestoreStatus } from '@aws-sdk/client-redshift';
import { isSameRestore, type RestoreIdentity, type TableRestoreFacts } from '../../domain/aws/table-restore';
import { callAws, requireAnswer } from '../call';
import type { AwsClients } from '../clients';
import { tableRestoreFacts } from './table-restore-facts';

export interface ListTableRestoresInput {
  clusterIdentifier: string;
  /** Only requests for exactly this are returned. */
  match: RestoreIdentity;
}

/**
 * All requests of the cluster, all pages, that are for the same restore. AWS's two texts disagree on whether finished
 * ones are listed; callers must bear both (docs/aws-notes.md, 3).
 * https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeTableRestoreStatus.html
 */
export async function listTableRestores(
  { redshift }: Pick<AwsClients, 'redshift'>,
  input: ListTableRestoresInput,
): Promise<TableRestoreFacts[]> {
  const handles = { cluster: input.clusterIdentifier };
  const call = {
    service: 'redshift',
    operation: 'DescribeTableRestoreStatus',
    what: 'list of the table restores',
    handles,
  } as const;
  return callAws(call, async () => {
    const found: TableRestoreFacts[] = [];
    const pages = paginateDescribeTableRestoreStatus(
      { client: redshift, pageSize: 100 },
      { ClusterIdentifier: input.clusterIdentifier },
    );
    for await (const page of pages) {
      requireAnswer(call, page);
      found.push(
        ...(page.TableRestoreStatusDetails ?? [])
          .map(tableRestoreFacts)
          .filter((r) => isSameRestore(input.match, r)),
      );
    }
    return found;
  });
}
