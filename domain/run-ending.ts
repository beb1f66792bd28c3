import { formatDuration } from './duration';
import type { RunState } from './run-state';
import { shellQuoted } from './run-identity';

/**
 * How a run ended, as plain lines for its memo: what the Temporal UI still shows when no worker draws the card any
 * more. Its name sorts before those of the memo's other fields, so it stands on top.
 */
export function runEnding(run: RunState, workflowId: string): string {
  const { outcome, startedAt, endedAt = startedAt, failure, steps, aws } = run;
  const took = formatDuration(Date.parse(endedAt) - Date.parse(startedAt));
  const lines = [`${run.title}: ${outcome} after ${took}`];
  if (failure) lines.push(`${failure.type}: ${failure.message}`, `What to do: ${failure.remedy}`);
  lines.push(`Steps: ${steps.map(({ title, state }) => `${title} (${state})`).join('; ')}`);
  for (const { kind, id, orphaned } of aws)
    lines.push(`On AWS: ${kind} ${id}${orphaned ? ' (AWS goes on with it; nobody waits any more)' : ''}`);
  const named = shellQuoted(workflowId);
  lines.push(`More: undrop runs show ${named}`);
  if (outcome !== 'done') lines.push(`Once it is mended: undrop runs retry ${named}`);
  return lines.join('\n');
}
