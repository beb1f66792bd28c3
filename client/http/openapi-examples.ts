import { operationNames } from '../../domain/operations';
import { type Example, operationExamples } from './examples';

/** As much of an OpenAPI document as the examples are put into. */
interface PathOperation {
  operationId?: string;
  parameters?: { name: string; in: string; example?: unknown }[];
  requestBody?: { required?: boolean; content: Record<string, { examples?: Record<string, Example> }> };
}
export type Paths = Record<string, Record<string, PathOperation>>;

type Values = Record<string, string | number>;

const tableArn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/orders';
const cluster = { 'warehouse.clusterIdentifier': 'analytics' };
const run = { id: 'ticket-4711' };
const statement = { id: 'd9b6c0c9-0747-4bf4-b142-e8883122f766' };

/** Values of parameters, by the id of their route: the page at /docs has them filled in. */
const parameterExamples: Record<string, Values> = {
  showRun: run,
  watchRun: run,
  cancelRun: run,
  listExports: { tableArn },
  showExport: { exportArn: `${tableArn}/export/01700000000000-abcdef12` },
  listSources: { ...cluster, asOf: '1h' },
  listDatabases: cluster,
  listSchemas: { ...cluster, database: 'dev' },
  listTables: { ...cluster, database: 'dev', schemaPattern: 'public' },
  describeTable: {
    ...cluster,
    'table.database': 'dev',
    'table.schema': 'public',
    'table.table': 'orders',
  },
  showStatement: statement,
  readStatementResult: statement,
  cancelStatement: statement,
};

/** Bodies, by the id of their route. */
const bodyExamples: Record<string, Record<string, Example>> = {
  ...Object.fromEntries(
    operationNames.flatMap((name) => [
      [name, operationExamples[name]],
      [`plan${name.charAt(0).toUpperCase()}${name.slice(1)}`, operationExamples[name]],
    ]),
  ),
  cancelRun: { withReason: { summary: 'With a reason', value: { reason: 'wrong table' } } },
};

/** Puts the examples where OpenAPI has them: beside the parameter, and beside the schema of the body. */
export function addExamples(paths: Paths): void {
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods))) {
    const { operationId = '', parameters = [], requestBody } = operation;
    for (const parameter of parameters) {
      const example = parameterExamples[operationId]?.[parameter.name];
      if (example !== undefined) parameter.example = example;
    }
    const examples = bodyExamples[operationId];
    const body = requestBody?.content['application/json'];
    if (body && examples) body.examples = examples;
  }
}
