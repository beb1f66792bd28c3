import * as fc from '../support/made-up';
import { ClientError } from '../../client/errors';
import type { Operations } from '../../client/http/api';
import { problemSchema } from '../../client/http/schemas';
import { openApiDocument } from '../../dev/docs/openapi';
import { resolveRun, type StartOptions } from '../../client/resolve-run';
import type { OperationName } from '../../domain/operations';
import { apiRig, bearer, tokens, type ApiRig } from './api-rig';

/** Requests that are made up; many more in a nightly run: UNDROP_FUZZ_RUNS=10000. */
const numRuns = Number(process.env.UNDROP_FUZZ_RUNS ?? 2_000);

/** Operations that take whatever the API lets through as the real ones do, and know of no run. */
const willing = {
  start: async (operation: OperationName, input: unknown, options: StartOptions) => ({
    ...resolveRun(operation, input, options),
    runId: 'r',
    links: { ui: '' },
  }),
  plan: async (operation: OperationName, input: unknown, options: StartOptions) =>
    resolveRun(operation, input, options),
  list: async () => ({ apiVersion: 'undrop/v1', runs: [] }),
  lookUp: async () => ({}),
  schedules: unknownOf(
    { list: async () => ({ apiVersion: 'undrop/v1', schedules: [] }) },
    'ScheduleNotFound',
  ),
};
const operations = unknownOf(willing, 'RunNotFound') as unknown as Operations;

/** What it has, and for everything else: there is no such thing. */
function unknownOf(known: object, type: 'RunNotFound' | 'ScheduleNotFound'): object {
  return new Proxy(known, {
    get: (one, name) =>
      Reflect.get(one, name) ??
      (() => {
        throw new ClientError(type, 'there is none');
      }),
  });
}

interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  parameters: string[];
  examples: unknown[];
}

const withBody = ({ method }: Route) => method !== 'GET' && method !== 'DELETE';

async function routesOf(): Promise<Route[]> {
  const { paths } = JSON.parse(await openApiDocument()) as {
    paths: Record<
      string,
      Record<
        string,
        {
          parameters?: { name: string; in: string }[];
          requestBody?: {
            content: { 'application/json': { examples?: Record<string, { value: unknown }> } };
          };
        }
      >
    >;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase() as Route['method'],
      path,
      parameters: parameters.filter((one) => one.in === 'query').map(({ name }) => name),
      examples: Object.values(requestBody?.content['application/json'].examples ?? {}).map(
        ({ value }) => value,
      ),
    })),
  );
}

/** Texts that have broken programs before. */
const nasty = fc.constantFrom(
  '',
  ' ',
  '\0',
  "'; drop table orders; --",
  '../../etc/passwd',
  '%',
  '%2e%2e',
  '\u202e',
  '💥',
  '{{7*7}}',
  '${x}',
  '__proto__',
  'constructor',
  '-1',
  '1e309',
  'NaN',
  '9'.repeat(40),
  'x'.repeat(5_000),
  '\r\nSet-Cookie: a=b',
);
const text = fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 40 }));
const value = fc.oneof(
  { depthSize: 'small' },
  nasty,
  fc.jsonValue({ maxDepth: 4 }),
  fc.double(),
  fc.constant({}),
);

/** The example with one of its members, anywhere inside, made something else. */
function mutated(example: unknown, at: number, by: unknown): unknown {
  const places: (() => void)[] = [];
  const copy = structuredClone({ root: example });
  const walk = (holder: Record<string, unknown>) => {
    for (const key of Object.keys(holder)) {
      places.push(
        () => void (holder[key] = by),
        () => void (holder[`${key}x`] = by),
        () => void delete holder[key],
      );
      if (typeof holder[key] === 'object' && holder[key] !== null)
        walk(holder[key] as Record<string, unknown>);
    }
  };
  walk(copy);
  places[at % places.length]!();
  return copy.root;
}

const bodyOf = (example: unknown, at: number | null, by: unknown) =>
  JSON.stringify(at === null ? example : mutated(example ?? {}, at, by)) ?? 'null';

describe('requests that are made up', () => {
  let api: ApiRig;
  let routes: Route[];
  beforeAll(async () => {
    routes = await routesOf();
    api = await apiRig(operations, { rateLimit: 1_000_000 });
  });
  afterAll(() => api.app.close());

  it('are answered as the document says, or with a problem that is not ours, on every route', async () => {
    const seen = new Set<number>();
    const request = fc.record({
      route: fc.nat(),
      id: text,
      query: fc.oneof(
        fc.constant<[number, string][]>([]),
        fc.array(fc.tuple(fc.nat(), text), { maxLength: 4 }),
      ),
      strangeQuery: fc.option(fc.tuple(text, text), { freq: 5 }),
      raw: fc.option(fc.oneof(text, fc.json()), { freq: 4 }),
      example: fc.nat(),
      // In one of four left as it is.
      at: fc.option(fc.nat(), { freq: 3 }),
      by: value,
      key: fc.option(text, { freq: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(request, async (made) => {
        const route = routes[made.route % routes.length]!;
        const query = new URLSearchParams(
          made.query.flatMap(([which, given]) => {
            const name = route.parameters[which % Math.max(route.parameters.length, 1)];
            return name === undefined ? [] : [[name, given] as [string, string]];
          }),
        );
        if (made.strangeQuery) query.append(...made.strangeQuery);
        const example = route.examples[made.example % Math.max(route.examples.length, 1)];
        const body = made.raw ?? bodyOf(example, made.at, made.by);
        const key = made.key?.replace(/[^\x20-\x7e]/g, '');
        const response = await api.app.inject({
          method: route.method,
          url: `${route.path.replace('{id}', encodeURIComponent(made.id.replace(/[\ud800-\udfff]/g, '')))}?${query.toString()}`,
          headers: {
            ...bearer(tokens.admin),
            ...(withBody(route) && { 'content-type': 'application/json' }),
            ...(key !== undefined && { 'idempotency-key': key }),
          },
          ...(withBody(route) && { payload: body }),
        });
        seen.add(response.statusCode);
        expect(response.statusCode).toBeLessThan(500);
        expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
        expect(response.headers).not.toHaveProperty('set-cookie');
        if (response.statusCode < 400) return;
        expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
        const problem = problemSchema.parse(response.json());
        expect(problem.type).not.toContain('Unexpected');
        if (problem.type.endsWith('InvalidInput')) expect(problem.problems).not.toEqual([]);
      }),
      { numRuns },
    );
    // It is no proof when everything was refused at the door.
    expect([...seen]).toEqual(expect.arrayContaining([200, 202, 400, 404]));
  });

  it('are no better as whole requests of bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
        const response = await api.app.inject({
          method: 'POST',
          url: '/v1/restore-table',
          headers: { ...bearer(tokens.admin), 'content-type': 'application/json' },
          payload: Buffer.from(bytes),
        });
        expect(response.statusCode).toBe(400);
      }),
      { numRuns: Math.ceil(numRuns / 10) },
    );
  });

  it('were all made from inputs that are good as they are', () => {
    expect(
      routes.filter(({ method, examples }) => method === 'POST' && examples.length > 0).length,
    ).toBeGreaterThan(15);
  });
});
