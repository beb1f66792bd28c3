import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Operations } from '../../client/http/api';
import { createApi } from '../../client/http/app';
import { apiClientPath, generatedApiClient } from './api-client';

/** The OpenAPI document of the HTTP API as docs/openapi.json has it; nothing is connected for it. */
export async function openApiDocument(): Promise<string> {
  const app = await createApi({ operations: {} as Operations, auth: { tokens: [] } });
  try {
    return `${JSON.stringify(app.swagger(), null, 2)}\n`;
  } finally {
    await app.close();
  }
}

/** Where the document lives, from the checkout's root. */
export const openApiPath = path.join('docs', 'openapi.json');

/** Writes the document, and the client that is generated from it for a test. */
async function main(): Promise<void> {
  writeFileSync(openApiPath, await openApiDocument());
  mkdirSync(path.dirname(apiClientPath), { recursive: true });
  writeFileSync(apiClientPath, await generatedApiClient(openApiPath));
  process.stdout.write(`${openApiPath} and ${apiClientPath} written\n`);
}

if (require.main === module) void main();
