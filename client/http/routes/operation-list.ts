import { z } from 'zod';
import { operationNames, operations } from '../../../domain/operations';
import { apiVersion } from '../../run-view';
import type { Routes } from '../api';
import { operationExamples } from '../examples';
import { base } from '../run-links';
import { json, operationListSchema, problems } from '../schemas';
import { roleToStart } from './operations';

/** `GET /v1/operations`: what can be started, with the JSON Schema of its input and examples. */
export const operationListRoute: Routes = (app) => {
  app.get(
    `${base}/operations`,
    {
      config: { role: 'viewer' },
      schema: {
        operationId: 'listOperations',
        summary: 'List what can be started, with the JSON Schema of each input and examples',
        tags: ['operations'],
        response: { 200: json(operationListSchema, 'The operations'), ...problems },
      },
    },
    () => ({
      apiVersion,
      operations: operationNames.map((operation) => {
        const { command, summary, schema } = operations[operation];
        const start = `${base}/${command}`;
        return {
          operation,
          summary,
          role: roleToStart(operation),
          links: { start, plan: `${start}/plan` },
          inputSchema: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
          examples: operationExamples[operation],
        };
      }),
    }),
  );
};
