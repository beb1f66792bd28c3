import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createMetrics } from '../../client/http/metrics';
import { failures } from '../../domain/failures';
import { type Metric, metrics } from '../../domain/metrics';
import { alerts, dashboard, queries, readsOf } from '../support/promql';

const root = path.resolve(__dirname, '..', '..');
const page = readFileSync(path.join(root, 'docs', 'operating.md'), 'utf8');
const rows: Metric[] = Object.values(metrics);

it('has the table of metrics as domain/metrics.ts has it', () => {
  const told = [...page.matchAll(/^\| `(undrop_(?!api)\w+)` \| (\w+) \| (.*?) \| (.*?) \|$/gm)].map(
    ([, name, type, labels, meaning]) => ({ name, type, labels, meaning }),
  );
  const expected = rows.map(({ name, type, labels, meaning }) => ({
    name,
    type,
    labels: labels.map((label) => `\`${label}\``).join(', '),
    meaning,
  }));
  expect(told).toEqual(expected);
});

describe('the queries of the dashboard and the alerts', () => {
  it.each(queries)('$where is PromQL, about metrics and labels that there are', (query) => {
    const reads = readsOf(query);
    expect(reads.length).toBeGreaterThan(0);
    for (const { metric, labels } of reads) {
      if (!metric.startsWith('undrop_') || metric.startsWith('undrop_api_')) continue;
      const row = rows.find(({ name, type }) =>
        type === 'histogram' ? metric.replace(/_(bucket|sum|count)$/, '') === name : metric === name,
      );
      expect([metric, row?.name]).toEqual([metric, expect.any(String)]);
      for (const label of labels) expect(row!.labels).toContain(label);
    }
  });

  it('ask the API for metrics that it has', async () => {
    const has = (await createMetrics({ ofProcess: false }).registry.getMetricsAsJSON()).map(
      ({ name }) => name,
    );
    const asked = queries.flatMap(readsOf).map(({ metric }) => metric.replace(/_(bucket|sum|count)$/, ''));
    const ofApi = asked.filter((name) => name.startsWith('undrop_api_'));
    expect(ofApi.length).toBeGreaterThan(0);
    expect(ofApi.filter((name) => !has.includes(name))).toEqual([]);
  });

  it('are not taken for PromQL when they are not', () => {
    expect(() => readsOf({ where: 'here', expr: 'sum(rate(undrop_runs[5m])' })).toThrow('here is not PromQL');
  });

  it('name failures that the table has', () => {
    const named = queries.flatMap(({ expr }) => [...expr.matchAll(/(?:failure|outcome)=~?"([A-Z][\w|]*)"/g)]);
    expect(named.length).toBeGreaterThan(0);
    for (const [, types] of named)
      for (const type of types!.split('|')) expect(failures).toHaveProperty(type);
  });

  it('show every metric of ours on the dashboard', () => {
    const shown = queries.filter(({ where }) => where.startsWith('panel')).map(({ expr }) => expr);
    for (const { name } of rows) expect(shown.join('\n')).toContain(name);
  });
});

it('says in each alert what it means and what to look at', () => {
  expect(alerts.length).toBeGreaterThan(5);
  for (const { annotations, labels } of alerts) {
    expect(annotations.summary).not.toBe('');
    expect(annotations.description.length).toBeGreaterThan(50);
    expect(['page', 'ticket']).toContain(labels.severity);
  }
  for (const { alert } of alerts) expect(page).toContain(`\`${alert}\``);
});

it('gives each panel a title, a place of its own and an id of its own', () => {
  const panels = dashboard.panels as unknown as { id: number; title: string; gridPos: object }[];
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  expect(new Set(panels.map(({ gridPos }) => JSON.stringify(gridPos))).size).toBe(panels.length);
  for (const { title } of panels) expect(title).not.toBe('');
});
