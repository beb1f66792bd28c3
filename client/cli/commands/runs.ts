import type { Command } from 'commander';
import { lazy } from '../lazy';
import type { RunAction } from './operation';
import { describeRunsCancel, runsCancelAction } from './runs-cancel';
import { describeRunsList, type ListFlags } from './runs-list';
import { describeRunsRetry, runsRetryAction } from './runs-retry';
import { describeRunsShow, runsShowAction } from './runs-show';
import { describeRunsWatch, runsWatchAction } from './runs-watch';

/** Fills in `undrop runs`: its sub-commands. */
export function describeRuns(runs: Command, run: RunAction): void {
  const list = describeRunsList(runs.command('list'));
  list.action((flags: ListFlags) =>
    run(list, (session) => lazy.runsListAction().runsListAction(session, flags)),
  );
  const show = describeRunsShow(runs.command('show'));
  show.action((id: string, flags) => run(show, (session) => runsShowAction(session, id, flags)));
  const watch = describeRunsWatch(runs.command('watch'));
  watch.action((id: string, flags) => run(watch, (session) => runsWatchAction(session, id, flags)));
  const retry = describeRunsRetry(runs.command('retry'));
  retry.action((id: string | undefined, flags) =>
    run(retry, (session) => runsRetryAction(session, id, flags)),
  );
  const cancel = describeRunsCancel(runs.command('cancel'));
  cancel.action((id: string, flags) => run(cancel, (session) => runsCancelAction(session, id, flags)));
}
