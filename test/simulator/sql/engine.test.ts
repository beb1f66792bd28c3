import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cacheFolder, imageFile, readImage, writeImage } from '../../../simulator/sql/base-image';
import { Engine } from '../../../simulator/sql/engine';
import { EnginePool, type Pooled } from '../../../simulator/sql/engine-pool';
import { EngineWorker, findWorkerFile } from '../../../simulator/sql/engine-worker';

describe('the pool of engines', () => {
  function pooled(busy = false) {
    const engine = { busy, asleep: 0, hibernate: () => Promise.resolve(void (engine.asleep += 1)) };
    return engine satisfies Pooled & { asleep: number };
  }

  it('puts the least recently used idle engine to sleep for a newcomer', async () => {
    const pool = new EnginePool(2);
    const [first, second, third] = [pooled(), pooled(), pooled()];
    await pool.admit(first);
    await pool.admit(second);
    await pool.admit(first);
    await pool.admit(third);
    expect([first.asleep, second.asleep, third.asleep]).toEqual([0, 1, 0]);
    expect(pool.size).toBe(2);
  });

  it('makes a newcomer wait while all are busy', async () => {
    const pool = new EnginePool(1);
    const first = pooled(true);
    await pool.admit(first);
    let admitted = false;
    const waiting = pool.admit(pooled()).then(() => (admitted = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(admitted).toBe(false);
    first.busy = false;
    pool.released();
    await waiting;
    expect(first.asleep).toBe(1);
  });

  it('gives the place of a closed engine away', async () => {
    const pool = new EnginePool(1);
    const first = pooled(true);
    await pool.admit(first);
    const waiting = pool.admit(pooled());
    pool.forget(first);
    await waiting;
    expect(first.asleep).toBe(0);
  });
});

describe('an engine', () => {
  let cache: string;
  beforeEach(async () => {
    cache = await mkdtemp(path.join(tmpdir(), 'undrop-cache-'));
  });
  afterEach(() => rm(cache, { recursive: true }));

  it('keeps its rows and its name while it is asleep', async () => {
    const pool = new EnginePool(1);
    const [one, other] = [new Engine('one', pool), new Engine('other', pool)];
    await one.use((worker) => worker.script('create table t (id int); insert into t values (1), (2)'));
    await other.use((worker) => worker.query('select 1'));
    expect([one.running, other.running]).toEqual([false, true]);
    const { rows } = await one.use((worker) => worker.query('select count(*), current_database() from t'));
    expect(rows).toEqual([['2', 'one']]);
    expect([one.running, other.running]).toEqual([true, false]);
    await Promise.all([one.close(), other.close()]);
  });

  it('leaves a base image in the cache, whole, and starts from it', async () => {
    const first = new Engine('dev', new EnginePool(1), cache);
    await first.use((worker) => worker.query('select * from rs.svv_table_info'));
    await first.close();
    expect(await readdir(cache)).toEqual([path.basename(imageFile(cache))]);
    const { ino, mtimeMs } = await stat(imageFile(cache));
    const second = new Engine('dev', new EnginePool(1), cache);
    await second.use((worker) => worker.query('select * from rs.svv_table_info'));
    await second.close();
    expect(await stat(imageFile(cache))).toMatchObject({ ino, mtimeMs });
  });

  it('makes a damaged base image anew', async () => {
    await writeFile(imageFile(cache), 'not a data directory');
    const engine = new Engine('dev', new EnginePool(1), cache);
    const { rows } = await engine.use((worker) => worker.query("select rs.len('four')"));
    expect(rows).toEqual([['4']]);
    await engine.close();
    expect((await stat(imageFile(cache))).size).toBeGreaterThan(1_000_000);
  });

  it('does without a cache that can be neither read nor written', async () => {
    const file = path.join(cache, 'a-file');
    await writeFile(file, '');
    const folder = path.join(file, 'below');
    await expect(writeImage(folder, Uint8Array.of(1))).resolves.toBeUndefined();
    await expect(readImage(folder)).resolves.toBeUndefined();
    expect(await readdir(cache)).toEqual(['a-file']);
  });

  it('is ended by close, a running query included, and cannot be used again', async () => {
    const engine = new Engine('dev', new EnginePool(1));
    const endless = engine.use((worker) =>
      worker.query('with recursive r as (select 1 union all select 1 from r) select count(*) from r'),
    );
    const outcome = endless.catch((error: Error) => error.message);
    while (!engine.running) await new Promise((resolve) => setTimeout(resolve, 5));
    await engine.close();
    expect(await outcome).toBe('the SQL engine has stopped');
    await expect(engine.use((worker) => worker.query('select 1'))).rejects.toThrow('SQL engine is closed');
  });
});

it('a worker whose thread has ended answers with an error, and does not keep anyone waiting', async () => {
  const worker = new EngineWorker();
  await worker.terminate();
  await expect(worker.query('select 1')).rejects.toThrow('the SQL engine has stopped');
});

describe('files', () => {
  it('go into the cache folder that the environment names', () => {
    expect(cacheFolder({ UNDROP_CACHE_DIR: '/a', XDG_CACHE_HOME: '/b' })).toBe('/a');
    expect(cacheFolder({ XDG_CACHE_HOME: '/b' })).toBe(path.join('/b', 'undrop'));
    expect(cacheFolder({})).toMatch(/[\\/]\.cache[\\/]undrop$/);
  });

  it('of the worker that are not built are told with the remedy', () => {
    expect(() => findWorkerFile(path.join(tmpdir(), 'nowhere', 'simulator', 'sql'))).toThrow(
      /SQL engine is not built \[file=.*pglite-worker\.mjs\]: run `npm run build` first/,
    );
  });
});
