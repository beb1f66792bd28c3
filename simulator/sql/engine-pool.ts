/** An engine as the pool sees it. */
export interface Pooled {
  /** True while somebody uses it or waits to. */
  readonly busy: boolean;
  /** Puts its data aside and ends its thread. */
  hibernate(): Promise<void>;
}

/**
 * Bounds how many Postgres instances run at once (each takes 200–400 MB). The least recently used idle one is put to
 * sleep for a newcomer; when all are busy the newcomer waits.
 */
export class EnginePool {
  /** In order of last use. */
  private readonly running = new Set<Pooled>();
  private readonly waiting: (() => void)[] = [];

  constructor(readonly limit: number) {}

  get size(): number {
    return this.running.size;
  }

  /** Resolves when the engine may run. */
  async admit(engine: Pooled): Promise<void> {
    while (!this.running.has(engine)) {
      if (this.running.size < this.limit) break;
      const idle = [...this.running].find((other) => !other.busy);
      if (idle) {
        // The place changes hands before the sleeper is down, so that no third engine takes it.
        this.running.delete(idle);
        this.running.add(engine);
        await idle.hibernate();
      } else {
        await new Promise<void>((resolve) => this.waiting.push(resolve));
      }
    }
    this.running.delete(engine);
    this.running.add(engine);
  }

  /** An engine became idle. */
  released(): void {
    this.waiting.shift()?.();
  }

  /** An engine was closed. */
  forget(engine: Pooled): void {
    this.running.delete(engine);
    this.released();
  }
}
