import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { transformFileSync } from '@swc/core';

const root = path.resolve(__dirname, '..', '..');

/** Compiles sources (paths from the checkout's root) into a folder, so that plain `node` can run them in a child process. */
export function compileModules(files: readonly string[], folder: string): void {
  for (const file of files) {
    const { code } = transformFileSync(path.join(root, file), {
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs' },
    });
    const target = path.join(folder, file.replace(/\.ts$/, '.js'));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
}
