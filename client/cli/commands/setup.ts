import type { Command } from 'commander';
import { exitCodes } from '../exit-codes';
import { printData } from '../output';
import { withOperations, type Session } from '../session';
import type { RunAction } from './operation';

const help = `
Example:
  undrop setup --address temporal.example:7233 --namespace data

May be repeated at any time. Where this identity may not change the namespace, and on Temporal Cloud, it says the
command for somebody who may. A dev server of Undrop's own (npm run temporal, npm run demo) needs none of this.`;

/** Fills in `undrop setup`. */
export function describeSetup(setup: Command, run: RunAction): void {
  setup
    .description(
      'Prepare the Temporal namespace, once: register the search attributes by which runs are found. Needs no worker',
    )
    .addHelpText('after', help)
    .action(() => run(setup, setupAction));
}

async function setupAction(session: Session): Promise<number> {
  const { io, options } = session;
  const result = await withOperations(session, (operations) => operations.setUp());
  const { address, namespace, registered, present } = result;
  const width = Math.max(...[...registered, ...present].map((name) => name.length));
  printData(io.stdout, options.output, result, () => [
    `Temporal namespace ${namespace} at ${address}`,
    ...registered.map((name) => `✔ ${name.padEnd(width)}  registered now`),
    ...present.map((name) => `✔ ${name.padEnd(width)}  was there`),
  ]);
  if (options.output === 'text') {
    io.stderr.write(
      registered.length > 0
        ? 'the namespace is ready for workers\n'
        : 'nothing was to be done: the namespace is ready for workers\n',
    );
  }
  return exitCodes.done;
}
