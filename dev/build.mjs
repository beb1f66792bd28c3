// Compiles the sources to dist/ and bundles the workflows. Runs after `npm ci` (prepare) and before tests and the demo.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
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

if (compile()) await bundle();
