import type { LookUpKind, LookUpResult } from '../../domain/look-ups';
import type { Flag } from './flags';
import type { Table } from './table';

/** What a look-up shows. */
export interface LookUpView {
  /** Tables, one below the other; the first is what CSV has. */
  tables: Table[];
  /** Said on stderr. */
  notes?: string[];
}

/** A command that looks something up: plain data and plain functions, so that its help loads nothing. */
export interface LookUpCommand<K extends LookUpKind = LookUpKind> {
  kind: K;
  /** `list`, `describe` … below its group. */
  name: string;
  description: string;
  /** One argument without a flag; its name is written as a flag's is: `<table>`. */
  argument?: Flag;
  flags: Flag[];
  example: string;
  view(result: LookUpResult<K>): LookUpView;
}

/** For lists of commands of several kinds. */
export const lookUpCommand = <K extends LookUpKind>(command: LookUpCommand<K>): LookUpCommand =>
  command as unknown as LookUpCommand;
