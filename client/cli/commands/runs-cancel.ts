import type { Command } from 'commander';
import { exitCodes } from '../exit-codes';
import { lazy } from '../lazy';
import { printData } from '../output';
import { runIdOption } from '../run-id-option';
import { withOperations, type Session } from '../session';

export function describeRunsCancel(cancel: Command): Command {
  return cancel
    .description('Ask a run to stop. A restore or an export goes on at AWS: the run then says so')
    .argument('<run>', 'workflow id, as start and list tell it')
    .addOption(runIdOption())
    .option('--reason <text>', 'why, for the Event History', 'cancelled with the undrop CLI')
    .addHelpText(
      'after',
      '\nExample:\n  undrop runs cancel recover-table/analytics/dev.public.orders/3f9a1c2e --reason "wrong snapshot"',
    );
}

export async function runsCancelAction(
  session: Session,
  workflowId: string,
  flags: { runId?: string; reason: string },
): Promise<number> {
  const { io, options } = session;
  const view = await withOperations(session, (operations) =>
    operations.cancel(workflowId, flags.reason, flags.runId),
  );
  const { apiVersion, runId, links } = view;
  printData(
    io.stdout,
    options.output,
    { apiVersion, workflowId, runId, links, cancelRequested: true },
    () => [
      `cancellation asked for: ${workflowId}`,
      `See what becomes of it: undrop runs watch ${lazy.links().shellQuoted(workflowId)}`,
    ],
  );
  return exitCodes.done;
}
