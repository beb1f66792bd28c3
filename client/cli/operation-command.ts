import type { Flag } from './flags';

/** What the CLI knows of an operation besides its name: plain data, so that its help need not load the schemas. */
export interface OperationCommand {
  /** What a person should know before starting it. */
  description: string;
  flags: Flag[];
  /** Fields that only a file can give (-f): lists of objects, and what goes with them. */
  fileOnly?: string[];
  /** A worked example for the help, one command. */
  example: string;
}
