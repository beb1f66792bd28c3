import type { OperationName } from '../../domain/operations';
import type { Parsed } from '../run';
import type { Looks, Manner } from './looks';
import { looksOfNotify } from './of-notify';
import { looksOfExport } from './of-export';
import { looksOfRestore } from './of-restore';
import { looksOfCopy, looksOfKeeping } from './of-source';
import { looksOfQuery, looksOfReading } from './of-table';

type Looker<O extends OperationName> = (input: Parsed<O>, manner: Manner) => Promise<Looks[]>;

const lookers: { [O in OperationName]: Looker<O> } = {
  copySnapshot: async (input, manner) => [await looksOfCopy(input, manner)],
  keepRecoveryPoint: async (input, manner) => [await looksOfKeeping(input, manner)],
  restoreTable: async (input, manner) => [await looksOfRestore(input, manner)],
  verifyTable: async (input) => [await looksOfReading('proof of the table', input)],
  recordExpectation: async (input) => [await looksOfReading('record of the table', input)],
  runQuery: async (input) => [await looksOfQuery(input)],
  exportTable: async (input, manner) => [await looksOfExport(input, manner)],
  recoverTable: (input, manner) => {
    const { export: exported } = input;
    const exports = exported && !exported.skipPreflight ? [looksOfExport(exported, manner)] : [];
    return Promise.all([looksOfRestore(input, manner), ...exports]);
  },
};

/** Everything that can be known before an operation changes anything: reads only, side by side. */
export async function lookBefore<O extends OperationName>(
  operation: O,
  input: Parsed<O>,
  manner: Manner,
): Promise<Looks[]> {
  const { notify } = input;
  const [looks, ...ofNotify] = await Promise.all([
    (lookers[operation] as Looker<O>)(input, manner),
    ...(notify ? [looksOfNotify(notify)] : []),
  ]);
  return [...looks, ...ofNotify];
}
