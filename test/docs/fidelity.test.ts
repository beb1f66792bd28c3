import { parseSync } from '@swc/core';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createWorld } from '../../simulator/core/sim-world';
import { createRooms } from '../../simulator/rooms';
import { createMemoryWarehouse } from '../simulator/support/memory-warehouse';

const root = path.resolve(__dirname, '..', '..');
const page = readFileSync(path.join(root, 'docs', 'fidelity.md'), 'utf8');

/** Headings of the page, and the services whose operations their rows name. */
const services: Record<string, string> = {
  'Amazon Redshift': 'redshift',
  'Redshift Serverless': 'redshift-serverless',
  'Redshift Data API': 'redshift-data',
  DynamoDB: 'dynamodb',
  'Amazon S3': 's3',
  'Amazon SNS': 'sns',
  'AWS STS': 'sts',
};

interface Row {
  heading: string;
  operations: string[];
  behaviour: string;
  source: string;
  tests: { file: string; title: string }[];
}

const rows = page.split(/^## /m).flatMap((section): Row[] => {
  const [heading = '', ...lines] = section.split('\n');
  return lines
    .filter((line) => /^\| (`|any)/.test(line))
    .map((line) => {
      const [operations = '', behaviour = '', source = '', heldBy = ''] = line.split(' | ');
      return {
        heading,
        operations:
          operations === '| any' ? [] : [...operations.matchAll(/`(\w+)`/g)].map(([, name]) => name!),
        behaviour,
        source,
        tests: [...heldBy.matchAll(/`([\w/-]+)`((?:,? "[^"]+")+)/g)].flatMap(([, file, titles]) =>
          [...titles!.matchAll(/"([^"]+)"/g)].map(([, title]) => ({ file: file!, title: title! })),
        ),
      };
    });
});

/** The operations that the simulated AWS really has, by service. */
async function registered(): Promise<Map<string, string[]>> {
  const world = createWorld({ createWarehouse: () => Promise.resolve(createMemoryWarehouse()) });
  const rooms = createRooms(world);
  await world.close();
  return new Map([
    ...rooms.services.map(({ name, operations }) => [name as string, Object.keys(operations)] as const),
    ['s3', rooms.s3.operations],
  ]);
}

interface Node {
  type?: string;
  [name: string]: unknown;
}

/** `it`, `test` for the callee of `it(…)`, `it.each(…)(…)` and the like. */
function calledName(callee: Node): string | undefined {
  if (callee.type === 'Identifier') return callee.value as string;
  const inner = callee.object ?? callee.callee ?? callee.tag;
  return inner === undefined ? undefined : calledName(inner as Node);
}

/** Titles of the tests in a TypeScript file, and every string in it: the cases of `it.each`. */
function titlesOf(text: string): { titles: string[]; strings: Set<string> } {
  const titles: string[] = [];
  const strings = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    const { type, value, callee, arguments: given } = node as Node;
    if (type === 'StringLiteral') strings.add(value as string);
    if (type === 'CallExpression') {
      const name = calledName(callee as Node);
      const [first] = given as { expression: Node }[];
      if ((name === 'it' || name === 'test') && first?.expression.type === 'StringLiteral') {
        titles.push(first.expression.value as string);
      }
    }
    Object.values(node).forEach(walk);
  };
  walk(parseSync(text, { syntax: 'typescript', target: 'es2022' }).body);
  return { titles, strings };
}

const files = new Map<string, ReturnType<typeof titlesOf> | undefined>();

function fileOf(name: string): ReturnType<typeof titlesOf> | undefined {
  if (!files.has(name)) {
    const python = name.startsWith('conformance/');
    const target = python
      ? path.join(root, 'test', 'conformance', 'python', `${name.slice('conformance/'.length)}.py`)
      : path.join(root, 'test', 'simulator', `${name}.test.ts`);
    const text = existsSync(target) ? readFileSync(target, 'utf8') : undefined;
    const read = (source: string) =>
      python
        ? {
            titles: [...source.matchAll(/def test_(\w+)\(/g)].map(([, words]) => words!.replaceAll('_', ' ')),
            strings: new Set<string>(),
          }
        : titlesOf(source);
    files.set(name, text === undefined ? undefined : read(text));
  }
  return files.get(name);
}

/** A title with `%s` and the like fits with `…` in their place, or with one of the file's own cases. */
function fits(template: string, title: string, strings: Set<string>): boolean {
  const pieces = template.split(/%[sdijp]/);
  if (pieces.length === 1) return template === title;
  if (pieces.every((piece) => piece.trim() === '')) return strings.has(title);
  const pattern = pieces.map((piece) => piece.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('(.+?)');
  const match = new RegExp(`^${pattern}$`).exec(title);
  return match !== null && match.slice(1).every((value) => value === '…' || strings.has(value));
}

function exists({ file, title }: { file: string; title: string }): boolean {
  const read = fileOf(file);
  return read?.titles.some((template) => fits(template, title, read.strings)) ?? false;
}

describe('docs/fidelity.md', () => {
  it('names tests that exist, by file and title', () => {
    const missing = rows.flatMap(({ tests }) => tests.filter((one) => !exists(one)));
    expect(missing).toEqual([]);
  });

  it('has a test for each behaviour, and says where each is known from', () => {
    expect(rows.filter(({ tests }) => tests.length === 0).map(({ behaviour }) => behaviour)).toEqual([]);
    const sources = /^(page|model|seen|unverified|own)\b/;
    expect(rows.filter(({ source }) => !sources.test(source)).map(({ source }) => source)).toEqual([]);
    expect(rows.length).toBeGreaterThan(150);
  });

  it('has every operation that is simulated, and no other', async () => {
    const simulated = await registered();
    for (const [heading, service] of Object.entries(services)) {
      const named = rows.filter((row) => row.heading === heading).flatMap(({ operations }) => operations);
      expect([heading, ...new Set(named)].sort()).toEqual([heading, ...simulated.get(service)!].sort());
    }
    const elsewhere = rows.filter(({ heading }) => services[heading] === undefined);
    expect(elsewhere.flatMap(({ operations }) => operations)).toEqual([]);
  });

  it('tells a test that is there from one that is not', () => {
    expect(exists({ file: 'redshift/clusters', title: 'reboot for ever' })).toBe(false);
    expect(exists({ file: 'redshift/nothing', title: 'reboot' })).toBe(false);
    expect(exists({ file: 'redshift/restore-table', title: 'an unknown planet' })).toBe(false);
    expect(exists({ file: 'redshift/copy-cluster-snapshot', title: 'a name like nothing here' })).toBe(false);
    expect(exists({ file: 'conformance/test_s3', title: 'lists and deletes many' })).toBe(true);
  });
});
