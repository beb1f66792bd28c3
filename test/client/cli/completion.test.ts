import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { candidatesFor } from '../../../client/cli/completion/candidates';
import { completionScripts, shells } from '../../../client/cli/completion/scripts';
import { wordsOf } from '../../../client/cli/completion/words';
import { createProgram, runCli } from '../../../client/cli/program';
import { cleanEnv } from '../../../dev/simulator-control';
import { standInRig, type StandInRig } from '../../support/stand-in-rig';
import { until } from '../../support/until';
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
    expect(offered('undrop verify-table start --expect-from=re')).toMatchObject({ lead: '--expect-from=' });
    expect(offered('undrop runs list --table ')).toEqual([]);
    expect(offered('undrop runs show x ')).toEqual([]);
    expect(offered('undrop nonsense more ')).toEqual([]);
  });

  it.each(['show', 'pause', 'resume', 'trigger', 'backfill', 'update', 'delete'])(
    'are ids of schedules for schedules %s, which only a new one has not',
    (command) => {
      const schedules = { kind: 'schedules', prefix: 'ni', command };
      expect(offered(`undrop schedules ${command} ni`)).toEqual(schedules);
      expect(offered(`undrop schedules ${command} nightly `)).not.toHaveProperty('kind');
      expect(offered('undrop schedules create ni')).toEqual([]);
      expect(offered('undrop runs list --schedule ')).toMatchObject({ kind: 'schedules' });
    },
  );

  it('are steps of the run that the line names', () => {
    const steps = { kind: 'steps', run: 'a/b', prefix: 've' };
    expect(offered('undrop runs retry a/b --from ve')).toEqual(steps);
    expect(offered('undrop runs retry --dry-run a/b --wait --from=ve')).toEqual({
      ...steps,
      lead: '--from=',
    });
    const runId = '3f9a1c2e-0000-4000-8000-000000000000';
    expect(offered(`undrop runs retry --run-id ${runId} a/b --from ve`)).toEqual({ ...steps, runId });
    expect(offered(`undrop runs retry a/b --run-id=${runId} --from ve`)).toEqual({ ...steps, runId });
    expect(offered('undrop runs retry --from ')).toEqual([]);
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
  /** Presses tab until something is offered: an answer of Temporal that is late is none. */
  const tabbed = (line: string) =>
    until(async () => {
      const offers = tab(line);
      return offers.length > 0 ? offers : undefined;
    }, `an offer for ${line}`);

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
    expect(await tabbed(line)).toEqual([workflowId.slice(begin.length)]);
    expect(tab(line, { TEMPORAL_ADDRESS: '127.0.0.1:1' })).toEqual([]);
  });

  it('bash completes ids of schedules, those that the command is of use for, and says nothing when Temporal is away', async () => {
    const names = ['asleep', 'awake'].map((name) => `${rig.cluster}-${name}`);
    const definition = {
      operation: 'copy-snapshot' as const,
      input: { sourceSnapshotIdentifier: `rs:${rig.cluster}` },
      when: { cron: '0 2 1 1 *' },
    };
    for (const id of names) await rig.operations.schedules.create({ ...definition, id });
    try {
      await rig.operations.schedules.pause(names[0]!);
      // Temporal's list is a moment behind, and so is what it says of a schedule.
      const line = (command: string) => `undrop schedules ${command} ${rig.cluster}`;
      const count = (command: string) => tab(line(command)).length;
      await until(async () => (count('show') === 2 && count('resume') === 1) || undefined);
      expect(await tabbed(line('show'))).toEqual(names);
      expect(await tabbed(line('delete'))).toEqual(names);
      expect(await tabbed(line('resume'))).toEqual([names[0]]);
      expect(await tabbed(line('pause'))).toEqual([names[1]]);
      expect(tab('undrop schedules show x')).toEqual([]);
      expect(tab('undrop schedules show ', { TEMPORAL_ADDRESS: '127.0.0.1:1' })).toEqual([]);
    } finally {
      for (const id of names) await rig.operations.schedules.delete(id);
    }
  });

  it('bash completes the steps that a run has begun, and says nothing of a run that is not there', async () => {
    const { workflowId } = await rig.operations.start('restoreTable', {
      warehouse: { clusterIdentifier: rig.cluster },
      source: { snapshotIdentifier: 's' },
      table: { database: 'dev', table: 'refused_of_two' },
    });
    const { run } = await rig.operations.wait(workflowId);
    expect(run.state!.steps.map(({ name }) => name)).toEqual(['restore', 'verify']);
    expect(await tabbed(`undrop runs retry ${workflowId} --from `)).toEqual(['restore']);
    expect(await tabbed(`undrop runs retry ${workflowId} --from=re`)).toEqual(['restore']);
    expect(tab(`undrop runs retry ${workflowId} --from v`)).toEqual([]);
    expect(tab('undrop runs retry nowhere --from ')).toEqual([]);
    expect(tab(`undrop runs retry ${workflowId} --from `, { TEMPORAL_ADDRESS: '127.0.0.1:1' })).toEqual([]);
  });

  it('nothing is waited for when Temporal takes the call and does not answer', async () => {
    // The kernel takes the connection; this process, which waits for the shell, never reads from it.
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const TEMPORAL_ADDRESS = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
    try {
      for (const line of ['undrop schedules show ', 'undrop runs retry a/b --from ', 'undrop runs show ']) {
        expect(tab(line, { TEMPORAL_ADDRESS })).toEqual([]);
      }
    } finally {
      await new Promise((resolve) => silent.close(resolve));
    }
  });

  it('each is told with a line about it, and with the flag before it where that is one word', async () => {
    const { workflowId } = await rig.operations.start('restoreTable', {
      warehouse: { clusterIdentifier: rig.cluster },
      source: { snapshotIdentifier: 's' },
      table: { database: 'dev', table: 'refused_of_two' },
    });
    await rig.operations.wait(workflowId);
    const { io, out } = fakeIo(rig.env);
    const line = `undrop runs retry ${workflowId} --from=re`;
    expect(await runCli(['complete', '--shell', 'fish', '--line', line], io)).toBe(0);
    expect(out()).toBe('--from=restore\tfailed: restore refused_of_two\n');
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
