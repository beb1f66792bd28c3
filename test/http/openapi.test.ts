import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { operationExamples } from '../../client/http/examples';
import { apiClientPath, generatedApiClient } from '../../dev/docs/api-client';
import { openApiDocument, openApiPath } from '../../dev/docs/openapi';
import { operationNames, operations } from '../../domain/operations';
import { apiRig, untouched } from './api-rig';

const root = path.resolve(__dirname, '..', '..');
const committed = readFileSync(path.join(root, openApiPath), 'utf8');
interface Operation {
  operationId: string;
  'x-undrop-role'?: string;
  parameters?: { name: string; required: boolean; example?: unknown }[];
  requestBody?: { content: { 'application/json': { examples?: object } } };
  responses: Record<string, unknown>;
}
const document = JSON.parse(committed) as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};
const all = Object.values(document.paths).flatMap((methods) => Object.values(methods));

describe('docs/openapi.json', () => {
  it('is what npm run docs:openapi writes today', async () => {
    expect(JSON.parse(await openApiDocument())).toEqual(document);
  });

  it('is OpenAPI 3.1, with a route for every operation', () => {
    expect(document.openapi).toBe('3.1.0');
    for (const name of operationNames) {
      expect(document.paths[`/v1/${operations[name].command}`]?.post?.operationId).toBe(name);
    }
  });

  it('has nothing that an independent linter finds wrong with it, its examples included', () => {
    const linter = path.join(__dirname, 'lint-openapi.mjs');
    const found = execFileSync(process.execPath, [linter, path.join(root, openApiPath)], {
      encoding: 'utf8',
    });
    expect(JSON.parse(found)).toEqual([]);
  });

  it('has examples for every body and every parameter that must be given, so that a person can send it as it is', () => {
    for (const { operationId, parameters = [], requestBody } of all) {
      const lacking = parameters.filter(({ required, example }) => required && example === undefined);
      expect([operationId, lacking]).toEqual([operationId, []]);
      if (requestBody) expect(requestBody.content['application/json']).toHaveProperty('examples');
    }
  });

  it.each(operationNames)('has examples of %s that are accepted as they are', (name) => {
    for (const { value } of Object.values(operationExamples[name])) {
      expect(operations[name].schema.safeParse(value)).toMatchObject({ success: true });
    }
  });

  it('tells what each member of an input means', () => {
    const { RestoreTableInput: input } = document.components.schemas as Record<
      string,
      { properties: Record<string, { description?: string }> }
    >;
    expect(input!.properties.settle!.description).toContain('After a lost answer');
    expect(input!.properties.table!.description).toBe('The table as it was in the snapshot');
  });

  it('is what the generated client of the tests was made from', async () => {
    const client = readFileSync(path.join(root, apiClientPath), 'utf8');
    expect(client).toBe(await generatedApiClient(path.join(root, openApiPath)));
  });

  it('gives every route an id of its own, a role, and a problem document for what goes wrong', () => {
    expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length);
    for (const operation of all) {
      expect(operation['x-undrop-role']).toMatch(/^(viewer|operator|admin)$/);
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['400', '401', '403', '404']));
    }
  });

  it('refers to schemas that it has, and has none besides', () => {
    const referred = [...committed.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
    expect([...new Set(referred)].sort((a, b) => (a! < b! ? -1 : 1))).toEqual(
      Object.keys(document.components.schemas).sort(),
    );
  });

  it('is served, with a page to read it, to everybody', async () => {
    const api = await apiRig(untouched);
    try {
      const served = await api.get('/openapi.json', {});
      expect(await served.json()).toEqual(document);
      const page = await api.get('/docs/', {});
      expect(page.status).toBe(200);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    } finally {
      await api.app.close();
    }
  });
});
