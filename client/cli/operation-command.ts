import type { OperationName } from '../../domain/operations';
import type { Flag } from './flags';

/** An operation as the CLI shows it: plain data, so that `--help` need not load the schemas. */
export interface OperationCommand {
  operation: OperationName;
  /** `restore-table`, as the operations' registry has it. */
  command: string;
  summary: string;
  /** What a person should know before starting it. */
  description: string;
  flags: Flag[];
  /** A worked example for the help, one command. */
  example: string;
}
