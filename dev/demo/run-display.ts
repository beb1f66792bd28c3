import type { RunView } from '../../client';
import { LiveBlock } from '../../client/cli/live';
import { newLines } from '../../client/cli/plain-lines';
import { renderProgress } from '../../client/cli/render-run';

/** Shows a run as it goes: redrawn in place on a terminal, a line for each change elsewhere. */
export class RunDisplay {
  private readonly live: LiveBlock | undefined;
  private last: RunView | undefined;

  constructor(private readonly out: NodeJS.WriteStream) {
    this.live = out.isTTY ? new LiveBlock(out) : undefined;
  }

  show(view: RunView): void {
    const now = Date.now();
    if (this.live) {
      const colours = !process.env.NO_COLOR;
      this.live.draw(renderProgress(view, { now, columns: this.out.columns, colours }));
    } else {
      for (const line of newLines(this.last, view, now)) this.out.write(`${line}\n`);
    }
    this.last = view;
  }

  /** Why the run did not end well, when it did not. */
  end(): void {
    const failure = this.last?.failure;
    if (failure) this.out.write(`\n${failure.type}: ${failure.message}\nWhat to do: ${failure.remedy}\n`);
  }
}
