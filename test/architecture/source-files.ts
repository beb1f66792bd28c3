import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(__dirname, '..', '..');

export const rooms = [
  'activities',
  'bench',
  'client',
  'config',
  'dev',
  'domain',
  'simulator',
  'tracing',
  'worker',
  'workflows',
] as const;

export interface ImportLine {
  /** What is imported, resolved to a path from the root for our own files, else the package or `node:` name. */
  from: string;
  typeOnly: boolean;
}

export interface SourceFile {
  /** From the root, with `/`. */
  path: string;
  room: string;
  text: string;
  imports: ImportLine[];
}

/** All TypeScript sources of the rooms. */
export function sourceFiles(): SourceFile[] {
  return rooms.flatMap((room) =>
    readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.m?ts$/.test(file) && !file.includes('node_modules'))
      .map((file) => path.posix.join(room, file.split(path.sep).join('/')))
      .map((file) => {
        const text = readFileSync(path.join(root, file), 'utf8');
        return { path: file, room, text, imports: importsOf(file, text) };
      }),
  );
}

const importPattern =
  /(?:^|\n)\s*(import|export)(\s+type)?\s*(?:([\w$*{}\s,]*?)\s*from\s*)?['"]([^'"\n]+)['"]/g;
const dynamicPattern = /(?<!typeof )\b(?:import|require(?:\.resolve)?)\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Import and re-export lines, dynamic imports and requires. `import { type A, type B }` counts as type-only. */
export function importsOf(file: string, text: string): ImportLine[] {
  const resolve = (target: string) =>
    target.startsWith('.') ? path.posix.normalize(path.posix.join(path.posix.dirname(file), target)) : target;
  const found: ImportLine[] = [];
  for (const [, , type, clause, target] of text.matchAll(importPattern)) {
    const named = /^\{([\s\S]*)\}$/.exec((clause ?? '').trim());
    const allTypes =
      named !== null &&
      named[1]!
        .split(',')
        .filter((n) => n.trim() !== '')
        .every((n) => n.trim().startsWith('type '));
    found.push({ from: resolve(target!), typeOnly: type !== undefined || allTypes });
  }
  for (const [, target] of text.matchAll(dynamicPattern))
    found.push({ from: resolve(target!), typeOnly: false });
  return found;
}
