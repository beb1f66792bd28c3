import { examine, type Check, type CheckState, type Diagnosis } from '../doctor';
import { environmentOf } from './common-options';
import { wantsColours } from './io';
import { lazy } from './lazy';
import { printData } from './output';
import { painter, type Painter } from './painter';
import type { Session } from './session';

/** `undrop doctor`. @returns the exit code of the first thing that is wrong, 0 when nothing is. */
export async function doctorAction(
  { io, options }: Session,
  { bucket }: { bucket?: string },
): Promise<number> {
  const config = lazy.clientConfig().loadClientConfig(environmentOf(io.env, options));
  const found = await examine(config, bucket === undefined ? {} : { bucket });
  printData(io.stdout, options.output, found, () => doctorLines(found, painter(wantsColours(io, io.stdout))));
  if (options.output === 'text') io.stderr.write(`${summary(found)}\n`);
  return found.exit;
}

const marks: Record<CheckState, string> = { ok: '✔', warning: '!', wrong: '✘', unchecked: '–' };

/** A section a group; a line a check, and below what is not well what to do. */
export function doctorLines({ checks }: Diagnosis, paint: Painter): string[] {
  const widthOf = (of: Check['group']) =>
    Math.max(...checks.filter(({ group }) => group === of).map(({ name }) => name.length));
  const colours = { ok: paint.green, warning: paint.yellow, wrong: paint.red, unchecked: paint.dim };
  return checks.flatMap(({ group, name, state, detail, advice }: Check, index) => {
    const title = checks[index - 1]?.group === group ? [] : [...(index > 0 ? [''] : []), paint.bold(group)];
    const width = widthOf(group);
    const text = `${name.padEnd(width)}  ${detail}`;
    return [
      ...title,
      `  ${colours[state](marks[state])} ${state === 'unchecked' ? paint.dim(text) : text}`,
      ...(advice === undefined ? [] : [`    ${' '.repeat(width)}  → ${advice}`]),
    ];
  });
}

function summary({ checks }: Diagnosis): string {
  const count = (state: CheckState) => checks.filter((check) => check.state === state).length;
  const [bad, doubtful, skipped] = [count('wrong'), count('warning'), count('unchecked')];
  const parts = [
    bad === 0 ? 'nothing is wrong' : bad === 1 ? 'one thing is wrong' : `${bad} things are wrong`,
    ...(doubtful > 0 ? [`${doubtful} to be looked at`] : []),
    ...(skipped > 0 ? [`${skipped} not checked`] : []),
  ];
  return `doctor: ${parts.join(', ')}`;
}
