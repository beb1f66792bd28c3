/** The Temporal CLI that is downloaded or built; `cli-build/go.mod` names the same one (a test compares them). */
export const cliVersion = '1.9.1';

/** Older servers cannot skip time, which the tests of day-long waits need; `cliVersion` carries this one. */
export const minimumServerVersion = '1.32.0';

/** What `cli-build/go.mod` asks for. */
export const minimumGoVersion = '1.26.8';

/** Whether a dotted version is at least another; suffixes such as `-rc.1` count as the release itself. */
export function isAtLeast(version: string, minimum: string): boolean {
  const numbers = (text: string): number[] => text.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const [have, need] = [numbers(version), numbers(minimum)];
  for (const [index, needed] of need.entries()) {
    const had = have[index] ?? 0;
    if (had !== needed) return had > needed;
  }
  return true;
}

/** Reads `temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)`; undefined when it is something else. */
export function parseCliVersion(output: string): { cli: string; server: string } | undefined {
  const match = /temporal version (\S+) \(Server (\d[^,\s)]*)/.exec(output);
  return match?.[1] && match[2] ? { cli: match[1], server: match[2] } : undefined;
}
