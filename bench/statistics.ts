/** The quantile of a sample (0 … 1), by linear interpolation; NaN for an empty one. */
export function quantile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

export const median = (sample: readonly number[]) => quantile(sample, 0.5);

export interface Spread {
  min: number;
  median: number;
  max: number;
}

/** Minimum, median and maximum, rounded to a tenth. */
export function spread(sample: readonly number[]): Spread {
  const round = (value: number) => Math.round(value * 10) / 10;
  return { min: round(Math.min(...sample)), median: round(median(sample)), max: round(Math.max(...sample)) };
}
