import type { LookUpInput } from '../../domain/look-ups';
import type { Problem } from '../../domain/validation';
import type { TableFormat } from './common-options';
import { exitCodes } from './exit-codes';
import { flagProblemText, inputFromFlags, nameFlags, type FlagValues } from './flags';
import { wantsColours } from './io';
import type { LookUpCommand } from './look-up-command';
import { printData } from './output';
import { painter } from './painter';
import { withOperations, type Session } from './session';
import { csvText, tableLines } from './table';
import { UsageError } from './usage-error';

/** Asks the worker, and prints what it answered. */
export async function lookUpAction(
  group: string,
  command: LookUpCommand,
  session: Session,
  values: FlagValues,
): Promise<number> {
  const { io } = session;
  const output = session.options.output as TableFormat;
  const flags = [...(command.argument ? [command.argument] : []), ...command.flags];
  const { input, problems } = inputFromFlags(flags, values);
  const refused = (lines: string[]) => new UsageError(`${group} ${command.name} was not asked`, lines);
  if (problems.length > 0) throw refused(problems.map(flagProblemText));
  const result = await withOperations(session, async (operations) => {
    try {
      return await operations.lookUp(command.kind, input as LookUpInput);
    } catch (error) {
      const told = (error as { problems?: readonly Problem[] }).problems;
      throw told ? refused(nameFlags(flags, [], told).map(flagProblemText)) : error;
    }
  });
  const { tables, notes = [] } = command.view(result);
  if (output === 'csv') io.stdout.write(csvText(tables[0]!));
  else
    printData(io.stdout, output, result, () =>
      tables.flatMap((table, index) => [
        ...(index > 0 ? [''] : []),
        ...tableLines(table, painter(wantsColours(io, io.stdout))),
      ]),
    );
  if (output === 'text') for (const note of notes) io.stderr.write(`${note}\n`);
  return exitCodes.done;
}
