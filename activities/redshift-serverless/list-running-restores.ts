import { paginateListTableRestoreStatus } from '@aws-sdk/client-redshift-serverless';
import { isRunning, type TableRestoreFacts } from '../../domain/aws/table-restore';
import { callAws, requireAnswer } from '../call';
import type { AwsClients } from '../clients';
import { serverlessRestoreFacts } from './facts';

/**
 * The table restores that run or wait on a workgroup, whoever asked for them; all pages.
 * https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ListTableRestoreStatus.html
 */
export async function listRunningServerlessRestores(
  { redshiftServerless: client }: Pick<AwsClients, 'redshiftServerless'>,
  { workgroupName, namespaceName }: { workgroupName: string; namespaceName: string },
): Promise<TableRestoreFacts[]> {
  const call = {
    service: 'redshift-serverless',
    operation: 'ListTableRestoreStatus',
    what: 'list of the running table restores',
    handles: { workgroup: workgroupName, namespace: namespaceName },
  } as const;
  return callAws(call, async () => {
    const found: TableRestoreFacts[] = [];
    const pages = paginateListTableRestoreStatus({ client, pageSize: 100 }, { workgroupName, namespaceName });
    for await (const page of pages) {
      requireAnswer(call, page);
      found.push(...(page.tableRestoreStatuses ?? []).map(serverlessRestoreFacts).filter(isRunning));
    }
    return found;
  });
}
