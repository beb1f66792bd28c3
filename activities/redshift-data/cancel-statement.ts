import { CancelStatementCommand } from '@aws-sdk/client-redshift-data';
import { callAws } from '../call';
import type { AwsClients } from '../clients';

export interface CancelStatementInput {
  id: string;
}

/** What AWS says to the second cancel of a statement; so it says after a first one whose answer was lost. */
const alreadyAborted = /already in ABORTED state/i;

/**
 * Asks AWS to cancel a statement. Safe to repeat: one that is cancelled already is `cancelled` all the same.
 * `cancelled: false` means that it had already ended otherwise: not a success, not an error.
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
  const { Status } = await callAws(call, async () => {
    try {
      return await redshiftData.send(new CancelStatementCommand({ Id: input.id }));
    } catch (error) {
      const { name, message } = error as { name?: unknown; message?: unknown };
      if (name === 'ValidationException' && alreadyAborted.test(String(message))) return { Status: true };
      throw error;
    }
  });
  return { cancelled: Status === true };
}
