import type { Command } from 'commander';
import { lazy } from '../lazy';
import type { RunAction } from './operation';

const help = `
Examples:
  undrop doctor
  undrop doctor --bucket exports -o json

Looks at Temporal (address, TLS, namespace, search attributes), at the workers on the task queue and, with the eyes of
a worker, at AWS: who it is there, its region and clock, which reads are allowed. Nothing is changed. The exit code is
0 when nothing is wrong, else that of the first thing that is: 4 for permissions, 1 when there is no worker …`;

/** Fills in `undrop doctor`. */
export function describeDoctor(doctor: Command, run: RunAction): void {
  doctor
    .description('Look at everything that a run needs, and say how to mend what is wrong')
    .option('--bucket <name>', 'bucket of exports, to see whether the worker may read it')
    .addHelpText('after', help)
    .action((flags: { bucket?: string }) =>
      run(doctor, (session) => lazy.doctorAction().doctorAction(session, flags)),
    );
}
