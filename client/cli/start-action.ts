import { parseDurationMs } from '../../domain/duration';
import { shellQuoted } from '../links';
import type { OperationEntry } from './commands';
import type { Flag, FlagProblem, FlagValues } from './flags';
import { exitCodes } from './exit-codes';
import { detached, exitCodeOf, followRun } from './follow';
import { wantsColours } from './io';
import { printData, yamlText } from './output';
import { renderRun } from './render-run';
import { type RunFlags, runFromFlags } from './resolve-from-flags';
import { withOperations, type Session } from './session';

export interface StartFlags extends RunFlags {
  wait?: boolean;
  timeout?: string;
  dryRun?: boolean;
}

/** `undrop <operation> start`: builds the input, validates it, starts the run and, if asked, stays with it. */
export async function startAction(
  entry: OperationEntry,
  flags: readonly Flag[],
  session: Session,
  start: StartFlags,
  values: FlagValues,
): Promise<number> {
  const { io, options } = session;
  const problems: FlagProblem[] = [];
  const timeoutMs = readTimeout(start, problems);
  const run = await runFromFlags(entry, flags, session, start, values, 'started', problems);
  const { operation, workflowId, title, input } = run;
  if (start.dryRun) {
    const data = { operation, workflowId, title, input };
    printData(io.stdout, options.output, data, () => [yamlText(data).trimEnd()]);
    io.stderr.write('dry run: the input is valid; nothing was started\n');
    return exitCodes.done;
  }
  return withOperations(session, async (operations) => {
    // The id was made above, so that what is started is what was shown; an id that was not asked for is free anyway.
    const started = await operations.start(operation, input, { workflowId });
    const how = started.started ? 'started' : started.reason!;
    if (how === 'already done' && start.workflowId === undefined) {
      io.stderr.write('the same was done before; nothing was started now, --again repeats it\n');
    }
    if (!start.wait) {
      printData(io.stdout, options.output, started, () => [
        `${how}  ${title}`,
        '',
        `Run       ${workflowId}`,
        `Watch     undrop runs watch ${shellQuoted(workflowId)}`,
        `UI        ${started.links.ui}`,
        `Temporal  ${started.temporalCommand}`,
      ]);
      return exitCodes.done;
    }
    io.stderr.write(`${how}: ${workflowId}\n`);
    const followed = await followRun(operations, io, {
      workflowId,
      runId: started.runId,
      progress: io.stderr,
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
    if (followed.why === 'interrupted') return detached(io, 'interrupted', workflowId);
    const view = followed.run ?? (await operations.show(workflowId, started.runId));
    printData(io.stdout, options.output, view, () =>
      renderRun(view, { now: io.now(), colours: wantsColours(io, io.stdout) }),
    );
    return followed.why === 'timeout' ? detached(io, 'timeout', workflowId) : exitCodeOf(view);
  });
}

function readTimeout(start: StartFlags, problems: FlagProblem[]): number | undefined {
  if (start.timeout === undefined) return undefined;
  const timeoutMs = parseDurationMs(start.timeout);
  if (!start.wait) problems.push({ field: 'timeout', flags: ['--timeout'], problem: 'needs --wait' });
  // 24 days and 20 hours is the longest timer there is.
  if (timeoutMs === undefined || timeoutMs > 2 ** 31 - 1) {
    problems.push({
      field: 'timeout',
      flags: ['--timeout'],
      problem: 'must be a duration such as "90s", "15 minutes" or "2h", at most 24 days',
    });
  }
  return timeoutMs;
}
