import { type Field, paginateGetStatementResult } from '@aws-sdk/client-redshift-data';
import type {
  ResultCell as ResultValue,
  StatementRows as StatementResult,
} from '../../domain/look-ups/statements';
import { failureOf } from '../aws-failure';
import { callAws, requireAnswer } from '../call';
import type { AwsClients } from '../clients';

export interface GetStatementResultInput {
  id: string;
  /** More rows than this are not brought into the Event History; `truncated` says that there were more. */
  maxRows: number;
  /** Nor more than so many bytes of JSON; a megabyte when absent. */
  maxBytes?: number;
}

export type {
  ResultCell as ResultValue,
  StatementRows as StatementResult,
} from '../../domain/look-ups/statements';

const megabyte = 1_000_000;

/**
 * The result of a finished statement, page by page.
 * @throws ResultExpired after 24 hours, StatementNotFound, AccessDenied …
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_GetStatementResult.html
 */
export async function getStatementResult(
  { redshiftData }: Pick<AwsClients, 'redshiftData'>,
  input: GetStatementResultInput,
): Promise<StatementResult> {
  const call = {
    service: 'redshift-data',
    operation: 'GetStatementResult',
    what: 'reading the result',
    handles: { statement: input.id },
  } as const;
  return callAws(call, async () => {
    const result: StatementResult = { columns: [], rows: [], totalRows: 0, truncated: false };
    let room = input.maxBytes ?? megabyte;
    for await (const page of paginateGetStatementResult({ client: redshiftData }, { Id: input.id })) {
      requireAnswer(call, page);
      result.columns = (page.ColumnMetadata ?? []).map((c) => ({
        name: c.name ?? '',
        typeName: c.typeName ?? '',
      }));
      const records = page.Records ?? [];
      result.totalRows = Math.max(page.TotalNumRows ?? 0, result.rows.length + records.length);
      for (const record of records) {
        const row = record.map(resultValue);
        room -= Buffer.byteLength(JSON.stringify(row)) + 1;
        if (result.rows.length >= input.maxRows || room < 0) return { ...result, truncated: true };
        if (record.some(isRounded)) result.rounded = true;
        result.rows.push(row);
      }
    }
    return result;
  });
}

/**
 * A field is a union with exactly one member set.
 * @throws AwsError for a kind of value that this version does not know: it must not pass for a null.
 */
export function resultValue(field: Field): ResultValue {
  if (field.isNull) return null;
  if (field.$unknown) {
    const why = `AWS gave a value of a kind that is not known: ${field.$unknown[0]}`;
    throw failureOf('AwsError', { what: 'reading the result', handles: {} }, why);
  }
  return (
    field.stringValue ??
    field.longValue ??
    // JSON has no NaN and no infinity.
    (Number.isFinite(field.doubleValue) ? field.doubleValue : field.doubleValue?.toString()) ??
    field.booleanValue ??
    (field.blobValue ? Buffer.from(field.blobValue).toString('base64') : null)
  );
}

const isRounded = ({ longValue }: Field) => longValue !== undefined && !Number.isSafeInteger(longValue);
