import { parseDecimal, type AttributeValue, type Item } from '../attribute-values';

const keywords = new Set(['null', 'true', 'false', 'nan']);

/** A field name: bare where Ion allows it, else in single quotes. */
function symbol(name: string): string {
  if (/^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) && !/^\$\d+$/.test(name) && !keywords.has(name)) return name;
  return `'${JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/**
 * A decimal as AWS's Ion writer prints it: `103.`, `6d2` for 600, `1.5`, `0.05`, and `1d-9` for what would need many
 * zeros (S3DataExport.Output, Amazon Ion text format).
 */
export function ionDecimal(text: string): string {
  const { negative, digits, exponent } = parseDecimal(text);
  const sign = negative ? '-' : '';
  if (exponent === 0) return `${sign}${digits}.`;
  if (exponent > 0) return `${sign}${digits}d${exponent}`;
  const point = digits.length + exponent;
  if (point > 0) return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  return point > -6 ? `${sign}0.${'0'.repeat(-point)}${digits}` : `${sign}${digits}d${exponent}`;
}

const blob = (bytes: Uint8Array) => `{{${Buffer.from(bytes).toString('base64')}}}`;

function value(attribute: AttributeValue): string {
  if (attribute.S !== undefined) return JSON.stringify(attribute.S);
  if (attribute.N !== undefined) return ionDecimal(attribute.N);
  if (attribute.B !== undefined) return blob(attribute.B);
  if (attribute.BOOL !== undefined) return String(attribute.BOOL);
  if (attribute.SS !== undefined)
    return `$dynamodb_SS::[${attribute.SS.map((text) => JSON.stringify(text)).join(',')}]`;
  if (attribute.NS !== undefined) return `$dynamodb_NS::[${attribute.NS.map(ionDecimal).join(',')}]`;
  if (attribute.BS !== undefined) return `$dynamodb_BS::[${attribute.BS.map(blob).join(',')}]`;
  if (attribute.L !== undefined) return `[${attribute.L.map(value).join(',')}]`;
  return attribute.M === undefined ? 'null' : ionStruct(attribute.M);
}

export function ionStruct(item: Item): string {
  const fields = Object.entries(item).map(([name, attribute]) => `${symbol(name)}:${value(attribute)}`);
  return `{${fields.join(',')}}`;
}
