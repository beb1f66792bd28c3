import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runCli } from '../../client/cli/program';
import { fakeIo } from '../client/cli/fake-io';

const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'serverless.md'), 'utf8');
const blocks = [...page.matchAll(/```sh\n([^`]+)```/g)].map((match) => match[1]!);
const commands = blocks
  .join('\n')
  .replace(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line.startsWith('undrop '))
  .map((line) => line.split(/\s+/).slice(1));

describe('docs/serverless.md', () => {
  it('shows commands', () => expect(commands.length).toBeGreaterThanOrEqual(4));

  it.each(commands.map((argv) => [argv.join(' '), argv] as const))(
    'shows a command that would start: undrop %s',
    async (_text, argv) => {
      const { io, err } = fakeIo();
      const dry = argv.filter((word) => word !== '--wait');
      expect([await runCli([...dry, '--dry-run'], io), err()]).toEqual([0, expect.stringContaining('valid')]);
    },
  );

  it('names every field by which a source can be told', () => {
    for (const field of ['snapshotIdentifier', 'recoveryPointId', 'snapshotName', 'asOf'])
      expect(page).toContain(`| \`${field}\` |`);
  });
});
