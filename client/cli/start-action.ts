import { shellQuoted } from '../links';
import type { OperationEntry } from './commands';
import type { Flag, FlagProblem, FlagValues } from './flags';
import { exitCodes } from './exit-codes';
import { printData, yamlText } from './output';
import { type RunFlags, runFromFlags } from './resolve-from-flags';
import { withOperations, type Session } from './session';
import { readTimeout, stayWithRun, type StayFlags } from './stay-with-run';

export interface StartFlags extends RunFlags, StayFlags {
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
    return stayWithRun(operations, session, { workflowId, runId: started.runId, timeoutMs });
  });
}
