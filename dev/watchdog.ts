// A process that is killed with SIGKILL cannot stop its children. This small shell can: it reads the process groups
// to look after from its standard input, and when that closes (because our process is gone, however it ended) it
// ends them, first asking, then killing.
import { spawn, type ChildProcess } from 'node:child_process';

const graceSeconds = 3;

const script = `
groups=""
while read -r sign group; do
  case "$sign" in
    add) groups="$groups $group" ;;
    remove) rest=""; for g in $groups; do [ "$g" = "$group" ] || rest="$rest $g"; done; groups="$rest" ;;
  esac
done
[ -n "$groups" ] || exit 0
for g in $groups; do kill -s TERM -- "-$g" 2>/dev/null; done
waited=0
while [ "$waited" -lt ${graceSeconds * 10} ]; do
  left=""
  for g in $groups; do kill -s 0 -- "-$g" 2>/dev/null && left="$left $g"; done
  [ -n "$left" ] || exit 0
  sleep 0.1
  waited=$((waited + 1))
done
for g in $groups; do kill -s KILL -- "-$g" 2>/dev/null; done
`;

let shell: ChildProcess | undefined;

function start(): ChildProcess {
  const child = spawn('/bin/sh', ['-c', script], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Nobody must wait for the watchdog, and its death must not be ours.
  child.on('error', () => undefined);
  child.stdin?.on('error', () => undefined);
  child.on('exit', () => (shell = undefined));
  child.unref();
  (child.stdin as unknown as { unref?: () => void }).unref?.();
  return child;
}

/** Has the watchdog end this process group if our process dies without doing so. Nothing on Windows. */
export function guardProcessGroup(pid: number): void {
  if (process.platform === 'win32') return;
  shell ??= start();
  shell.stdin?.write(`add ${pid}\n`);
}

/** The process group has ended: its number may soon belong to someone else. */
export function releaseProcessGroup(pid: number): void {
  shell?.stdin?.write(`remove ${pid}\n`);
}
