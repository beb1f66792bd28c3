import { PlainText } from './core/control';
import type { EffectRecord } from './core/types';
import { InvalidBody } from './core/validation';

/** One line an effect: when, what, which. The log in JSON is long, and people count what was done. */
export function effectLines(effects: readonly EffectRecord[]): PlainText {
  const width = Math.max(0, ...effects.map(({ kind }) => kind.length));
  return new PlainText(
    effects.map(({ time, kind, businessKey }) => `${time}  ${kind.padEnd(width)}  ${businessKey}`),
  );
}

/** From when on, in virtual time; everything when nothing is asked. @throws InvalidBody */
export function sinceOf(query: URLSearchParams): number {
  const since = query.get('since');
  const at = since === null ? -Infinity : Date.parse(since);
  if (Number.isNaN(at)) throw new InvalidBody(['since must be a time, such as 2026-03-01T12:00:00Z']);
  return at;
}
