/** A value as DynamoDB types it: `{"S":"x"}`, `{"N":"1"}`, `{"M":{…}}` … */
type Typed = Record<string, unknown>;

/**
 * One line of an export without DynamoDB's types: the item of a full export, keys, images and time of an incremental
 * one. Numbers that JSON's readers would round stay text; binary stays base64; sets become lists.
 */
export function plainLine(line: Record<string, unknown>): unknown {
  if ('Item' in line) return plainItem(line.Item);
  return Object.fromEntries(Object.entries(line).map(([member, value]) => [member, plainItem(value)]));
}

const plainItem = (item: unknown): unknown =>
  Object.fromEntries(
    Object.entries((item ?? {}) as Typed).map(([name, value]) => [name, plainValue(value as Typed)]),
  );

function plainValue(typed: Typed): unknown {
  const [[type, value] = ['', undefined]] = Object.entries(typed);
  switch (type) {
    case 'N':
      return number(String(value));
    case 'NS':
      return (value as string[]).map(number);
    case 'M':
      return plainItem(value);
    case 'L':
      return (value as Typed[]).map(plainValue);
    case 'NULL':
      return null;
    case 'S':
    case 'B':
    case 'BOOL':
    case 'SS':
    case 'BS':
      return value;
    default:
      return typed;
  }
}

/** DynamoDB has 38 digits, JSON's usual readers 15 to 17. */
function number(text: string): number | string {
  const value = Number(text);
  const digits = text
    .replace(/[eE].*$/, '')
    .replace(/[-+.]/g, '')
    .replace(/^0+/, '');
  return digits.length <= 15 && Number.isFinite(value) ? value : text;
}
