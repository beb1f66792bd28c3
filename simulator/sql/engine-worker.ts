import { existsSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { SqlError } from './sql-error';
import type { RawResult, WorkerRequest, WorkerResponse } from './worker-messages';

const workerFile = 'pglite-worker.mjs';

/**
 * The compiled worker: beside this file in dist/, or in dist/ of the checkout when this file runs as TypeScript (Jest).
 * @throws Error when it was not built yet.
 */
export function findWorkerFile(directory: string = __dirname): string {
  const beside = path.join(directory, workerFile);
  const built = path.join(directory, '..', '..', 'dist', 'simulator', 'sql', workerFile);
  const found = [beside, built].find((file) => existsSync(file));
  if (!found) throw new Error(`SQL engine is not built [file=${built}]: run \`npm run build\` first`);
  return found;
}

type Pending = { resolve: (value: unknown) => void; reject: (error: Error) => void };
type WithoutId<T> = T extends { id: number } ? Omit<T, 'id'> : never;

/** The main thread's end of one PGlite worker. It keeps Node alive only while a request is open. */
export class EngineWorker {
  private readonly worker = new Worker(findWorkerFile());
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  /** Why no request can be answered any more. */
  private stopped?: Error;

  constructor() {
    this.worker.unref();
    this.worker.on('message', (response: WorkerResponse) => this.settle(response));
    this.worker.on('error', (error: Error) => this.fail(error));
    this.worker.on('exit', () => this.fail(new Error('the SQL engine has stopped')));
  }

  async open(image?: Uint8Array): Promise<void> {
    await this.request({ op: 'open', ...(image ? { image } : {}) });
  }

  /** Runs one statement; throws SqlError. */
  async query(sql: string, parameters: (string | null)[] = []): Promise<RawResult> {
    return (await this.request({ op: 'query', sql, parameters })) as RawResult;
  }

  /** Runs several statements at once, without results. */
  async script(sql: string): Promise<void> {
    await this.request({ op: 'script', sql });
  }

  async dump(): Promise<Uint8Array> {
    return (await this.request({ op: 'dump' })) as Uint8Array;
  }

  async copyOut(sql: string): Promise<Uint8Array> {
    return (await this.request({ op: 'copy-out', sql })) as Uint8Array;
  }

  async copyIn(sql: string, bytes: Uint8Array): Promise<void> {
    await this.request({ op: 'copy-in', sql, bytes });
  }

  /** Ends the thread, a running query included, and gives its memory back. */
  async terminate(): Promise<void> {
    await this.worker.terminate();
  }

  private request(message: WithoutId<WorkerRequest>): Promise<unknown> {
    if (this.stopped) return Promise.reject(this.stopped);
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.worker.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
      this.worker.postMessage({ ...message, id });
    });
  }

  private settle(response: WorkerResponse): void {
    const pending = this.pending.get(response.id);
    this.pending.delete(response.id);
    if (this.pending.size === 0) this.worker.unref();
    if (response.ok) pending?.resolve(response.value);
    else pending?.reject(new SqlError(response.message, response.code));
  }

  private fail(error: Error): void {
    this.stopped ??= error;
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
  }
}
