import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { candidatesFor } from '../../../client/cli/completion/candidates';
import { completionScripts, shells } from '../../../client/cli/completion/scripts';
import { wordsOf } from '../../../client/cli/completion/words';
import { createProgram, runCli } from '../../../client/cli/program';
import { cleanEnv } from '../../../dev/simulator-control';
import { standInRig, type StandInRig } from '../../support/stand-in-rig';
import { fakeIo } from './fake-io';

const treeOf = (words: readonly string[]) => createProgram(words, fakeIo().io, () => Promise.resolve());

/** What is offered at the end of a line. */
function offered(line: string) {
  const words = wordsOf(line).slice(1);
  const found = candidatesFor(treeOf(words), words);
  return found.kind === 'values' ? found.values.map(({ value }) => value) : found;
}

describe('words of a line', () => {
  it.each([
    ['undrop ru', ['undrop', 'ru']],
    ['undrop runs ', ['undrop', 'runs', '']],
    [`undrop query "select 'a b'" --c`, ['undrop', 'query', "select 'a b'", '--c']],
    ['undrop query "open $(rm -rf x', ['undrop', 'query', 'open $(rm -rf x']],
    [String.raw`undrop a\ b "c\"d" `, ['undrop', 'a b', 'c"d', '']],
    [`undrop '' x`, ['undrop', '', 'x']],
  ])('of %s', (line, words) => {
    expect(wordsOf(line)).toEqual(words);
  });
});

describe('what is offered', () => {
  it('are commands, then their sub-commands, with what each does', () => {
    expect(offered('undrop re')).toEqual(['recover-table', 'restore-table', 'record-expectation']);
    expect(offered('undrop runs ')).toEqual(expect.arrayContaining(['list', 'show', 'watch', 'cancel']));
    expect(offered('undrop plan ver')).toEqual(['verify-table']);
    expect(offered('undrop complet')).toEqual(['completion']);
    const found = candidatesFor(treeOf(['runs', 'l']), ['runs', 'l']);
    expect(found).toEqual({
      kind: 'values',
      values: [{ value: 'list', about: expect.stringContaining('List runs') }],
    });
  });

  it('are flags of the command and those of all commands, but none twice', () => {
    expect(offered('undrop runs list --o')).toEqual(['--operation', '--outcome', '--output']);
    expect(offered('undrop runs list --outcome done --o')).toEqual(['--operation', '--output']);
    expect(offered('undrop recover-table start --snapshot s --sn')).toEqual(['--snapshot-name']);
    expect(offered('undrop query start --statement a --state')).toContain('--statement');
  });

  it('are choices of a flag, also after an equal sign and the short form', () => {
    expect(offered('undrop runs list --outcome ')).toEqual(['running', 'done', 'failed', 'cancelled']);
    expect(offered('undrop runs list --status t')).toEqual(['terminated', 'timed-out']);
    expect(offered('undrop runs list --output=j')).toEqual(['--output=json']);
    expect(offered('undrop runs list -o y')).toEqual(['yaml']);
    expect(offered('undrop completion p')).toEqual(['powershell']);
  });

  it('are files where a file is due, ids of runs where a run is, and nothing for free text', () => {
    expect(offered('undrop restore-table start -f ')).toEqual({ kind: 'files' });
    expect(offered('undrop --config-file=x')).toEqual({ kind: 'files' });
    expect(offered('undrop runs watch re')).toEqual({ kind: 'runs', prefix: 're', command: 'watch' });
    expect(offered('undrop verify-table start --expect-from ')).toMatchObject({ kind: 'runs' });
    expect(offered('undrop runs list --table ')).toEqual([]);
    expect(offered('undrop runs show x ')).toEqual([]);
    expect(offered('undrop nonsense more ')).toEqual([]);
  });

  it('are topics of the help', () => {
    expect(offered('undrop help ex')).toEqual(['export-table', 'exports', 'exit-codes']);
    expect(offered('undrop help runs w')).toEqual(['watch']);
  });

  it('finds every command and every flag of the whole tree', () => {
    let found = 0;
    const walk = (path: string[]): void => {
      let at: Command = treeOf(path);
      for (const name of path) at = at.commands.find((child) => child.name() === name)!;
      const line = ['undrop', ...path].join(' ');
      for (const { long } of at.options) if (long) expect(offered(`${line} ${long}`)).toContain(long);
      for (const child of at.createHelp().visibleCommands(at)) {
        expect(offered(`${line} ${child.name()}`)).toContain(child.name());
        found += 1;
        if (child.name() !== 'help') walk([...path, child.name()]);
      }
    };
    walk([]);
    expect(found).toBeGreaterThan(50);
  });

  it('are operations where one is due, and then its flags', () => {
    expect(offered('undrop schedules create nightly rest')).toEqual(['restore-table']);
    expect(offered('undrop schedules create nightly restore-table --target-t')).toEqual(['--target-table']);
    expect(offered('undrop schedules create nightly restore-table --cro')).toEqual(['--cron']);
  });
});

