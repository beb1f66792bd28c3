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
  try {
    execFileSync(process.execPath, [tsc, '-p', path.join(root, 'tsconfig.build.json')], {
      stdio: 'inherit',
      cwd: root,
    });
  } catch (error) {
    // A build that fails leaves no bundle of older workflows behind.
    for (const name of Object.keys(bundles)) rmSync(path.join(root, 'dist', name), { force: true });
    throw error;
  }
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

/** The workflows as they are, and the same inside OpenTelemetry's interceptors, for workers that trace (docs/adr/0010). */
const bundles = {
  'workflow-bundle.js': () => [],
  'workflow-bundle-traced.js': () => [
    require.resolve('@temporalio/interceptors-opentelemetry-v2/lib/workflow-interceptors'),
    path.join(root, 'dist', 'workflows', 'traced.js'),
  ],
};

async function bundle() {
  const workflowsPath = path.join(root, 'dist', 'workflows', 'index.js');
  if (!existsSync(workflowsPath)) return;
  // Bundling takes longer than compiling, and most changes are not of workflows.
  const keyFile = path.join(root, 'dist', 'workflow-bundles.key');
  const key = hashOf(['domain', 'workflows'], ['package-lock.json', 'dev/build.mjs']);
  const made = Object.keys(bundles).every((name) => existsSync(path.join(root, 'dist', name)));
  if (made && existsSync(keyFile) && readFileSync(keyFile, 'utf8') === key) return;
  const { bundleWorkflowCode, DefaultLogger } = require('@temporalio/worker');
  for (const [name, workflowInterceptorModules] of Object.entries(bundles)) {
    const { code } = await bundleWorkflowCode({
      workflowsPath,
      workflowInterceptorModules: workflowInterceptorModules(),
      webpackConfigHook: withoutLocales,
      logger: new DefaultLogger('WARN'),
    });
    writeFileSync(path.join(root, 'dist', name), code);
  }
  writeFileSync(keyFile, key);
}

/** Of everything compiled in some rooms, and of some files of the sources. */
function hashOf(rooms, sources) {
  const hash = createHash('sha256');
  const add = (file) => hash.update(`${file}\0`).update(readFileSync(path.join(root, file)));
  for (const file of sources) add(file);
  for (const room of rooms) {
    const files = readdirSync(path.join(root, 'dist', room), { recursive: true }).map(String);
    for (const file of files.filter((name) => name.endsWith('.js')).sort())
      add(['dist', room, ...file.split(path.sep)].join('/'));
  }
  return hash.digest('hex');
}

/** What the worker says it is: the version, and a hash of all it runs, by which two builds can be told apart. */
function describeBuild() {
  const { version } = require(path.join(root, 'package.json'));
  const rooms = ['activities', 'config', 'domain', 'tracing', 'worker', 'workflows'];
  const build = { version, buildId: `${version}-${hashOf(rooms, ['package-lock.json']).slice(0, 12)}` };
  writeFileSync(path.join(root, 'dist', 'build.json'), `${JSON.stringify(build)}\n`);
}

if (compile()) {
  await bundle();
  describeBuild();
}
