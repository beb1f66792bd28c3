import { formatDuration } from '../../domain/duration';
import { sourceIdentifier } from '../../domain/restore-source';
import type { SourceChoice } from '../../domain/sources';
import type { Painter } from './painter';

/** How a source was chosen by time: the choice, and every other candidate with the reason against it. */
export function choiceLines(
  { asOf, chosen, ageSeconds = 0, rejected }: SourceChoice,
  paint: Painter,
): string[] {
  const rows = [
    ...(chosen ? [{ ...chosen, reason: `chosen, ${formatDuration(ageSeconds * 1000)} before` }] : []),
    ...rejected,
  ].map(
    ({ createdAt, kind, source, reason }) => [createdAt, kind, sourceIdentifier(source), reason] as const,
  );
  const width = (column: 1 | 2) => Math.max(0, ...rows.map((row) => row[column].length));
  const [kinds, names] = [width(1), width(2)];
  return [
    paint.bold(`Source as of ${asOf}`),
    ...(chosen ? [] : [paint.yellow('  none can be used')]),
    ...rows.map(([createdAt, kind, name, reason], index) => {
      const line = `${createdAt}  ${kind.padEnd(kinds)}  ${name.padEnd(names)}  ${reason}`;
      return chosen && index === 0 ? `  ${paint.green('✔')} ${line}` : paint.dim(`  – ${line}`);
    }),
  ];
}
