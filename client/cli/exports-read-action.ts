import { exportArnSchema } from '../../domain/look-ups/exports';
import { plainLine } from '../exports/plain-items';
import { readExport, type ReadExportSummary } from '../exports/read-export';
import { exitCodes } from './exit-codes';
import type { Io, Output } from './io';
import type { Session } from './session';
import { UsageError } from './usage-error';

export interface ReadFlags {
  limit?: string;
  plain?: boolean;
}

/** `undrop exports read`: the items of an export on stdout, a line of JSON each, whatever --output says. */
export async function exportsReadAction(
  { io }: Session,
  exportArn: string,
  { limit: limitText, plain }: ReadFlags,
): Promise<number> {
  const limit = limitText === undefined ? undefined : Number(limitText);
  const arn = exportArnSchema.safeParse(exportArn);
  const problems = [
    ...(arn.success ? [] : [`<arn>: ${arn.error.issues[0]!.message}`]),
    ...(limit === undefined || (Number.isSafeInteger(limit) && limit > 0)
      ? []
      : [`--limit: must be a whole number above zero, not "${limitText}"`]),
  ];
  if (problems.length > 0) throw new UsageError('the export was not read', problems);
  const endpointUrl = io.env.AWS_ENDPOINT_URL_S3 ?? io.env.AWS_ENDPOINT_URL;
  const lines = readExport({
    exportArn,
    ...(limit !== undefined && { limit }),
    ...(endpointUrl !== undefined && { endpointUrl }),
  });
  for (;;) {
    const next = await lines.next();
    if (next.done) return told(io, next.value);
    const text = plain
      ? JSON.stringify(plainLine(JSON.parse(next.value) as Record<string, unknown>))
      : next.value;
    await written(io.stdout, `${text}\n`);
  }
}

function told(io: Io, { items, itemCount, provedFiles, files }: ReadExportSummary): number {
  const all = items === itemCount && provedFiles === files;
  io.stderr.write(
    all
      ? `read ${items} items of ${files} data files; every MD5 is right\n`
      : `read ${items} of ${itemCount} items; the MD5 of ${provedFiles} of ${files} data files was proved, the rest was not read\n`,
  );
  return exitCodes.done;
}

/** Writes, and waits while the reader at the other end is slower than S3. */
async function written(output: Output, text: string): Promise<void> {
  const isFull = output.write(text) === false;
  const { once } = output as { once?: (event: 'drain', listener: () => void) => unknown };
  if (isFull && once) await new Promise<void>((resolve) => void once.call(output, 'drain', resolve));
}
