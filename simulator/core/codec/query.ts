import { MalformedRequest, wrongType } from './malformed';
import type { ListShape, MapShape, Shape, StructureShape } from './service-model';

/**
 * awsQuery: decodes `Name=value&List.Member.1=value` into what handlers take.
 *
 * @throws MalformedRequest for a missing required parameter or a value of the wrong type.
 */
export function fromQuery(shape: Shape, parameters: URLSearchParams): Record<string, unknown> {
  if (shape.kind !== 'structure') return {};
  return structureFromQuery(shape, parameters, '') ?? {};
}

function fromParameters(shape: Shape, parameters: URLSearchParams, name: string): unknown {
  if (shape.kind === 'structure') {
    const present = [...parameters.keys()].some((key) => key.startsWith(`${name}.`));
    return present ? structureFromQuery(shape, parameters, `${name}.`) : undefined;
  }
  if (shape.kind === 'list') return listFromQuery(shape, parameters, name);
  if (shape.kind === 'map') return mapFromQuery(shape, parameters, name);
  const text = parameters.get(name);
  return text === null ? undefined : scalarFromText(shape, text, name);
}

function structureFromQuery(
  shape: StructureShape,
  parameters: URLSearchParams,
  prefix: string,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const member of shape.members) {
    const name = `${prefix}${member.xmlName}`;
    const value = fromParameters(member.shape, parameters, name);
    if (value !== undefined) result[member.name] = value;
    else if (member.required) throw new MalformedRequest('missing', name, `${name} is missing`);
  }
  return result;
}

/** `TagKeys.TagKey.1`; clients that always say `member` are understood too. An empty list is `TagKeys=`. */
function listFromQuery(shape: ListShape, parameters: URLSearchParams, name: string): unknown[] | undefined {
  const items: unknown[] = [];
  for (let index = 1; ; index += 1) {
    const item = [shape.itemName, 'member']
      .map((tag) => fromParameters(shape.item, parameters, `${name}.${tag}.${index}`))
      .find((value) => value !== undefined);
    if (item === undefined) break;
    items.push(item);
  }
  return items.length > 0 || parameters.has(name) ? items : undefined;
}

/** `MessageAttributes.entry.1.Name=…&MessageAttributes.entry.1.Value.DataType=…` */
function mapFromQuery(
  { keyName, valueName, value: shape }: MapShape,
  parameters: URLSearchParams,
  name: string,
): Record<string, unknown> | undefined {
  const entries: [string, unknown][] = [];
  for (let index = 1; ; index += 1) {
    const entry = `${name}.entry.${index}`;
    const key = parameters.get(`${entry}.${keyName}`);
    if (key === null) break;
    const value = fromParameters(shape, parameters, `${entry}.${valueName}`);
    if (value === undefined) {
      throw new MalformedRequest('missing', `${entry}.${valueName}`, `${entry}.${valueName} is missing`);
    }
    entries.push([key, value]);
  }
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function scalarFromText(shape: Shape, text: string, name: string): unknown {
  switch (shape.kind) {
    case 'boolean':
      if (text !== 'true' && text !== 'false') throw wrongType(name, 'true or false');
      return text === 'true';
    case 'number': {
      const value = Number(text);
      if (text.trim() === '' || !Number.isFinite(value)) throw wrongType(name, 'a number');
      return value;
    }
    case 'timestamp': {
      const date = new Date(text);
      if (Number.isNaN(date.getTime())) throw wrongType(name, 'a timestamp');
      return date;
    }
    case 'blob':
      return new Uint8Array(Buffer.from(text, 'base64'));
    default:
      return text;
  }
}
