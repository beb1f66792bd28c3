import type { Command } from 'commander';
import { lazy } from '../lazy';
import type { Session } from '../session';

export interface RetryFlags {
  runId?: string;
  from?: string;
  dryRun?: boolean;
  wait?: boolean;
  timeout?: string;
}

export function describeRunsRetry(retry: Command): Command {
  return retry
    .description('Go on with a run that failed, from the step that failed; finished steps are kept')
    .argument('<run>', 'workflow id, as start and list tell it')
    .option('--run-id <id>', 'the execution that is meant (default: the latest)')
    .option('--from <step>', 'go on from this step instead')
    .option('--dry-run', 'tell from where and what is kept; do nothing')
    .option('--wait', 'stay until the run has ended, and end with its exit code')
    .option('--timeout <duration>', 'with --wait, stay no longer than this ("15 minutes", "2h")')
    .addHelpText(
      'after',
      '\nExample:\n  undrop runs retry recover-table/analytics/dev.public.orders/3f9a1c2e --wait',
    );
}

export const runsRetryAction = (session: Session, workflowId: string, flags: RetryFlags): Promise<number> =>
  lazy.retryAction().retryAction(session, workflowId, flags);
