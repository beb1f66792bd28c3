import { paginateListTableRestoreStatus } from '@aws-sdk/client-redshift-serverless';
import { isSameRestore, type RestoreIdentity, type TableRestoreFacts } from '../../domain/aws/table-restore';
import { callAws } from '../call';
import type { AwsClients } from '../clients';
import { serverlessRestoreFacts } from './facts';

export interface ListTableRestoreStatusInput {
  workgroupName: string;
  namespaceName: string;
  /** Only requests for exactly this are returned. */
  match: RestoreIdentity;
}

/**
 * All table restores of the workgroup, all pages, that are for the same restore.
 * https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ListTableRestoreStatus.html
 */
export async function listTableRestoreStatus(
  { redshiftServerless }: Pick<AwsClients, 'redshiftServerless'>,
  { workgroupName, namespaceName, match }: ListTableRestoreStatusInput,
): Promise<TableRestoreFacts[]> {
  const handles = { workgroup: workgroupName, namespace: namespaceName };
  const call = {
    service: 'redshift-serverless',
    operation: 'ListTableRestoreStatus',
    what: 'list of the table restores',
    handles,
  } as const;
  return callAws(call, async () => {
    const found: TableRestoreFacts[] = [];
    const pages = paginateListTableRestoreStatus(
      { client: redshiftServerless, pageSize: 100 },
      { workgroupName, namespaceName },
    );
    for await (const page of pages) {
      found.push(
        ...(page.tableRestoreStatuses ?? [])
          .map(serverlessRestoreFacts)
          .filter((r) => isSameRestore(match, r)),
      );
    }
    return found;
  });
}
