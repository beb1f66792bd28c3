import type { Io } from '../../../client/cli/io';

export interface FakeIo {
  io: Io;
  out(): string;
  err(): string;
  interrupt(): void;
}

/** A terminal for tests: collects what is written, and can press Ctrl-C. */
export function fakeIo(
  env: Record<string, string> = {},
  { stdin = '', tty = false }: { stdin?: string; tty?: boolean } = {},
): FakeIo {
  const written = { out: '', err: '' };
  const listeners = new Set<() => void>();
  const output = (to: 'out' | 'err') => ({
    write: (text: string) => void (written[to] += text),
    ...(tty && { isTTY: true, columns: 80 }),
  });
  return {
    io: {
      env,
      stdout: output('out'),
      stderr: output('err'),
      readStdin: () => Promise.resolve(stdin),
      onInterrupt(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      now: () => Date.now(),
    },
    out: () => written.out,
    err: () => written.err,
    interrupt: () => listeners.forEach((listener) => listener()),
  };
}
