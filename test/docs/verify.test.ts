import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { operationEntries } from '../../client/cli/commands';
import { expectations, structureAspects } from '../../domain/operations/expectations';
import { verifyTableInputSchema } from '../../domain/operations/verify-table';
import { parseInput } from '../../domain/validation';

const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'verify.md'), 'utf8');

describe('docs/verify.md', () => {
  it('names every level and everything that may be ignored', () => {
    for (const name of [...Object.keys(expectations), ...structureAspects])
      expect(page).toContain(`\`${name}\``);
  });

  it('shows a file that verifyTable takes', () => {
    const yaml = /```yaml\n([^]*?)```/.exec(page)![1]!;
    expect(parseInput(verifyTableInputSchema, parse(yaml))).toMatchObject({ ok: true });
  });

  it('uses flags that there are', () => {
    const known = ['--wait', '-f', '-o', '--again'];
    for (const entry of operationEntries) known.push(...entry.load().flags.map(({ flag }) => flag));
    for (const [flag] of page.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)) expect(known).toContain(flag);
  });
});
