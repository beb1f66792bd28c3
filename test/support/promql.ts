import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

interface SyntaxNode {
  from: number;
  to: number;
  getChild(name: string): SyntaxNode | null;
}
// The package's type declarations are those of an ES module only; this is the part that is used.
interface LezerPromql {
  parser: {
    parse(text: string): {
      iterate(visitor: {
        enter(at: SyntaxNode & { type: { name: string; isError: boolean }; node: SyntaxNode }): void;
      }): void;
    };
  };
}
const { parser } = jest.requireActual<LezerPromql>('@prometheus-io/lezer-promql');

const root = path.resolve(__dirname, '..', '..');
const read = (...file: string[]) => readFileSync(path.join(root, ...file), 'utf8');

/** One query of a dashboard or an alert, and where it stands. */
export interface Query {
  where: string;
  expr: string;
}

interface Panel {
  title: string;
  targets?: { expr: string }[];
}

export interface Dashboard {
  uid: string;
  panels: Panel[];
  templating: { list: { name: string; type: string; query: string | { query: string } }[] };
}

export const dashboard = JSON.parse(read('ops', 'grafana', 'undrop.json')) as Dashboard;

export interface Alert {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
  annotations: { summary: string; description: string };
}

export const alerts = (
  parse(read('ops', 'prometheus', 'alerts.yml')) as { groups: { rules: Alert[] }[] }
).groups.flatMap(({ rules }) => rules);

/** Every query that somebody will see an answer of. */
export const queries: Query[] = [
  ...dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ where: `panel ${title}`, expr })),
  ),
  ...dashboard.templating.list.flatMap(({ name, query }) => {
    const [, expr] = typeof query === 'string' ? [] : (/^label_values\((.*), \w+\)$/.exec(query.query) ?? []);
    return expr === undefined ? [] : [{ where: `variable ${name}`, expr }];
  }),
  ...alerts.map(({ alert, expr }) => ({ where: `alert ${alert}`, expr })),
];

/** What Grafana puts in the place of its variables. */
const filledIn = (expr: string) =>
  expr.replaceAll('$__rate_interval', '1m').replaceAll('$__range', '1h').replaceAll('$operation', '.*');

/** The metrics a query reads, with the labels it matches. @throws Error when it is not PromQL. */
export function readsOf({ where, expr }: Query): { metric: string; labels: string[] }[] {
  const text = filledIn(expr);
  const reads: { metric: string; labels: string[] }[] = [];
  parser.parse(text).iterate({
    enter: ({ type, from, to, node }) => {
      if (type.isError) throw new Error(`${where} is not PromQL at ${from}: ${text}`);
      if (type.name !== 'VectorSelector') return;
      const labels = [...text.slice(from, to).matchAll(/[{,]\s*(\w+)\s*(?:=~|!~|!=|=)/g)];
      const name = node.getChild('Identifier');
      reads.push({
        metric: name ? text.slice(name.from, name.to) : '',
        labels: labels.map(([, label]) => label!),
      });
    },
  });
  return reads;
}
