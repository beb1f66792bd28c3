import path from 'node:path';

/** Where the generated client lives, from the checkout's root: only a test uses it, as a caller's program would. */
export const apiClientPath = path.join('test', 'http', 'generated', 'api-client.ts');

/** A typed client, made from the OpenAPI document of that path by a generator that knows nothing of us. */
export async function generatedApiClient(document: string): Promise<string> {
  const { generateSource } = await import('oazapfts');
  return generateSource(document);
}
