import type { OperationEntry } from './commands';
import { exitCodes } from './exit-codes';
import type { Flag, FlagValues } from './flags';
import { wantsColours } from './io';
import { printData } from './output';
import { painter } from './painter';
import { planLines } from './render-plan';
import { type RunFlags, runFromFlags } from './resolve-from-flags';
import { withOperations, type Session } from './session';

/** `undrop plan <operation>`: looks, tells, changes nothing. @returns 6 when something blocks. */
export async function planAction(
  entry: OperationEntry,
  flags: readonly Flag[],
  session: Session,
  given: RunFlags,
  values: FlagValues,
): Promise<number> {
  const { io, options } = session;
  const { operation, workflowId, input } = await runFromFlags(
    entry,
    flags,
    session,
    given,
    values,
    'planned',
  );
  const plan = await withOperations(session, (operations) =>
    operations.plan(operation, input, { workflowId }),
  );
  printData(io.stdout, options.output, plan, () => planLines(plan, painter(wantsColours(io, io.stdout))));
  const blocks = plan.findings.filter(({ level }) => level === 'blocking').length;
  io.stderr.write(
    plan.feasible
      ? 'plan: nothing is in the way; nothing was started\n'
      : `plan: ${blocks === 1 ? 'one finding blocks' : `${blocks} findings block`}; a run would be refused; nothing was started\n`,
  );
  return plan.feasible ? exitCodes.done : exitCodes.refused;
}
