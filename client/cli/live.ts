import type { Output } from './io';

/**
 * A block of lines on a terminal that is drawn anew in place. Lines must be cut to the terminal's width: one that
 * wraps would be counted wrongly.
 */
export class LiveBlock {
  private drawn = 0;

  constructor(private readonly out: Output) {}

  draw(lines: readonly string[]): void {
    // One write, so that the block never flickers: up to its first line, then each line with the rest of the row erased.
    const up = this.drawn > 0 ? `\u001b[${this.drawn}A` : '';
    this.out.write(`${up}${lines.map((line) => `\u001b[2K${line}\n`).join('')}\u001b[0J`);
    this.drawn = lines.length;
  }

  /** Takes the block away, for something final in its place. */
  clear(): void {
    if (this.drawn > 0) this.out.write(`\u001b[${this.drawn}A\u001b[0J`);
    this.drawn = 0;
  }
}
