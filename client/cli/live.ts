import type { Output } from './io';

/**
 * A block of lines on a terminal that is drawn anew in place. Lines must be cut to the terminal's width: one that
 * wraps would be counted wrongly.
 */
export class LiveBlock {
  private drawn = 0;
  private columns: number | undefined;

  constructor(private readonly out: Output) {}

  draw(lines: readonly string[]): void {
    const shown = this.fitting(lines);
    // After a resize the old lines may have been wrapped, and nobody knows how many there are: a fresh start below.
    if (this.columns !== this.out.columns) this.drawn = 0;
    this.columns = this.out.columns;
    // One write, so that the block never flickers: up to its first line, then each line with the rest of the row erased.
    const up = this.drawn > 0 ? `\u001b[${this.drawn}A` : '';
    this.out.write(`${up}${shown.map((line) => `\u001b[2K${line}\n`).join('')}\u001b[0J`);
    this.drawn = shown.length;
  }

  /** Takes the block away, for something final in its place. */
  clear(): void {
    if (this.drawn > 0) this.out.write(`\u001b[${this.drawn}A\u001b[0J`);
    this.drawn = 0;
  }

  /** A block higher than the terminal cannot be drawn over: its middle is left out, the last lines tell most. */
  private fitting(lines: readonly string[]): readonly string[] {
    const room = (this.out.rows ?? Infinity) - 1;
    if (lines.length <= room) return lines;
    if (room < 3) return lines.slice(0, Math.max(1, room));
    return [lines[0]!, '  …', ...lines.slice(lines.length - room + 2)];
  }
}
