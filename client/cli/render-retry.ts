import { shellQuoted } from '../links';
import type { RetryResult } from '../retry/retry-result';
import type { Painter } from './painter';

/** What came, or would come, of a retry: from where, what is kept, what is done over and why. */
export function retryLines(result: RetryResult, paint: Painter): string[] {
  const { title, reason, retried, from, because, kept, steppedBack, notes, workflowId } = result;
  const label = (text: string) => paint.dim(text.padEnd(9));
  const lines = [`${paint.bold(retried ? 'retried' : (reason ?? 'not retried'))}  ${title}`, ''];
  if (from !== '') lines.push(`${label('From')} ${from}${steppedBack.length > 0 ? '' : `: ${because}`}`);
  for (const { step, why } of [...steppedBack].reverse()) lines.push(`${label('Over')} ${step}: ${why}`);
  for (const { step, text } of kept) lines.push(`${label('Kept')} ${step}: ${text}`);
  for (const note of notes) lines.push(`${label('Note')} ${paint.yellow(note)}`);
  lines.push(`${label('Run')} ${workflowId}`);
  if (reason === 'dry run') return lines;
  lines.push(
    `${label('Watch')} undrop runs watch ${shellQuoted(workflowId)}`,
    `${label('UI')} ${result.links.ui}`,
    `${label('Temporal')} ${result.temporalCommand}`,
  );
  return lines;
}
