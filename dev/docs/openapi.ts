import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Operations } from '../../client/http/api';
import { createApi } from '../../client/http/app';

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

if (require.main === module) {
  void openApiDocument().then((text) => {
    writeFileSync(openApiPath, text);
    process.stdout.write(`${openApiPath} written\n`);
  });
}
