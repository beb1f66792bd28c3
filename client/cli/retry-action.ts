import type { RetryFlags } from './commands/runs-retry';
import { exitCodes } from './exit-codes';
import type { FlagProblem } from './flags';
import { readInputFile } from './input-file';
import { wantsColours } from './io';
import { printData } from './output';
import { painter } from './painter';
import { retryLines } from './render-retry';
import { retryAllAction } from './retry-all-action';
import { readChanges, refuseFlags, retryFlagProblems } from './retry-flags';
import { withOperations, type Session } from './session';
import { readTimeout, stayWithRun } from './stay-with-run';

/** `undrop runs retry`: one run, or all that failed. */
export async function retryAction(
  session: Session,
  workflowId: string | undefined,
  flags: RetryFlags,
): Promise<number> {
  const problems: FlagProblem[] = retryFlagProblems(workflowId, flags);
  const timeoutMs = readTimeout(flags, problems);
  const changes = readChanges(flags.with, problems);
  refuseFlags(problems);
  if (workflowId === undefined) return retryAllAction(session, flags);
  const { io, options } = session;
  const record = flags.record === undefined ? undefined : await readInputFile(flags.record, io);
  const dryRun = flags.dryRun === true;
  return withOperations(session, async (operations) => {
    const result =
      record === undefined
        ? await operations.retry(workflowId, {
            ...(flags.runId !== undefined && { runId: flags.runId }),
            ...(flags.from !== undefined && { from: flags.from }),
            ...(changes && { with: changes }),
            dryRun,
          })
        : await operations.retryFromRecord(workflowId, record, { dryRun });
    const stays = flags.wait && !dryRun;
    const out = stays ? io.stderr : io.stdout;
    const text = () => retryLines(result, painter(wantsColours(io, out)));
    if (!stays) {
      printData(io.stdout, options.output, result, text);
      if (dryRun) io.stderr.write('dry run: nothing was changed\n');
      return exitCodes.done;
    }
    io.stderr.write(`${text().join('\n')}\n`);
    const { workflowId: id, runId } = result;
    return stayWithRun(operations, session, { workflowId: id, runId, timeoutMs });
  });
}