describe('in a shell', () => {
  const main = path.resolve(__dirname, '..', '..', '..', 'dist', 'client', 'cli', 'main.js');
  let folder: string;
  let rig: StandInRig;
  beforeAll(async () => {
    rig = await standInRig();
    await rig.startWorker();
    folder = mkdtempSync(path.join(tmpdir(), 'undrop-tab-'));
    const command = path.join(folder, 'undrop');
    writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`);
    chmodSync(command, 0o755);
    writeFileSync(path.join(folder, 'input one.yaml'), '');
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await rig?.close();
  });

  /** Presses tab at the end of a line in a real bash, and tells what it would offer. */
  function tab(line: string, env: Record<string, string> = rig.env): string[] {
    const script = `
      source <(undrop completion bash)
      source <(undrop completion bash) # twice does no harm
      COMP_LINE=$1 COMP_POINT=\${#1} COMP_WORDS=("\${@:2}") COMP_CWORD=$(($# - 2))
      complete -p undrop >/dev/null || exit 9
      _undrop
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const words = line.split(/[ =:]/);
    const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', script, 'bash', line, ...words], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...cleanEnv(process.env), ...env, PATH: `${folder}:${process.env.PATH ?? ''}` },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout.split('\n').filter((one) => one !== '');
  }

  it('bash completes commands, flags, choices and files', () => {
    expect(tab('undrop restore-t')).toEqual(['restore-table']);
    expect(tab('undrop runs list --st')).toEqual(['--status']);
    expect(tab('undrop runs list --output=')).toEqual(['text', 'json', 'yaml', 'csv']);
    expect(tab('undrop restore-table start -f input')).toEqual(['input one.yaml']);
    expect(tab('undrop query "select $(touch ran) ')).toEqual([]);
    expect(existsSync(path.join(folder, 'ran'))).toBe(false);
  });

  it('bash completes ids of runs, those with a colon too, and says nothing when Temporal is away', async () => {
    const { workflowId } = await rig.operations.start('copySnapshot', {
      sourceSnapshotIdentifier: `rs:${rig.cluster}`,
    });
    const begin = workflowId.slice(0, workflowId.indexOf(':') + 1);
    await rig.operations.wait(workflowId);
    const line = `undrop runs show ${begin}${rig.cluster}`;
    // Temporal's list is a moment behind.
    for (let tries = 0; tries < 60 && tab(line).length === 0; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 200));
    expect(tab(line)).toEqual([workflowId.slice(begin.length)]);
    expect(tab(line, { TEMPORAL_ADDRESS: '127.0.0.1:1' })).toEqual([]);
  });

  it.each(shells)('the script for %s asks undrop complete with the line as one argument', (shell) => {
    const { io, out } = fakeIo();
    return runCli(['completion', shell], io).then((exitCode) => {
      expect(exitCode).toBe(0);
      expect(out()).toBe(completionScripts[shell]);
      expect(out()).toMatch(new RegExp(`undrop complete --shell ${shell} --line ["(]`));
      expect(out()).not.toMatch(/\beval\b/);
    });
  });

  it('an unknown shell is refused by name', async () => {
    const { io, err } = fakeIo();
    expect(await runCli(['completion', 'tcsh'], io)).toBe(2);
    expect(err()).toContain('bash, zsh, fish, powershell');
  });
});
