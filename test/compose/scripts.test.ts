// The shell scripts inside the compose file, run with stand-ins for Temporal's tools that write down their calls.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { searchAttributeTypes } from '../../client/search-attributes';
import { searchAttributes } from '../../domain/search-attributes';
import { compose, environmentOf, interpolate, service } from './compose-file';

// What is built here runs node without a shell between.
const scripted = Object.entries(compose.services).filter(([, { command, build }]) => command && !build);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'undrop-compose-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a command on the script's PATH. */
function standIn(name: string, body = ''): void {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho "${name} $*" >>'${folder}/calls'\n${body}\n`);
  chmodSync(file, 0o755);
}

function run(name: string): { status: number | null; stderr: string; calls: string[] } {
  const { entrypoint = [], command = [] } = service(name);
  const [shell, ...flags] = entrypoint as [string, ...string[]];
  const { status, stderr } = spawnSync(shell, [...flags, ...command.map((part) => interpolate(part))], {
    env: { PATH: `${folder}:/usr/bin:/bin`, ...environmentOf(service(name)) },
    encoding: 'utf8',
  });
  const file = path.join(folder, 'calls');
  const calls = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  return { status, stderr, calls };
}

it.each(scripted)('the script of %s is one that a shell can read', (_name, { command = [] }) => {
  for (const shell of ['bash', 'sh']) {
    expect(() =>
      execFileSync(shell, ['-n', '-c', command.map((part) => interpolate(part)).join('\n')]),
    ).not.toThrow();
  }
});

it.each(scripted)('the script of %s ends at the first command that fails', (_name, { entrypoint }) => {
  expect(entrypoint).toEqual(['/bin/sh', '-euc']);
});

describe('temporal-schema', () => {
  it('creates both databases and brings their schemas up to date', () => {
    standIn('temporal-sql-tool');
    expect(run('temporal-schema')).toMatchObject({
      status: 0,
      calls: [
        'temporal-sql-tool --database temporal create-database',
        'temporal-sql-tool --database temporal setup-schema --version 0.0',
        'temporal-sql-tool --database temporal update-schema --schema-name postgresql/v12/temporal',
        'temporal-sql-tool --database temporal_visibility create-database',
        'temporal-sql-tool --database temporal_visibility setup-schema --version 0.0',
        'temporal-sql-tool --database temporal_visibility update-schema --schema-name postgresql/v12/visibility',
      ],
    });
  });

  it('fails when the database refuses, so that the server is not started', () => {
    standIn('temporal-sql-tool', 'exit 1');
    const { status, calls } = run('temporal-schema');
    expect(status).not.toBe(0);
    expect(calls).toHaveLength(1);
  });
});

describe('temporal-namespace', () => {
  const registration = Object.entries(searchAttributes)
    .map(([name, type]) => `--name ${name} --type ${searchAttributeTypes[type].cli}`)
    .join(' ');

  it('creates the namespace and registers exactly the search attributes of the domain', () => {
    standIn('sleep');
    standIn('temporal', 'case "$*" in *describe*) exit 1;; esac');
    expect(run('temporal-namespace')).toMatchObject({
      status: 0,
      calls: [
        'temporal operator cluster health',
        'temporal operator namespace describe --namespace default',
        'temporal operator namespace create --namespace default --retention 30d',
        `temporal operator search-attribute create --namespace default ${registration}`,
      ],
    });
  });

  it('leaves a namespace alone that is there already', () => {
    standIn('temporal');
    expect(run('temporal-namespace').calls).not.toContainEqual(
      expect.stringContaining('namespace create --'),
    );
  });

  it('tries again until the server serves and knows the namespace everywhere', () => {
    standIn('sleep');
    standIn('temporal', `[ "$(grep -c . '${folder}/calls')" -gt 6 ]`);
    const { status, calls } = run('temporal-namespace');
    expect(status).toBe(0);
    expect(calls.filter((call) => call === 'sleep 2').length).toBeGreaterThan(2);
    expect(calls.at(-1)).toContain('search-attribute create');
  });

  it('gives up in the end, saying at what', () => {
    standIn('sleep');
    standIn('temporal', 'exit 1');
    const { status, stderr, calls } = run('temporal-namespace');
    expect(status).not.toBe(0);
    expect(stderr).toContain('gave up: temporal operator cluster health');
    expect(calls.filter((call) => call.startsWith('temporal'))).toHaveLength(30);
  });
});
