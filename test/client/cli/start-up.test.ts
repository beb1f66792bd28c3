import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { operationEntries } from '../../../client/cli/commands';
import { dataApiGroups } from '../../../client/cli/commands/data-api';

const root = path.resolve(__dirname, '..', '..', '..');
const main = path.join(root, 'dist', 'client', 'cli', 'main.js');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'undrop-start-up-'));
  const spy = `process.on('exit', () => process.stderr.write(JSON.stringify(Object.keys(require.cache))));`;
  writeFileSync(path.join(folder, 'spy.js'), spy);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Packages that the built CLI had loaded when it ended. */
function packagesLoaded(...argv: string[]): string[] {
  const script = `const { spawnSync } = require('node:child_process');
    process.stdout.write(spawnSync(process.execPath, process.argv.slice(1), { encoding: 'utf8' }).stderr);`;
  const told = execFileSync(
    process.execPath,
    ['-e', script, '--', '-r', path.join(folder, 'spy.js'), main, ...argv],
    { encoding: 'utf8' },
  );
  const files = JSON.parse(told.slice(told.lastIndexOf('["'))) as string[];
  return [...new Set(files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []))];
}

describe('start-up of the built CLI', () => {
  it.each([
    [['--help']],
    ...operationEntries.map(({ command }) => [[command, 'start', '--help']]),
    ...dataApiGroups.map(({ command }) => [[command, 'list', '--help']]),
    [['query', '--help']],
    [['runs', 'watch', '--help']],
    [['help', 'exit-codes']],
  ])('loads neither Temporal nor the AWS SDK nor zod for %j', (argv) => {
    expect(packagesLoaded(...argv)).toEqual(expect.arrayContaining(['commander']));
    expect(packagesLoaded(...argv).filter((name) => !['commander', 'picocolors'].includes(name))).toEqual([]);
  });

  it('loads no Temporal client for a dry run', () => {
    const argv = [
      'verify-table',
      'start',
      '--cluster',
      'c',
      '--database',
      'd',
      '--table',
      't',
      '--rows',
      '1',
      '--dry-run',
    ];
    const loaded = packagesLoaded(...argv);
    expect(loaded).toContain('zod');
    expect(
      loaded.filter((name) => name.startsWith('@temporalio/client') || name.startsWith('@aws-sdk')),
    ).toEqual([]);
  });

  it('loads OpenTelemetry only when traces are sent', () => {
    const loaded = packagesLoaded('runs', 'list', '--address', '127.0.0.1:1');
    expect(loaded).toContain('@temporalio/client');
    expect(loaded.filter((name) => name.startsWith('@opentelemetry') || /interceptors/.test(name))).toEqual(
      [],
    );
  });

  it('is what the bin entry of the package names, executable by itself', () => {
    expect(existsSync(main)).toBe(true);
    expect(statSync(main).mode & 0o111).not.toBe(0);
    expect(execFileSync(main, ['--help'], { encoding: 'utf8' })).toContain('Usage: undrop');
  });
});
