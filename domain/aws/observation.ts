import type { FailureType } from '../failures';
import type { Progress } from '../run-state';

/** One look at an operation on AWS, translated once: AWS's words do not travel further than this. */
export type Observation =
  | { kind: 'pending'; status: string; progress?: Omit<Progress, 'looks'> }
  | { kind: 'succeeded'; status: string }
  | { kind: 'failed'; status: string; failure: FailureType; message: string };

/** A state that is not in AWS's documentation is a loud failure, never "still pending". */
export function unknownStatus(what: string, status: string | undefined): Observation {
  return {
    kind: 'failed',
    status: status ?? '',
    failure: 'UnknownStatus',
    message: `AWS gave the ${what} a state that is not known: ${status || '(none)'}`,
  };
}
