import type { SwaggerTransform, SwaggerTransformObject } from '@fastify/swagger';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Role } from './roles';
import { addExamples, type Paths } from './openapi-examples';
import { base } from './run-links';
import { named } from './schemas';

const description = `Start, follow and cancel runs of Undrop. Inputs are those of the CLI; errors are problem documents
(RFC 9457) with a type of the failure table and a remedy. Times are ISO 8601 in UTC. A workflow id with slashes is one
segment of a path: send them as %2F.`;

/** Head of the OpenAPI 3.1 document. */
export const openApiHead = {
  openapi: '3.1.0',
  info: {
    title: 'Undrop',
    version: 'v1',
    description,
    license: { name: 'Apache License 2.0', identifier: 'Apache-2.0' },
  },
  tags: [
    { name: 'operations', description: 'Start runs' },
    { name: 'plans', description: 'What a run would find and do; nothing is started' },
    { name: 'runs', description: 'Runs that were started, from wherever' },
    { name: 'schedules', description: 'Operations at times that come again' },
    { name: 'look-ups', description: 'Short questions to AWS, answered by the worker' },
  ],
  components: {
    securitySchemes: {
      bearer: {
        type: 'http',
        scheme: 'bearer',
        description: 'A token of the API, or a JWT of the identity provider',
      },
    },
  },
} as const;

/** The names are in a registry of our own, in which the library then looks for the descriptions too: in vain. */
const zodToJsonConfig = {
  override({
    zodSchema,
    jsonSchema,
  }: {
    zodSchema: z.core.$ZodType;
    jsonSchema: z.core.JSONSchema.BaseSchema;
  }) {
    const { description } = z.globalRegistry.get(zodSchema) ?? {};
    if (description !== undefined) jsonSchema.description = description;
    // The limits of whole numbers in JavaScript say nothing to a reader.
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    // Answers may get more members; inputs may not have others, and say so themselves (z.strictObject).
    if (zodSchema instanceof z.ZodObject && zodSchema.def.catchall === undefined) {
      delete jsonSchema.additionalProperties;
    }
  },
};
const transformZod = createJsonSchemaTransform({ schemaRegistry: named, zodToJsonConfig });
const nameSchemas = createJsonSchemaTransformObject({ schemaRegistry: named, zodToJsonConfig });

const parts = ['querystring', 'params'] as const;

/** A route of ours: zod schemas become JSON Schema, those of look-ups are JSON Schema already; its role is told. */
export const transform: SwaggerTransform = (document) => {
  const { schema, route } = document;
  if (schema === undefined) return transformZod(document);
  const response = { ...(schema.response as Record<string, unknown> | undefined) };
  const ready: Record<string, unknown> = {};
  const readyResponse: Record<string, unknown> = {};
  const rest: Record<string, unknown> = { ...schema };
  for (const part of parts) {
    if (rest[part] === undefined || rest[part] instanceof z.ZodType) continue;
    ready[part] = rest[part];
    delete rest[part];
  }
  for (const [code, answer] of Object.entries(response)) {
    if ('content' in (answer as object)) continue;
    readyResponse[code] = answer;
    delete response[code];
  }
  const done = transformZod({ ...document, schema: { ...rest, response } } as typeof document);
  const role: Role | undefined = route.config?.role;
  const secured = role && {
    security: [{ bearer: [] }],
    description: `Role: ${role}.`,
    'x-undrop-role': role,
  };
  const all = { ...(done.schema as { response?: object }).response, ...readyResponse };
  return {
    url: done.url,
    schema: { ...(done.schema as object), ...ready, ...secured, response: all },
  } as ReturnType<SwaggerTransform>;
};

/** The whole document: schemas with a name stand once under components, and only those that something refers to. */
export const transformObject: SwaggerTransformObject = (document) => {
  const whole = nameSchemas(document as never) as unknown as {
    paths: Paths;
    components: { schemas: Record<string, unknown> };
  };
  // The plugin takes every body for required; these are not.
  for (const path of [
    'runs/{id}/cancel',
    'runs/{id}/retry',
    ...['pause', 'resume', 'trigger'].map((one) => `schedules/{id}/${one}`),
  ]) {
    const body = whole.paths[`${base}/${path}`]?.post?.requestBody;
    if (body) body.required = false;
  }
  addExamples(whole.paths);
  nameHeaders(whole.paths);
  const all = whole.components.schemas;
  whole.components.schemas = Object.fromEntries(
    [...referredFrom(whole.paths, all)].sort().map((name) => [name, all[name]]),
  );
  return whole as never;
};

/** Fastify knows headers in lower case only; people write them otherwise. */
function nameHeaders(paths: Paths): void {
  const parameters = Object.values(paths).flatMap((methods) =>
    Object.values(methods).flatMap((operation) => operation.parameters ?? []),
  );
  for (const parameter of parameters) {
    if (parameter.in === 'header') {
      parameter.name = parameter.name.replace(
        /(^|-)([a-z])/g,
        (_all, dash, letter: string) => dash + letter.toUpperCase(),
      );
    }
  }
}

/** Names of the schemas that something refers to, from the paths or from a schema that is referred to itself. */
function referredFrom(
  part: unknown,
  schemas: Record<string, unknown>,
  found = new Set<string>(),
): Set<string> {
  for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    if (found.has(name!)) continue;
    found.add(name!);
    referredFrom(schemas[name!], schemas, found);
  }
  return found;
}
