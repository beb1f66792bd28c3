import { runDetails } from '../../client/run-details';

const input = {
  warehouse: { clusterIdentifier: 'analytics' },
  database: 'dev',
  sql: 'select ```;``` from t where note = :note',
} as never;

it('tells what a run does, where else to look at it, and its input in a block that nothing in it ends', () => {
  const lines = runDetails('runQuery', input, 'query/a/(b) c', 'https://undrop.example').split('\n');
  expect(lines).toContain("In a terminal: `undrop runs show 'query/a/(b) c'`");
  expect(lines).toContain(
    'Over HTTP: [the run in the API](https://undrop.example/v1/runs/query%2Fa%2F%28b%29%20c)',
  );
  const fence = lines.findIndex((line) => line === '````json');
  expect(lines.slice(fence + 1, -1).join('\n')).toContain('select ```;``` from t');
  expect(lines.at(-1)).toBe('````');
});

it('links to no API where none is configured', () => {
  expect(runDetails('runQuery', input, 'query/a')).not.toContain('HTTP');
});
