import type { RetryFlags } from './commands/runs-retry';
import { exitCodes } from './exit-codes';
import { wantsColours } from './io';
import { printData } from './output';
import { painter } from './painter';
import { retryLines } from './render-retry';
import { withOperations, type Session } from './session';
import { readTimeout, stayWithRun } from './stay-with-run';
import { UsageError } from './usage-error';
import type { FlagProblem } from './flags';

/** `undrop runs retry <run>`: tells from where and what is kept, and, if asked, stays with the run. */
export async function retryAction(session: Session, workflowId: string, flags: RetryFlags): Promise<number> {
  const { io, options } = session;
  const problems: FlagProblem[] = [];
  const timeoutMs = readTimeout(flags, problems);
  refuse(problems);
  return withOperations(session, async (operations) => {
    const result = await operations.retry(workflowId, {
      ...(flags.runId !== undefined && { runId: flags.runId }),
      ...(flags.from !== undefined && { from: flags.from }),
      ...(flags.dryRun && { dryRun: true }),
    });
    const stays = flags.wait && !flags.dryRun;
    const out = stays ? io.stderr : io.stdout;
    const text = () => retryLines(result, painter(wantsColours(io, out)));
    if (!stays) {
      printData(io.stdout, options.output, result, text);
      if (flags.dryRun) io.stderr.write('dry run: nothing was changed\n');
      return exitCodes.done;
    }
    io.stderr.write(`${text().join('\n')}\n`);
    return stayWithRun(operations, session, {
      workflowId: result.workflowId,
      runId: result.runId,
      timeoutMs,
    });
  });
}

function refuse(problems: readonly FlagProblem[]): void {
  if (problems.length === 0) return;
  throw new UsageError(
    'nothing was retried',
    problems.map(({ flags, problem }) => `${flags.join(', ')}: ${problem}`),
  );
}
