import { operations, type OperationName } from '../operations';
import { expandInput, hasTemplate } from '../scheduled-input';
import { parseInput, type Problem } from '../validation';
import { isoSecond } from '../zoned-time';
import { type ScheduleDefinition, specOf } from './definition';
import { fireTimes } from './fire-times';

/** Times in so many milliseconds, and so many of them, are looked through for names that come twice. */
const horizonMs = 400 * 86_400_000;
const mostTimes = 10_000;

/** Times of the schedule that are tried with the schema of the operation, the next ones. */
const tried = 3;

/**
 * What is wrong with a schedule whose members are each well-formed: its input at the times that are coming, and names
 * that must differ from run to run but do not.
 * @param nowMs milliseconds since 1970
 */
export function scheduleProblems(definition: ScheduleDefinition, nowMs: number): Problem[] {
  const times: number[] = [];
  for (const time of fireTimes(specOf(definition), nowMs)) {
    if (times.length >= mostTimes || (times.length > tried && time > times[0]! + horizonMs)) break;
    times.push(time);
  }
  const [first] = times;
  if (first === undefined)
    return [{ field: 'when', problem: 'never comes: there is no such time from now on' }];
  const problems = [...times.slice(0, tried), ...farTimes(nowMs)].flatMap((time) =>
    problemsAt(definition, time),
  );
  return [...unique(problems), ...collisions(definition, times)];
}

/** Ends of months and years, a leap day: where a date is longer or a day shorter than usual. */
function farTimes(nowMs: number): number[] {
  const year = new Date(nowMs).getUTCFullYear() + 1;
  const leap = year + ((4 - (year % 4)) % 4);
  return [Date.UTC(year, 0, 31, 23, 59, 59), Date.UTC(leap, 1, 29), Date.UTC(year, 11, 31, 23, 59, 59)];
}

function problemsAt({ operation, input }: ScheduleDefinition, time: number): Problem[] {
  const expanded = expandInput(input, time);
  const parsed = expanded.ok ? parseInput(operations[operation].schema, expanded.value) : expanded;
  if (parsed.ok) return [];
  return parsed.problems.map(({ field, problem }) => ({
    field: field === '(input)' ? 'input' : `input.${field}`,
    problem,
  }));
}

const unique = (problems: Problem[]) =>
  problems.filter(
    ({ field, problem }, index) =>
      problems.findIndex((other) => other.field === field && other.problem === problem) === index,
  );

/** A name that AWS takes once: `path` in the input; `within` are other fields that make it another one. */
interface NameOnce {
  path: string;
  within?: string[];
  example: string;
}

const restored = { path: 'target.table', within: ['target.schema', 'target.database'] };
const once: Partial<Record<OperationName, NameOnce[]>> = {
  copySnapshot: [{ path: 'targetSnapshotIdentifier', example: 'nightly-{{scheduled:yyyyMMdd}}' }],
  keepRecoveryPoint: [{ path: 'snapshotName', example: 'nightly-{{scheduled:yyyyMMdd}}' }],
  restoreTable: [{ ...restored, example: 'orders_{{scheduled:yyyyMMdd}}' }],
  exportTable: [{ path: 'clientToken', example: 'nightly-{{scheduled:yyyyMMdd}}' }],
  recoverTable: [
    { ...restored, example: 'orders_{{scheduled:yyyyMMdd}}' },
    { path: 'copy.targetSnapshotIdentifier', example: 'nightly-{{scheduled:yyyyMMdd}}' },
    { path: 'export.clientToken', example: 'nightly-{{scheduled:yyyyMMdd}}' },
  ],
};

function collisions(
  { operation, input, remainingActions }: ScheduleDefinition,
  times: readonly number[],
): Problem[] {
  if (remainingActions === 1 || times.length < 2) return [];
  return (once[operation] ?? []).flatMap(({ path, within = [], example }) => {
    const own = textAt(input, path);
    if (own === undefined) return [];
    const whole = [own, ...within.map((other) => textAt(input, other) ?? '')].join('\u0000');
    const field = `input.${path}`;
    if (!hasTemplate(whole)) {
      const problem = `is the same for every run, and would be taken from the second one on: put the time into it, such as ${example}, or leave it out`;
      return [{ field, problem }];
    }
    const twice = firstTwice(whole, times);
    if (!twice) return [];
    const problem = `is the same for the runs of ${twice.map(isoSecond).join(' and ')}: put more of the time into it, in UTC, such as {{scheduled:yyyyMMdd-HHmm}}, or leave it out`;
    return [{ field, problem }];
  });
}

/** Two times at which the text is the same; letters of any case, as Redshift takes names. */
function firstTwice(text: string, times: readonly number[]): [number, number] | undefined {
  const seen = new Map<string, number>();
  for (const time of times) {
    const expanded = expandInput(text, time);
    if (!expanded.ok) return undefined;
    const name = String(expanded.value).toLowerCase();
    const before = seen.get(name);
    if (before !== undefined) return [before, time];
    seen.set(name, time);
  }
  return undefined;
}

function textAt(input: unknown, path: string): string | undefined {
  const value = path
    .split('.')
    .reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
      input,
    );
  return typeof value === 'string' ? value : undefined;
}
