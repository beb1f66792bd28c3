import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Keeps the figures of a benchmark as JSON under bench/results, beside the sources whatever this was compiled to. */
export function writeResults(name: string, results: object): string {
  const root = path.resolve(__dirname, '..', path.basename(path.dirname(__dirname)) === 'dist' ? '..' : '.');
  const file = path.join(root, 'bench', 'results', `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  return file;
}
