import type { HTTPMethods } from 'fastify';
import { lookUps } from '../../../domain/look-ups';
import { parseInput } from '../../../domain/validation';
import { InvalidInputError } from '../../errors';
import { audit, type Routes } from '../api';
import { inputFromQuery, queryParametersOf } from '../query-input';
import type { Role } from '../roles';
import { base } from '../run-links';
import { json, problems, type RoutedLookUp, routedLookUps } from '../schemas';

/** Kinds whose address is not simply their name: those about one statement. */
const addresses: Partial<Record<string, string>> = {
  statement: '/statements/:id',
  statementResult: '/statements/:id/result',
  cancelStatement: '/statements/:id/cancel',
};

/** Ids of the routes in the OpenAPI document, after which generated clients name their functions. */
const operationIds: Partial<Record<RoutedLookUp, string>> = {
  exports: 'listExports',
  export: 'showExport',
  sources: 'listSources',
  databases: 'listDatabases',
  schemas: 'listSchemas',
  tables: 'listTables',
  table: 'describeTable',
  statements: 'listStatements',
  statement: 'showStatement',
  statementResult: 'readStatementResult',
};

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export interface LookUpRoute {
  kind: RoutedLookUp;
  method: Extract<HTTPMethods, 'GET' | 'POST'>;
  url: string;
  role: Role;
  summary: string;
}

/** One route for each kind of the registry: GET, or POST for what changes something. */
export const lookUpRouteTable: LookUpRoute[] = routedLookUps.map((kind) => {
  const row: { summary: string; changes?: true } = lookUps[kind];
  return {
    kind,
    method: row.changes ? 'POST' : 'GET',
    url: `${base}${addresses[kind] ?? `/${kebab(kind)}`}`,
    role: row.changes ? 'operator' : 'viewer',
    summary: row.summary,
  };
});

/** Look-ups: the input's values are query parameters named by their path (`warehouse.clusterIdentifier=analytics`). */
export const lookUpRoutes: Routes = (app, { operations }) => {
  for (const { kind, method, url, role, summary } of lookUpRouteTable) {
    const parameters = queryParametersOf(lookUps[kind].schema);
    const [inPath, inQuery] = [true, false].map((is) =>
      parameters.filter(({ name }) => url.includes(`/:${name}`) === is),
    );
    app.route<{ Querystring: Record<string, string | string[]>; Params: Record<string, string> }>({
      method,
      url,
      config: { role },
      schema: {
        operationId: operationIds[kind] ?? kind,
        summary,
        tags: ['look-ups'],
        ...(inPath!.length > 0 && { params: objectOf(inPath!) }),
        querystring: objectOf(inQuery!),
        response: {
          200: json(lookUps[kind].answer, 'What AWS answered'),
          ...problems,
        },
      },
      handler: async (request) => {
        const { input, problems: strange } = inputFromQuery(parameters, {
          ...request.query,
          ...request.params,
        });
        const parsed = parseInput(lookUps[kind].schema, input);
        if (!parsed.ok || strange.length > 0) {
          throw new InvalidInputError(kind, [...strange, ...(parsed.ok ? [] : parsed.problems)]);
        }
        const answer = await operations.lookUp(kind, input as never);
        if (method === 'POST') audit(request, kind, { input });
        return answer;
      },
    });
  }
};

const objectOf = (parameters: ReturnType<typeof queryParametersOf>) => ({
  type: 'object',
  properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
  required: parameters.filter(({ required }) => required).map(({ name }) => name),
});
