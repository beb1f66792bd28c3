import { importsOf, type SourceFile, sourceFiles } from './source-files';

/**
 * The import table of ARCHITECTURE.md: what a room may import *values* from. Types may come from anywhere, except that
 * the simulator takes nothing at all from the product.
 */
const allowed: Record<string, RegExp> = {
  domain: /^(domain\/|zod$|@noble\/hashes)/,
  workflows: /^(domain|workflows)\/|^@temporalio\/(workflow|common)$/,
  activities:
    /^(domain|activities)(\/|$)|^@aws-sdk\/client-|^@temporalio\/activity$|^@opentelemetry\/api$|^node:/,
  worker:
    /^(worker|domain)\/|^(activities|config|tracing|workflows)$|^@aws-sdk\/client-|^@smithy\/node-http-handler$|^@temporalio\/worker$|^pino$|^node:/,
  config: /^(config|domain)\/|^(yaml|zod)$|^@temporalio\/envconfig$|^node:/,
  client:
    /^(client|domain|config)(\/|$)|^tracing$|^workflows\/messages$|^@temporalio\/(client|common)$|^(commander|cronstrue|picocolors|yaml|zod)$|^node:/,
  tracing: /^tracing(\/|$)|^@opentelemetry\/|^@temporalio\/interceptors-opentelemetry-v2$/,
  simulator: /^simulator(\/|$)|^@electric-sql\/pglite|^@aws-sdk\/client-|^@smithy\/core|^node:/,
};

/** Libraries of the HTTP API, which the rest of the client must not need. */
const ofHttp =
  /^(@opentelemetry\/api|fastify|@fastify\/(rate-limit|swagger|swagger-ui)|fastify-type-provider-zod|jose|pino|prom-client)$/;

/** `undrop exports read` reads S3 itself: the contents of a table must not go through Temporal (ARCHITECTURE.md). */
const ofExports = /^@aws-sdk\/client-(s3|dynamodb)$/;

const files = sourceFiles();

const violations = (file: SourceFile) =>
  file.imports
    .filter(({ from, typeOnly }) => !typeOnly && !allowed[file.room]!.test(from))
    .filter(({ from }) => !(file.path.startsWith('client/http/') && ofHttp.test(from)))
    .filter(({ from }) => !(file.path.startsWith('client/exports/') && ofExports.test(from)))
    .map(({ from }) => `${file.path} imports ${from}`);

describe('the import table', () => {
  it.each(Object.keys(allowed))('%s imports values only from where it may', (room) => {
    const ofRoom = files.filter((file) => file.room === room);
    expect(ofRoom.length).toBeGreaterThan(0);
    expect(ofRoom.flatMap(violations)).toEqual([]);
  });

  it('lets the simulator share not even types with the product', () => {
    const shared = files
      .filter((file) => file.room === 'simulator')
      .flatMap((file) =>
        file.imports
          .filter(({ from }) => /^(activities|client|config|domain|worker|workflows|dev)(\/|$)/.test(from))
          .map(({ from }) => `${file.path} imports ${from}`),
      );
    expect(shared).toEqual([]);
  });

  it('lets no room of the product import the simulator, dev, bench or test', () => {
    const product = ['activities', 'client', 'config', 'domain', 'tracing', 'worker', 'workflows'];
    const wrong = files
      .filter((file) => product.includes(file.room))
      .flatMap((file) =>
        file.imports
          .filter(({ from }) => /^(simulator|dev|bench|test)(\/|$)/.test(from))
          .map(({ from }) => `${file.path} imports ${from}`),
      );
    expect(wrong).toEqual([]);
  });

  it('keeps the HTTP API out of everything else: only dev may import it', () => {
    const wrong = files
      .filter((file) => file.room !== 'dev' && !file.path.startsWith('client/http/'))
      .flatMap((file) =>
        file.imports
          .filter(({ from }) => from.startsWith('client/http'))
          .map(({ from }) => `${file.path} imports ${from}`),
      );
    expect(wrong).toEqual([]);
  });

  it('reads value, type, re-export and dynamic imports', () => {
    const text = `import a from 'zod';\nimport type { B } from './b';\nimport { type C, type D } from '../c';\nexport { e } from './e';\nconst f = await import('pino');\n`;
    expect(importsOf('domain/x.ts', text)).toEqual([
      { from: 'zod', typeOnly: false },
      { from: 'domain/b', typeOnly: true },
      { from: 'c', typeOnly: true },
      { from: 'domain/e', typeOnly: false },
      { from: 'pino', typeOnly: false },
    ]);
  });
});
