/** Which levels are asked for; each is a thing of its own elsewhere. */
interface Levels {
  rowCount?: unknown;
  structure?: unknown;
  content?: unknown;
  assertions?: readonly unknown[];
  expectation?: unknown;
}

/** One line for the step: `Count the rows of …`, or `Prove …: row count, structure, 2 assertions`. */
export function provingTitle(levels: Levels, rows: string, table: string): string {
  const { rowCount, structure, content, assertions, expectation } = levels;
  const more = [
    ...(structure !== undefined ? ['structure'] : []),
    ...(content !== undefined ? ['content'] : []),
    ...(assertions !== undefined
      ? [assertions.length === 1 ? 'an assertion' : `${assertions.length} assertions`]
      : []),
    ...(expectation !== undefined ? ['what was recorded'] : []),
  ];
  if (more.length === 0) return `Count ${rows}`;
  return `Prove ${table}: ${[...(rowCount !== undefined ? ['row count'] : []), ...more].join(', ')}`;
}
