// Compiles the sources to dist/ and bundles the workflows. Runs after `npm ci` (prepare) and before tests and the demo.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);

/** tsc is a dev dependency: a production install (`npm ci --omit=dev`) brings dist/ along and compiles nothing. */
function compile() {
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  if (!existsSync(tsc)) return false;
  // A build that fails leaves no bundle of older workflows behind.
  rmSync(path.join(root, 'dist', 'workflow-bundle.js'), { force: true });
  execFileSync(process.execPath, [tsc, '-p', path.join(root, 'tsconfig.build.json')], {
    stdio: 'inherit',
    cwd: root,
  });
  chmodSync(path.join(root, 'dist', 'client', 'cli', 'main.js'), 0o755); // the package's bin
  return true;
}

/** zod brings its messages in 50 languages; the bundle is evaluated for every workflow, so only English stays. */
function withoutLocales(config) {
  const english = require.resolve('zod/v4/locales/en.js');
  const all = path.join(path.dirname(english), 'index.cjs');
  return {
    ...config,
    resolve: {
      ...config.resolve,
      alias: { ...config.resolve?.alias, [all]: english.replace(/\.js$/, '.cjs') },
    },
  };
}

async function bundle() {
  const workflowsPath = path.join(root, 'dist', 'workflows', 'index.js');
  if (!existsSync(workflowsPath)) return;
  const { bundleWorkflowCode, DefaultLogger } = require('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    webpackConfigHook: withoutLocales,
    logger: new DefaultLogger('WARN'),
  });
  writeFileSync(path.join(root, 'dist', 'workflow-bundle.js'), code);
}

/** What the worker says it is: the version, and a hash of all it runs, by which two builds can be told apart. */
function describeBuild() {
  const { version } = require(path.join(root, 'package.json'));
  const hash = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json')));
  for (const room of ['activities', 'config', 'domain', 'worker', 'workflows']) {
    const files = readdirSync(path.join(root, 'dist', room), { recursive: true }).map(String);
    for (const file of files.filter((name) => name.endsWith('.js')).sort())
      hash
        .update(`${room}/${file.split(path.sep).join('/')}\0`)
        .update(readFileSync(path.join(root, 'dist', room, file)));
  }
  const build = { version, buildId: `${version}-${hash.digest('hex').slice(0, 12)}` };
  writeFileSync(path.join(root, 'dist', 'build.json'), `${JSON.stringify(build)}\n`);
}

if (compile()) {
  await bundle();
  describeBuild();
}
