import { itemSize, type AttributeValue, type Item } from '../attribute-values';
import { changesBetween, itemsAsOf, type Change } from '../history';
import type { ExportFormat, ExportRecord, ExportView } from './export-record';
import { ionDecimal, ionStruct } from './ion';

/** One line of a data file, made when it is written, and the place of its item in the hashed key space. */
export interface ExportLine {
  hash: string;
  text: () => string;
  /** Size of the item by DynamoDB's rules. */
  bytes: () => number;
}

/** Binary as base64 everywhere inside, the rest as it is: DynamoDB JSON. */
function jsonValue(value: AttributeValue): unknown {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  if (value.B !== undefined) return { B: base64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(base64) };
  if (value.L !== undefined) return { L: value.L.map(jsonValue) };
  return value.M === undefined ? value : { M: jsonItem(value.M) };
}

function jsonItem(item: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, jsonValue(value)]));
}

function itemLine(item: Item, format: ExportFormat): string {
  return format === 'ION' ? `$ion_1_0 {Item:${ionStruct(item)}}` : JSON.stringify({ Item: jsonItem(item) });
}

function changeLine(change: Change, view: ExportView, format: ExportFormat): string {
  const old = view === 'NEW_AND_OLD_IMAGES' ? change.oldImage : undefined;
  const written = String(change.writtenMicros);
  if (format === 'ION') {
    const images = [
      ...(old === undefined ? [] : [`OldImage:${ionStruct(old)}`]),
      ...(change.newImage === undefined ? [] : [`NewImage:${ionStruct(change.newImage)}`]),
    ];
    const metadata = `Metadata:{WriteTimestampMicros:${ionDecimal(written)}}`;
    return `$ion_1_0 {Record:{${[`Keys:${ionStruct(change.key)}`, metadata, ...images].join(',')}}}`;
  }
  return JSON.stringify({
    Metadata: { WriteTimestampMicros: { N: written } },
    Keys: jsonItem(change.key),
    ...(old === undefined ? {} : { OldImage: jsonItem(old) }),
    ...(change.newImage === undefined ? {} : { NewImage: jsonItem(change.newImage) }),
  });
}

/**
 * Everything an export will write, taken from the table's history; a delete is a change without a NewImage
 * (S3DataExport.Output).
 */
export function exportLines({ table, scope, input }: Omit<ExportRecord, 'ended'>): ExportLine[] {
  const format = input.ExportFormat ?? 'DYNAMODB_JSON';
  if (scope.kind === 'full') {
    return itemsAsOf(table, scope.time).map(({ hash, item }) => ({
      hash,
      text: () => itemLine(item, format),
      bytes: () => itemSize(item),
    }));
  }
  return changesBetween(table, scope.from, scope.to).map((change) => ({
    hash: change.hash,
    text: () => changeLine(change, scope.view, format),
    bytes: () => itemSize(change.newImage ?? change.oldImage ?? change.key),
  }));
}
