import { type Field, paginateGetStatementResult } from '@aws-sdk/client-redshift-data';
import { callAws, requireAnswer } from '../call';
import type { AwsClients } from '../clients';

export interface GetStatementResultInput {
  id: string;
  /** More rows than this are not brought into the Event History; `truncated` says that there were more. */
  maxRows: number;
}

/** One value: null, or what the Data API's union held; blobs as base64. */
export type ResultValue = string | number | boolean | null;

export interface StatementResult {
  columns: { name: string; typeName: string }[];
  rows: ResultValue[][];
  totalRows: number;
  truncated: boolean;
}

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
    for await (const page of paginateGetStatementResult({ client: redshiftData }, { Id: input.id })) {
      requireAnswer(call, page);
      result.columns = (page.ColumnMetadata ?? []).map((c) => ({
        name: c.name ?? '',
        typeName: c.typeName ?? '',
      }));
      const records = page.Records ?? [];
      result.totalRows = Math.max(page.TotalNumRows ?? 0, result.rows.length + records.length);
      for (const record of records) {
        if (result.rows.length >= input.maxRows) return { ...result, truncated: true };
        result.rows.push(record.map(resultValue));
      }
    }
    return result;
  });
}

/** A field is a union with exactly one member set. */
export function resultValue(field: Field): ResultValue {
  if (field.isNull) return null;
  return (
    field.stringValue ??
    field.longValue ??
    field.doubleValue ??
    field.booleanValue ??
    (field.blobValue ? Buffer.from(field.blobValue).toString('base64') : null)
  );
}
