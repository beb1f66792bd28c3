import type { Command } from 'commander';
import { exitCodes } from '../exit-codes';
import { wantsColours } from '../io';
import { lazy } from '../lazy';
import { printData } from '../output';
import { runIdOption } from '../run-id-option';
import { withOperations, type Session } from '../session';

export function describeRunsShow(show: Command): Command {
  return show
    .description('Show everything about one run: steps, what is on AWS, result or failure')
    .argument('<run>', 'workflow id, as start and list tell it')
    .addOption(runIdOption())
    .addHelpText(
      'after',
      '\nExample:\n  undrop runs show restore-table/analytics/dev.public.orders/3f9a1c2e -o json',
    );
}

export async function runsShowAction(
  session: Session,
  workflowId: string,
  flags: { runId?: string },
): Promise<number> {
  const { io, options } = session;
  const view = await withOperations(session, (operations) => operations.show(workflowId, flags.runId));
  printData(io.stdout, options.output, view, () =>
    lazy.renderRun().renderRun(view, { now: io.now(), colours: wantsColours(io, io.stdout) }),
  );
  return exitCodes.done;
}
