import { shellQuoted } from '../links';
import type { OperationsClient } from '../operations-client';
import { notReachable, type RunView } from '../run-view';
import { exitCodes } from './exit-codes';
import { wantsColours, type Io, type Output } from './io';
import { LiveBlock } from './live';
import { newLines } from './plain-lines';
import { renderProgress } from './render-run';

export interface FollowOptions {
  workflowId: string;
  runId?: string;
  timeoutMs?: number;
  /** Where progress is drawn (on a terminal) or logged line by line. */
  progress: Output;
  /** Called with each view that tells something new, instead of drawing. */
  onChange?: (view: RunView) => Promise<void> | void;
}

export interface Followed {
  run: RunView | undefined;
  why: 'ended' | 'timeout' | 'interrupted';
}

/** Watches a run and shows it, until it has ended, the time is up or Ctrl-C is pressed. The run goes on in any case. */
export async function followRun(
  operations: OperationsClient,
  io: Io,
  options: FollowOptions,
): Promise<Followed> {
  const stop = new AbortController();
  let why = 'ended' as Followed['why'];
  const end = (reason: Followed['why']) => {
    why = reason;
    stop.abort();
  };
  const timer =
    options.timeoutMs === undefined ? undefined : setTimeout(() => end('timeout'), options.timeoutMs);
  const unlisten = io.onInterrupt(() => end('interrupted'));
  const { workflowId, runId, progress } = options;
  const live = progress.isTTY && !options.onChange ? new LiveBlock(progress) : undefined;
  let run: RunView | undefined;
  let told = '';
  let heardAt = io.now();
  const draw = () => {
    if (!live || !run) return;
    const columns = progress.columns || 80;
    live.draw(renderProgress(run, { now: io.now(), heardAt, columns, colours: wantsColours(io, progress) }));
  };
  // Between two views the times go on, also while Temporal does not answer.
  const clock = live && setInterval(draw, 1_000);
  try {
    for await (const view of operations.watch(workflowId, {
      signal: stop.signal,
      ...(runId !== undefined && { runId }),
    })) {
      if (stop.signal.aborted) break;
      if (view.notice !== notReachable) heardAt = io.now();
      if (!options.onChange && !live)
        for (const line of newLines(run, view, io.now())) progress.write(`${line}\n`);
      else if (options.onChange && JSON.stringify(view) !== told) await options.onChange(view);
      told = JSON.stringify(view);
      run = view;
      draw();
    }
  } finally {
    clearTimeout(timer);
    clearInterval(clock);
    unlisten();
  }
  // Who leaves keeps what was last seen.
  if (why !== 'interrupted') live?.clear();
  // Ended, timed out or interrupted in the same moment: what the run says is worth more.
  return { run, why: run && run.outcome !== 'running' ? 'ended' : why };
}

/** The exit code that a run's end has, by the failure table. */
export function exitCodeOf(run: RunView): number {
  if (run.outcome === 'done') return exitCodes.done;
  if (run.outcome === 'running') return exitCodes.stillRunning;
  return run.failure?.exit ?? exitCodes.failed;
}

/** Says that the run goes on and how to come back to it; returns the exit code. */
export function detached(io: Io, why: 'timeout' | 'interrupted', workflowId: string): number {
  const reason = why === 'timeout' ? 'the time is up' : 'detached';
  io.stderr.write(
    `${reason}: the run goes on. Come back to it with\n  undrop runs watch ${shellQuoted(workflowId)}\n`,
  );
  if (why === 'interrupted')
    io.stderr.write(`or stop it with\n  undrop runs cancel ${shellQuoted(workflowId)} --reason ...\n`);
  return why === 'timeout' ? exitCodes.stillRunning : exitCodes.interrupted;
}
