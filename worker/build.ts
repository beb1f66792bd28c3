import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Build {
  /** Of package.json. */
  version: string;
  /** Version and a hash of everything that the worker runs: `0.1.0-3f2a9c1b7d04`. The same sources give the same id. */
  buildId: string;
}

/** What `npm run build` wrote down about itself (dev/build.mjs). */
export function thisBuild(): Build {
  const file = ['..', '../dist']
    .map((folder) => path.join(__dirname, folder, 'build.json'))
    .find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error('there is no build: run `npm run build` first');
  return JSON.parse(readFileSync(file, 'utf8')) as Build;
}
