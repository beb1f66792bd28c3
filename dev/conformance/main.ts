import os from 'node:os';
import path from 'node:path';
import { preparePython } from './python';

/**
 * Prints how to run the Python of the conformance test as one JSON line (`PreparedPython`); what takes long is told on
 * standard error. A program of its own because a test file must know at once whether it can run.
 *
 *     node dist/dev/conformance/main.js <requirements.txt>
 */
async function main(): Promise<void> {
  const [requirementsPath = ''] = process.argv.slice(2);
  const prepared = await preparePython({
    requirementsPath: path.resolve(requirementsPath),
    env: process.env,
    home: os.homedir(),
    onProgress: (line) => process.stderr.write(`conformance with boto3: ${line}\n`),
  });
  process.stdout.write(`${JSON.stringify(prepared)}\n`);
}

void main();
