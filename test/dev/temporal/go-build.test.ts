import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buildCli } from '../../../dev/temporal/go-build';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'undrop-go-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A `go` that does what the script says; `$calls` is a file of its argument lists. */
async function withGo(script: string): Promise<Record<string, string>> {
  const go = path.join(folder, 'go');
  await writeFile(go, `#!/bin/sh\ncalls='${folder}/calls'\necho "$CGO_ENABLED $*" >>"$calls"\n${script}\n`);
  await chmod(go, 0o755);
  return { PATH: `${folder}:/usr/bin:/bin` };
}

const build = (env: Record<string, string>, said: string[] = []): Promise<void> =>
  buildCli(path.join(folder, 'temporal'), {
    folder,
    env,
    onProgress: (message) => void said.push(message),
    progressMs: 50,
  });

it('says that there is no Go', async () => {
  await expect(build({ PATH: folder })).rejects.toThrow('`go` is not on PATH');
});

it('says that Go is too old', async () => {
  const env = await withGo('echo go1.22.3');
  await expect(build(env)).rejects.toThrow('Go 1.22.3 is older than 1.26.8');
});

it('passes on why Go cannot be of the version that go.mod asks for', async () => {
  const env = await withGo('echo "go: go.mod requires go >= 1.26.8 (running go 1.23.0)" >&2; exit 1');
  await expect(build(env)).rejects.toThrow(
    /`go env` failed: exit code 1: go: go\.mod requires go >= 1\.26\.8/,
  );
});

it('counts modules and packages while it builds, and passes the target on', async () => {
  const env = await withGo(`
    case "$1" in
      env) echo go1.26.8 ;;
      list) for m in a b c; do echo "go: downloading example.com/$m v1.0.0" >&2; done; sleep 1; printf 'fmt\\nexample.com/a\\n' ;;
      build) echo example.com/a >&2; sleep 1; for last; do :; done; echo done >"${folder}/temporal" ;;
    esac`);
  const said: string[] = [];
  await build(env, said);
  expect(await readFile(path.join(folder, 'temporal'), 'utf8')).toBe('done\n');
  expect(said).toContainEqual(expect.stringMatching(/^downloading Go modules: 3, \d+ s so far$/));
  expect(said).toContainEqual(expect.stringMatching(/^compiling: 1 of at most 2 packages, \d+ s so far$/));
  expect(said.at(-1)).toMatch(/^built Temporal CLI 1\.9\.1 in \d+ s$/);
  const calls = (await readFile(path.join(folder, 'calls'), 'utf8')).trim().split('\n');
  expect(calls).toHaveLength(3);
  expect(calls[2]).toMatch(
    /^0 build .*-trimpath .*-o \S+temporal github\.com\/temporalio\/cli\/cmd\/temporal$/,
  );
});

it.each([
  ['list', 'go list failed: exit code 1: example.com/x: module lookup disabled'],
  ['build', 'go build failed: exit code 1: example.com/x: module lookup disabled'],
])('says what the compiler said when `go %s` fails', async (verb, message) => {
  const env = await withGo(`
    [ "$1" = ${verb} ] && { echo "example.com/x: module lookup disabled" >&2; exit 1; }
    echo go1.26.8`);
  await expect(build(env)).rejects.toThrow(message);
});
