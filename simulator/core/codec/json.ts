import { MalformedRequest, unknownMembers, wrongType } from './malformed';
import type { Shape, StructureShape } from './service-model';

type JsonObject = Record<string, unknown>;

/**
 * awsJson 1.0 and 1.1: decodes a request body into what handlers take (Date for timestamps, Uint8Array for blobs).
 * Members the model does not know are ignored, as AWS does.
 *
 * @throws MalformedRequest for a missing required member or a value of the wrong type.
 */
export function fromJson(shape: Shape, value: unknown, path = ''): unknown {
  switch (shape.kind) {
    case 'structure':
      return structureFromJson(shape, value, path);
    case 'list':
      if (!Array.isArray(value)) throw wrongType(path, 'a list');
      return value.map((item, index) => fromJson(shape.item, item, `${path}.${index + 1}`));
    case 'map':
      return Object.fromEntries(
        Object.entries(requireObject(value, path))
          .filter(([, item]) => item !== null)
          .map(([key, item]) => [key, fromJson(shape.value, item, `${path}.${key}`)]),
      );
    case 'string':
      if (typeof value !== 'string') throw wrongType(path, 'a string');
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongType(path, 'a boolean');
      return value;
    case 'number':
      if (typeof value !== 'number') throw wrongType(path, 'a number');
      return value;
    case 'blob':
      if (typeof value !== 'string') throw wrongType(path, 'a base64 string');
      return new Uint8Array(Buffer.from(value, 'base64'));
    case 'timestamp':
      return timestampFromJson(value, path);
    default:
      return value;
  }
}

function structureFromJson(shape: StructureShape, value: unknown, path: string): JsonObject {
  const source = requireObject(value, path);
  const result: JsonObject = {};
  for (const member of shape.members) {
    const given = source[member.jsonName];
    const memberPath = path === '' ? member.name : `${path}.${member.name}`;
    if (given !== undefined && given !== null) {
      result[member.name] = fromJson(member.shape, given, memberPath);
    } else if (member.required) {
      throw new MalformedRequest('missing', memberPath, `${memberPath} is missing`);
    }
  }
  return result;
}

function timestampFromJson(value: unknown, path: string): Date {
  const date =
    typeof value === 'number'
      ? new Date(value * 1000)
      : typeof value === 'string'
        ? new Date(value)
        : new Date(NaN);
  if (Number.isNaN(date.getTime())) throw wrongType(path, 'a timestamp');
  return date;
}

function requireObject(value: unknown, path: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrongType(path, 'a structure');
  return value as JsonObject;
}

/** The reply of a handler as the JSON value to send; undefined members are left out. */
export function toJson(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'structure': {
      const source = value as JsonObject;
      unknownMembers(shape.name, source, shape.members);
      const result: JsonObject = {};
      for (const member of shape.members) {
        const given = source[member.name];
        if (given !== undefined && given !== null) result[member.jsonName] = toJson(member.shape, given);
      }
      return result;
    }
    case 'list':
      return (value as unknown[]).map((item) => toJson(shape.item, item));
    case 'map':
      return Object.fromEntries(
        Object.entries(value as JsonObject).map(([key, item]) => [key, toJson(shape.value, item)]),
      );
    case 'timestamp': {
      const date = value as Date;
      // A wrong form is fatal in the JavaScript SDK, which throws on a 200: default is epoch seconds, not a string.
      if (shape.format === 'date-time') return date.toISOString();
      if (shape.format === 'http-date') return date.toUTCString();
      return date.getTime() / 1000;
    }
    case 'blob':
      return Buffer.from(value as Uint8Array).toString('base64');
    case 'unit':
      return {};
    case 'number':
      // NaN and the infinities travel as text: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
      return Number.isFinite(value) ? value : String(value);
    default:
      return value;
  }
}
