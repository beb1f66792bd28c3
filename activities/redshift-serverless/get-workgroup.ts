import { GetWorkgroupCommand } from '@aws-sdk/client-redshift-serverless';
import { failureOf } from '../aws-failure';
import { callAws } from '../call';
import type { AwsClients } from '../clients';

export interface WorkgroupFacts {
  workgroupName: string;
  namespaceName: string;
  status: string;
}

/**
 * A workgroup and the namespace behind it.
 * https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_GetWorkgroup.html
 */
export async function getWorkgroup(
  { redshiftServerless }: Pick<AwsClients, 'redshiftServerless'>,
  input: { workgroupName: string },
): Promise<WorkgroupFacts> {
  const call = {
    service: 'redshift-serverless',
    operation: 'GetWorkgroup',
    what: 'look at the workgroup',
    handles: { workgroup: input.workgroupName },
  } as const;
  const { workgroup } = await callAws(call, () => redshiftServerless.send(new GetWorkgroupCommand(input)));
  if (!workgroup) throw failureOf('OutcomeUnknown', call, 'the answer holds no workgroup');
  return {
    workgroupName: workgroup.workgroupName ?? input.workgroupName,
    namespaceName: workgroup.namespaceName ?? '',
    status: workgroup.status ?? '',
  };
}
