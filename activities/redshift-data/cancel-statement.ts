import { CancelStatementCommand } from '@aws-sdk/client-redshift-data';
import { callAws } from '../call';
import type { AwsClients } from '../clients';

export interface CancelStatementInput {
  id: string;
}

/**
 * Asks AWS to cancel a statement. `cancelled: false` means that it had already ended: not a success, not an error.
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_CancelStatement.html
 */
export async function cancelStatement(
  { redshiftData }: Pick<AwsClients, 'redshiftData'>,
  input: CancelStatementInput,
): Promise<{ cancelled: boolean }> {
  const call = {
    service: 'redshift-data',
    operation: 'CancelStatement',
    what: 'cancelling the statement',
    handles: { statement: input.id },
  } as const;
  const { Status } = await callAws(call, () =>
    redshiftData.send(new CancelStatementCommand({ Id: input.id })),
  );
  return { cancelled: Status === true };
}
