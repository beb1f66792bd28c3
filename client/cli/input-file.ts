import { readFile } from 'node:fs/promises';
import type { Io } from './io';
import { lazy } from './lazy';
import { UsageError } from './usage-error';

/**
 * The input in a JSON or YAML file; `-` is standard input.
 * @throws UsageError when it cannot be read or is neither.
 */
export async function readInputFile(path: string, io: Io): Promise<unknown> {
  const name = path === '-' ? 'standard input' : path;
  let text: string;
  try {
    text = path === '-' ? await io.readStdin() : await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `input file cannot be read [file=${name}]: ${code === 'ENOENT' ? 'it is not there' : (code ?? message)}`,
    );
  }
  const document = lazy.yaml().parseDocument(text); // JSON is YAML
  const [problem] = document.errors;
  if (problem)
    throw new UsageError(
      `input file is neither JSON nor YAML [file=${name}]: ${problem.message.split('\n')[0]}`,
    );
  const input: unknown = document.toJS({ maxAliasCount: 100 });
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new UsageError(`input file does not hold one object with fields [file=${name}]`);
  }
  return input;
}
