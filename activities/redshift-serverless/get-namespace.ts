import { GetNamespaceCommand } from '@aws-sdk/client-redshift-serverless';
import { failureOf } from '../aws-failure';
import { callAws } from '../call';
import type { AwsClients } from '../clients';

export interface NamespaceFacts {
  namespaceName: string;
  status: string;
  dbName?: string;
}

/**
 * A namespace: its state and its first database.
 * https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_GetNamespace.html
 */
export async function getNamespace(
  { redshiftServerless }: Pick<AwsClients, 'redshiftServerless'>,
  input: { namespaceName: string },
): Promise<NamespaceFacts> {
  const call = {
    service: 'redshift-serverless',
    operation: 'GetNamespace',
    what: 'look at the namespace',
    handles: { namespace: input.namespaceName },
  } as const;
  const { namespace } = await callAws(call, () => redshiftServerless.send(new GetNamespaceCommand(input)));
  if (!namespace) throw failureOf('OutcomeUnknown', call, 'the answer holds no namespace');
  return {
    namespaceName: namespace.namespaceName ?? input.namespaceName,
    status: namespace.status ?? '',
    dbName: namespace.dbName,
  };
}
