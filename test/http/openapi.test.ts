import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openApiDocument, openApiPath } from '../../dev/docs/openapi';
import { operationNames, operations } from '../../domain/operations';
import { apiRig, untouched } from './api-rig';

const committed = readFileSync(path.resolve(__dirname, '..', '..', openApiPath), 'utf8');
interface Operation {
  operationId: string;
  'x-undrop-role'?: string;
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
