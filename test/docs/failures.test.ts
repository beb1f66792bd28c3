import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ClientError } from '../../client';
import { clientFailures } from '../../client/client-failures';
import { failuresPage, failuresPagePath } from '../../dev/docs/failures';
import { failures } from '../../domain/failures';
import { sourceFiles } from '../architecture/source-files';

const page = readFileSync(path.resolve(__dirname, '..', '..', failuresPagePath), 'utf8');
const [, ofRuns = '', ofTheClient = ''] = page.split(/^## /m);

describe('docs/failures.md', () => {
  it('is what npm run docs:failures writes from the tables today', () => {
    expect(page).toBe(failuresPage());
  });

  it.each([
    ['of a run', ofRuns, failures],
    ['outside a run', ofTheClient, clientFailures],
  ])('has one section for each type of a failure %s, and none for anything else', (what, chapter, table) => {
    expect(chapter.split('\n')[0]).toBe(`Failures ${what}`);
    expect([...chapter.matchAll(/^### (.+)$/gm)].map(([, type]) => type)).toEqual(Object.keys(table));
  });

  it('shows the remedy of each type under its heading, of one outside a run after what it means', () => {
    for (const [type, { remedy }] of Object.entries(failures)) {
      expect(ofRuns).toContain(`### ${type}\n\n${remedy}\n`);
    }
    for (const [type, { means, remedy }] of Object.entries(clientFailures)) {
      expect(ofTheClient).toContain(`### ${type}\n\n${means}\n\n${remedy}\n`);
    }
  });
});

describe('the types of failures outside a run', () => {
  it('are none of those of a run: a type means one thing', () => {
    expect(Object.keys(clientFailures).filter((type) => type in failures)).toEqual([]);
  });

  it('are all told somewhere, and none is told that has no row', () => {
    const elsewhere = ['client/client-failures.ts', 'client/http/openapi-examples.ts'];
    const client = sourceFiles().filter(
      ({ room, path: file }) => room === 'client' && !elsewhere.includes(file),
    );
    const untold = Object.keys(clientFailures).filter(
      (type) => !client.some(({ text }) => text.includes(`'${type}'`)),
    );
    expect(untold).toEqual([]);
    // @ts-expect-error There is no row of this type, so that it would not compile (npm run types).
    expect(() => new ClientError('SomethingNew', 'show failed: for a reason of its own')).toThrow(TypeError);
  });
});
