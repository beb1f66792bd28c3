import { readFileSync } from 'node:fs';
import path from 'node:path';
import { controlRoutes } from '../../../simulator/control-routes';
import { parseFaultRule } from '../../../simulator/core/fault-validation';
import { defaultSettings } from '../../../simulator/core/settings';
import type { InvalidBody } from '../../../simulator/core/validation';
import { startRedshiftWorld, type RedshiftWorld } from '../support/redshift-world';

const page = readFileSync(path.join(__dirname, '..', '..', '..', 'docs', 'simulator.md'), 'utf8');
let world: RedshiftWorld;
beforeAll(async () => {
  world = await startRedshiftWorld();
});
afterAll(() => world.close());

/** First cells of the table under a heading. */
function firstCells(heading: string): string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, cell]) => cell ?? '');
}

describe('docs/simulator.md', () => {
  it('has every setting with its default, and no other', () => {
    expect(firstCells('Settings').sort()).toEqual(Object.keys(defaultSettings).sort());
    for (const [name, value] of Object.entries(defaultSettings))
      expect(page).toContain(`| \`${name}\` | ${value} |`);
  });

  it('has every control endpoint, and no other', () => {
    const routes = controlRoutes({ epoch: () => undefined as never, reset: () => Promise.resolve() });
    expect(firstCells('Control endpoints').sort()).toEqual(
      routes.map(({ method, path: address }) => `${method} ${address}`).sort(),
    );
  });

  it('has every simulated operation, and no other', () => {
    const listed = (page.split('## Operations')[1]?.split('\n## ')[0] ?? '').matchAll(
      /`([A-Z][a-z]+[A-Z]\w+|Query|Scan|Publish)`/g,
    );
    const refusals = ['InvalidAction', 'UnknownOperationException', 'NotImplemented'];
    const operations = [...listed].map(([, name]) => name ?? '').filter((name) => !refusals.includes(name));
    const { services, s3 } = world.simulator.rooms;
    const simulated = services.flatMap((service) => Object.keys(service.operations));
    expect(operations.sort()).toEqual([...simulated, ...s3.operations].sort());
  });

  it('has every kind of fault, and no other', () => {
    const problem = (() => {
      try {
        parseFaultRule({ operation: '*', action: { kind: '?' } }, () => true);
      } catch (error) {
        return (error as InvalidBody).problems[0] ?? '';
      }
      return '';
    })();
    const kinds = problem.replace('action.kind must be one of ', '').split(', ');
    expect(firstCells('Faults').sort()).toEqual(kinds.sort());
  });

  it("'s example of a fault is one", () => {
    const [example = ''] = /(?<=```json\n)[^`]+/.exec(page) ?? [];
    const knows = jest.fn(() => true);
    expect(parseFaultRule(JSON.parse(example), knows)).toEqual(JSON.parse(example));
    expect(knows).toHaveBeenCalledWith('RestoreTableFromClusterSnapshot', 'redshift');
  });
});
