import type { SwaggerTransform, SwaggerTransformObject } from '@fastify/swagger';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Role } from './roles';
import { base } from './run-links';
import { named } from './schemas';

const description = `Start, follow and cancel runs of Undrop. Inputs are those of the CLI; errors are problem documents
(RFC 9457) with a type of the failure table and a remedy. Times are ISO 8601 in UTC. A workflow id with slashes is one
segment of a path: send them as %2F.`;

/** Head of the OpenAPI 3.1 document. */
export const openApiHead = {
  openapi: '3.1.0',
  info: { title: 'Undrop', version: 'v1', description },
  tags: [
    { name: 'operations', description: 'Start runs' },
    { name: 'runs', description: 'Runs that were started, from wherever' },
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

const transformZod = createJsonSchemaTransform({ schemaRegistry: named });
const nameSchemas = createJsonSchemaTransformObject({ schemaRegistry: named });

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
    paths: unknown;
    components: { schemas: Record<string, unknown> };
  };
  // The plugin takes every body for required; this one is not.
  const { [`${base}/runs/{id}/cancel`]: cancel } = whole.paths as Record<
    string,
    { post: { requestBody: { required: boolean } } }
  >;
  if (cancel) cancel.post.requestBody.required = false;
  const used = (name: string) => JSON.stringify(whole.paths).includes(`"#/components/schemas/${name}"`);
  whole.components.schemas = Object.fromEntries(
    Object.entries(whole.components.schemas).filter(([name]) => used(name)),
  );
  return whole as never;
};
