import { readFileSync } from 'node:fs';
import path from 'node:path';
import { failuresPage, failuresPagePath } from '../../dev/docs/failures';
import { failures } from '../../domain/failures';

const page = readFileSync(path.resolve(__dirname, '..', '..', failuresPagePath), 'utf8');

describe('docs/failures.md', () => {
  it('is what npm run docs:failures writes from the table today', () => {
    expect(page).toBe(failuresPage());
  });

  it('has one section for each failure type, and none for anything else', () => {
    const sections = [...page.matchAll(/^## (.+)$/gm)].map(([, type]) => type);
    expect(sections).toEqual(Object.keys(failures));
  });

  it('shows the remedy of each type under its heading', () => {
    for (const [type, { remedy }] of Object.entries(failures)) {
      expect(page).toContain(`## ${type}\n\n${remedy}\n`);
    }
  });
});
