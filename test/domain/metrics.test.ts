import { type Metric, metrics } from '../../domain/metrics';

const rows: Metric[] = Object.values(metrics);

it.each(rows.map((row) => [row.name, row] as const))('%s is named as Prometheus wants it', (name, row) => {
  expect(name).toMatch(/^undrop_[a-z_]+$/);
  expect(name.endsWith('_total')).toBe(row.type === 'counter');
  expect(name.endsWith('_seconds')).toBe(row.type === 'histogram');
  expect(row.buckets !== undefined).toBe(row.type === 'histogram');
});

it.each(rows.filter(({ buckets }) => buckets))('$name has bounds that grow', ({ buckets = [] }) => {
  expect([...buckets].sort((one, other) => one - other)).toEqual([...buckets]);
  expect(new Set(buckets).size).toBe(buckets.length);
});
