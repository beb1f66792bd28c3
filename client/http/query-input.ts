import { z } from 'zod';
import type { Problem } from '../../domain/validation';

/** As much of JSON Schema as the inputs of look-ups use. */
interface Json {
  type?: string;
  properties?: Record<string, Json>;
  required?: string[];
  anyOf?: Json[];
  items?: Json;
  [keyword: string]: unknown;
}

/** A value of an input, by its dotted path: `warehouse.clusterIdentifier`. */
export interface QueryParameter {
  name: string;
  required: boolean;
  schema: Json;
}

/** The query parameters that make up an input: one for each value in it, named by its path. */
export function queryParametersOf(schema: z.ZodType): QueryParameter[] {
  return valuesOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json, '', true);
}

function valuesOf(schema: Json, name: string, required: boolean): QueryParameter[] {
  if (schema.properties) {
    return Object.entries(schema.properties).flatMap(([key, child]) =>
      valuesOf(
        child,
        name === '' ? key : `${name}.${key}`,
        required && (schema.required ?? []).includes(key),
      ),
    );
  }
  // Of several shapes each may be given by its own parameters; which ones fit together is for the schema to say.
  if (schema.anyOf?.some((shape) => shape.properties)) {
    const all = schema.anyOf.flatMap((shape) => valuesOf(shape, name, false));
    return [...new Map(all.map((one) => [one.name, one])).values()];
  }
  const { $schema: _, ...rest } = schema;
  return [{ name, required, schema: rest }];
}

/** The input that a query string is, and the parameters in it that are none of this input. */
export function inputFromQuery(
  parameters: readonly QueryParameter[],
  query: Record<string, string | string[]>,
): { input: Record<string, unknown>; problems: Problem[] } {
  const input: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [name, text] of Object.entries(query)) {
    const parameter = parameters.find((one) => one.name === name);
    if (parameter) put(input, name.split('.'), valueOf(text, parameter.schema));
    else problems.push({ field: name, problem: 'is not a parameter of this route' });
  }
  return { input, problems };
}

/** Only paths of the schema come here: no key is the caller's own. */
function put(at: Record<string, unknown>, [key, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) at[key!] = value;
  else put((at[key!] ??= {}) as Record<string, unknown>, rest, value);
}

/** A text that is no number or truth value where one is due stays a text, which the schema then refuses in its words. */
function valueOf(text: string | string[], schema: Json): unknown {
  if (schema.type === 'array') return [text].flat().map((one) => valueOf(one, schema.items ?? {}));
  if (Array.isArray(text)) return text;
  if (schema.type === 'integer' || schema.type === 'number')
    return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (schema.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}
