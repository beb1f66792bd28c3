/** One metric as a Prometheus endpoint shows it. */
export interface Scraped {
  type: string;
  help: string;
  samples: { labels: Record<string, string>; value: number; suffix: string }[];
}

/** What `GET <url>` says, by metric; a histogram's `_bucket`, `_sum` and `_count` are samples of the histogram. */
export async function scrape(url: string): Promise<Map<string, Scraped>> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`no metrics [url=${url}, status=${response.status}]`);
  const found = new Map<string, Scraped>();
  const helps = new Map<string, string>();
  for (const line of (await response.text()).split('\n')) {
    const [, kind, about = '', rest = ''] = /^# (HELP|TYPE) (\S+) ?(.*)$/.exec(line) ?? [];
    if (kind === 'HELP') helps.set(about, rest);
    if (kind === 'TYPE') found.set(about, { type: rest, help: helps.get(about) ?? '', samples: [] });
    const sample = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (!sample) continue;
    const [, name = '', labels = '', value] = sample;
    const [, stem = name, suffix = ''] = found.has(name)
      ? []
      : (/^(.*)(_bucket|_sum|_count)$/.exec(name) ?? []);
    found.get(stem)?.samples.push({
      labels: Object.fromEntries(
        [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label, text]) => [label!, text!]),
      ),
      value: Number(value),
      suffix,
    });
  }
  return found;
}

/** Sum of the samples with these labels. */
export function total(scraped: Scraped | undefined, labels: Record<string, string>, suffix = ''): number {
  return (scraped?.samples ?? [])
    .filter((sample) => sample.suffix === suffix)
    .filter((sample) => Object.entries(labels).every(([name, value]) => sample.labels[name] === value))
    .reduce((sum, { value }) => sum + value, 0);
}
