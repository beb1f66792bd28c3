/**
 * The wait schedule: how long to sleep after a look at an operation that AWS has not finished.
 *
 * Every look costs 11 events of history, every second between the end and the next look is lag, and AWS's
 * figures are not to be trusted. So the schedule rests on one question: *since when may the end have come?*
 *
 * S1. While the figures say that the end cannot have come yet, sleep until it may: the remaining amount at the
 *     fastest rate seen lately, times `optimism`.
 * S2. Once it may have come, sleep half as long as that has been so: 2 s just after the predicted moment, then
 *     longer, up to `plainDelayMs`. Without figures the end may come from the start of the wait on.
 * S3. A rate is measured from one *change* of a figure to another, not from look to look. A figure that stands
 *     still, or moves in coarse steps, thus falls due and loses its say by S2, with no rule of its own.
 * S4. No delay is shorter than 2 s or longer than max(60 s, 2 % of the elapsed time), which bounds the lag.
 * S5. Whatever the figures say, no wait makes more than about `looksAllowed` looks: beyond that figures only
 *     lengthen a delay, so a wait with lying figures costs no more than one without any. Looks that figures saved
 *     shorten the delays of S2.
 *
 * Pure and bounded: it runs inside workflows. Measured in bench/waiting.
 */

/** What one look at AWS told about the progress of an operation. */
export interface Look {
  /** Milliseconds since the wait began. */
  atMs: number;
  doneMegaBytes?: number;
  totalMegaBytes?: number;
  /** AWS's own estimate of the rest. */
  etaSeconds?: number;
}

/** A figure at the look that first showed it. */
interface Point {
  atMs: number;
  value: number;
}

/** A figure that should only grow: its latest changes, oldest first, and how many there were in all. */
interface Series {
  points: Point[];
  changes: number;
}

/** What the schedule remembers between looks: plain JSON of bounded size. A wait begins with `{}`. */
export interface PollMemory {
  looks?: number;
  done?: Series;
  eta?: Series;
}

export const minimumDelayMs = 2_000;

/** Never wait longer than this: max(60 s, 2 % of the elapsed time). */
export const maximumDelayMs = (elapsedMs: number) => Math.max(60_000, 0.02 * elapsedMs);

/** Share of the remaining time, as measured, that is slept through before the end counts as possible. */
const optimism = 0.7;
/** Share of the time since the end became possible that is slept before the next look. */
const patience = 0.5;
/** Changes of a figure that are remembered: at a look a minute, the rates of the last few minutes. */
const rememberedPoints = 5;
/** An estimate of AWS counts when it falls by half a second to two seconds a second. */
const believableEtaRate = { min: 0.5, max: 2 };

/** The longest delay once the end is possible: 18 s, or 2 % of the elapsed time. */
const plainDelayMs = (elapsedMs: number) => Math.max(18_000, 0.02 * elapsedMs);
/** What saved looks may shorten it to. */
const shortenedDelayMs = 10_000;

/** S5: the looks that plain delays would have made so far (18 s up to 900 s, then 2 %), and 16 more. */
const looksAllowed = (elapsedMs: number) =>
  16 + Math.min(elapsedMs, 900_000) / 18_000 + 50 * Math.log(Math.max(1, elapsedMs / 900_000));

/**
 * How long to sleep after a look that did not see the end. A pure function of what was observed so far.
 * Figures that are absent, not finite, negative or going backwards are survived, never thrown at.
 * @returns the new memory and the delay in whole milliseconds, within `minimumDelayMs` and `maximumDelayMs`.
 */
export function nextDelay(memory: PollMemory, look: Look): { memory: PollMemory; delayMs: number } {
  const atMs = usable(look.atMs) ?? 0;
  const done = usable(look.doneMegaBytes);
  const total = usable(look.totalMegaBytes) || undefined;
  const eta = usable(look.etaSeconds);

  const next: PollMemory = { looks: (memory.looks ?? 0) + 1 };
  const doneSeries = done === undefined ? memory.done : observed(memory.done, { atMs, value: done });
  const etaSeries = eta === undefined ? undefined : observed(memory.eta, { atMs, value: 0 - eta });
  if (doneSeries) next.done = doneSeries;
  if (etaSeries) next.eta = etaSeries;

  const due: number[] = [];
  if (doneSeries && done !== undefined && total !== undefined) {
    push(due, earliestEnd(doneSeries, total - done, atMs));
  }
  if (etaSeries && eta !== undefined) {
    push(due, earliestEnd(etaSeries, eta, atMs, believableEtaRate));
  }

  const plain = afterPossible(atMs, 0, plainDelayMs(atMs));
  const spent = next.looks! / looksAllowed(atMs);
  let delayMs = plain;
  const ahead = due.filter((end) => end > atMs);
  if (ahead.length > 0) {
    // Looking further ahead than one has looked back is guessing.
    delayMs = Math.min(Math.min(...ahead) - atMs, Math.max(plain, atMs / 2)); // S1
  } else if (due.length > 0) {
    delayMs = afterPossible(atMs, Math.max(...due), Math.max(shortenedDelayMs, spent * plainDelayMs(atMs))); // S2
  }
  if (spent >= 1) delayMs = Math.max(delayMs, plain); // S5
  delayMs = Math.floor(Math.max(minimumDelayMs, Math.min(delayMs, maximumDelayMs(atMs)))); // S4
  return { memory: next, delayMs };
}

/** S2 for an end that is possible since `sinceMs`. */
function afterPossible(atMs: number, sinceMs: number, longestMs: number): number {
  return Math.max(minimumDelayMs, Math.min(patience * (atMs - sinceMs), longestMs));
}

/** The series with one more observation; a figure that went backwards begins anew. */
function observed(series: Series | undefined, point: Point): Series {
  const last = series?.points.at(-1);
  if (!series || !last || point.value < last.value) return { points: [point], changes: 0 };
  if (point.value === last.value || point.atMs <= last.atMs) return series;
  return { points: [...series.points, point].slice(-rememberedPoints), changes: series.changes + 1 };
}

/**
 * S1, S3: the earliest moment at which `remaining` can be used up, at the fastest rate between remembered changes
 * (in the past when more is done than was to do); undefined when no rate is known or it is not a believable one.
 */
function earliestEnd(
  series: Series,
  remaining: number,
  atMs: number,
  believable = { min: 0, max: Infinity },
) {
  const latest = series.points.at(-1)!;
  const earlier = series.points.slice(0, -1);
  // The first change may follow a long PENDING: its rate is known only at the look after it.
  if (earlier.length === 0 || (series.changes === 1 && latest.atMs === atMs)) return undefined;
  const rates = earlier.map((point) => (latest.value - point.value) / (latest.atMs - point.atMs));
  const rate = Math.max(...rates);
  if (rate * 1_000 < believable.min || rate * 1_000 > believable.max) return undefined;
  return latest.atMs + (optimism * remaining) / rate;
}

function push(list: number[], value: number | undefined) {
  if (value !== undefined && Number.isFinite(value)) list.push(value);
}

/** A figure that can be reckoned with; NaN, infinities and negative numbers are as good as absent. */
function usable(figure: number | undefined): number | undefined {
  return figure !== undefined && Number.isFinite(figure) && figure >= 0 ? figure : undefined;
}
