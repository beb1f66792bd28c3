import { Option, type Command } from 'commander';
import { gathered } from '../command';
import { lazy } from '../lazy';
import { runIdOption } from '../run-id-option';
import type { Session } from '../session';
import { operationEntries } from './index';

export interface RetryFlags {
  runId?: string;
  from?: string;
  /** `path=value`, in the order given. */
  with: string[];
  record?: string;
  dryRun?: boolean;
  wait?: boolean;
  timeout?: string;
  allFailed?: boolean;
  since?: string;
  operation?: string;
  table?: string;
  warehouse?: string;
  cancelled?: boolean;
  yes?: boolean;
}

const examples = `
Examples:
  undrop runs retry recover-table/analytics/dev.public.orders/3f9a1c2e --wait
  undrop runs retry recover-table/analytics/dev.public.odrers/3f9a1c2e --with table.table=orders
  undrop runs retry --all-failed --since 24h --operation recover-table`;

export function describeRunsRetry(retry: Command): Command {
  retry.description('Go on with a run that failed, from the step that failed; finished steps are kept');
  retry.argument('[run]', 'workflow id, as start and list tell it');
  retry.addOption(runIdOption('the execution that is meant (default: the latest)'));
  retry.option('--from <step>', 'go on from this step instead');
  retry.option(
    '--with <path=value>',
    'with this changed in the input, as a new run; value as in YAML, null takes it away; repeatable',
    gathered,
    [] as string[],
  );
  retry.option(
    '--record <file>',
    'the history is gone: go by what `runs show -o json` printed (- for stdin)',
  );
  retry.option('--dry-run', 'tell from where and what is kept; do nothing');
  retry.option('--wait', 'stay until the run has ended, and end with its exit code');
  retry.option('--timeout <duration>', 'with --wait, stay no longer than this ("15 minutes", "2h")');
  retry.optionsGroup('Many runs:');
  retry.option(
    '--all-failed',
    'all runs that failed, timed out or were terminated, after a list and a question',
  );
  retry.option(
    '--since <time>',
    'those that ended at or after this: ISO, or a duration before now such as 24h',
  );
  retry.addOption(
    new Option('--operation <name>', 'of this operation only').choices(
      operationEntries.map(({ command }) => command),
    ),
  );
  retry.option('--table <name>', 'about this table only');
  retry.option('--warehouse <name>', 'about this cluster or workgroup only');
  retry.option('--cancelled', 'those too that were cancelled');
  retry.option('--yes', 'without the question');
  return retry.addHelpText('after', examples);
}

export const runsRetryAction = (
  session: Session,
  workflowId: string | undefined,
  flags: RetryFlags,
): Promise<number> => lazy.retryAction().retryAction(session, workflowId, flags);
