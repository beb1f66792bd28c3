import { cacheFolder, readImage, removeImage, writeImage } from './base-image';
import { EnginePool, type Pooled } from './engine-pool';
import { EngineWorker } from './engine-worker';
import { shim } from './shim';

/** All engines of this process share one bound. */
export const enginePool = new EnginePool(4);

function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * One Redshift database: a Postgres that starts at its first use, serves one user at a time, and may be put to sleep
 * and woken by the pool without anyone noticing.
 */
export class Engine implements Pooled {
  private worker?: EngineWorker;
  /** The data directory while asleep. */
  private asleep?: Uint8Array;
  private tail: Promise<unknown> = Promise.resolve();
  private users = 0;
  private closed = false;

  constructor(
    readonly database: string,
    private readonly pool: EnginePool = enginePool,
    private readonly cache: string = cacheFolder(process.env),
  ) {}

  get busy(): boolean {
    return this.users > 0;
  }

  get running(): boolean {
    return this.worker !== undefined;
  }

  /** Runs `work` with the engine to itself. */
  use<T>(work: (worker: EngineWorker) => Promise<T>): Promise<T> {
    return this.exclusive(async () => {
      if (this.closed) throw new Error(`SQL engine is closed [database=${this.database}]`);
      await this.pool.admit(this);
      this.worker ??= await this.start();
      return work(this.worker);
    });
  }

  hibernate(): Promise<void> {
    return this.exclusive(async () => {
      if (!this.worker) return;
      const { worker } = this;
      this.worker = undefined;
      await worker.query('rollback');
      await renameDatabase(worker, this.database, 'postgres');
      this.asleep = await worker.dump();
      await worker.terminate();
    });
  }

  /** Ends the thread at once; running queries fail. */
  async close(): Promise<void> {
    this.closed = true;
    const { worker } = this;
    this.worker = undefined;
    this.asleep = undefined;
    await worker?.terminate();
    this.pool.forget(this);
  }

  private exclusive<T>(work: () => Promise<T>): Promise<T> {
    this.users += 1;
    const turn = this.tail.then(work);
    this.tail = turn
      .catch(() => undefined)
      .then(() => {
        this.users -= 1;
        if (!this.busy) this.pool.released();
      });
    return turn;
  }

  private async start(): Promise<EngineWorker> {
    const worker = this.asleep ? await openImage(this.asleep) : await openBase(this.cache);
    this.asleep = undefined;
    await renameDatabase(worker, 'postgres', this.database);
    return worker;
  }
}

/**
 * PGlite always connects to the database `postgres`. Renaming it in the catalog while connected makes
 * current_database() and three-part names (`dev.public.orders`) read as on Redshift; it must be undone before the data
 * directory is opened again.
 */
async function renameDatabase(worker: EngineWorker, from: string, to: string): Promise<void> {
  await worker.query(
    `update pg_catalog.pg_database set datname = ${quoteLiteral(to)} where datname = ${quoteLiteral(from)}`,
  );
}

async function openImage(image: Uint8Array): Promise<EngineWorker> {
  const worker = new EngineWorker();
  try {
    await worker.open(image);
    return worker;
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}

async function openBase(cache: string): Promise<EngineWorker> {
  const image = await readImage(cache);
  if (image) {
    try {
      return await openImage(image);
    } catch {
      await removeImage(cache); // a damaged image: make a new one
    }
  }
  const worker = new EngineWorker();
  try {
    await worker.open();
    await worker.script(shim);
    await writeImage(cache, await worker.dump());
    return worker;
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}
