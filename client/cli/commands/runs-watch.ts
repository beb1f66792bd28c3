import type { Command } from 'commander';
import type { RunView } from '../../run-view';
import { wantsColours } from '../io';
import { lazy } from '../lazy';
import { printStreamed } from '../output';
import { runIdOption } from '../run-id-option';
import { withOperations, type Session } from '../session';

export function describeRunsWatch(watch: Command): Command {
  return watch
    .description('Watch a run until it has ended; Ctrl-C detaches, the run goes on')
    .argument('<run>', 'workflow id, as start and list tell it')
    .addOption(runIdOption())
    .addHelpText(
      'after',
      '\nExample:\n  undrop runs watch recover-table/analytics/dev.public.orders/3f9a1c2e',
    );
}

export async function runsWatchAction(
  session: Session,
  workflowId: string,
  flags: { runId?: string },
): Promise<number> {
  const { io, options } = session;
  const { output } = options;
  const { detached, exitCodeOf, followRun } = lazy.follow();
  return withOperations(session, async (operations) => {
    const { run, why } = await followRun(operations, io, {
      workflowId,
      progress: io.stdout,
      ...(flags.runId !== undefined && { runId: flags.runId }),
      ...(output !== 'text' && { onChange: (view: RunView) => printStreamed(io.stdout, output, view) }),
    });
    if (why !== 'ended' || run === undefined) return detached(io, 'interrupted', workflowId);
    if (output === 'text') {
      io.stdout.write(
        `${lazy
          .renderRun()
          .renderRun(run, { now: io.now(), colours: wantsColours(io, io.stdout) })
          .join('\n')}\n`,
      );
    }
    return exitCodeOf(run);
  });
}
