/**
 * Modules that are loaded when an action needs them, and not before: `undrop --help` must answer at once, and
 * @temporalio/client alone costs a third of a second, zod a tenth. `require`, because `import()` would bring up
 * Node's second module loader for nothing.
 */
export const lazy = {
  operation: () => require('./commands/operation') as typeof import('./commands/operation'),
  runs: () => require('./commands/runs') as typeof import('./commands/runs'),
  reportError: () => require('./report-error') as typeof import('./report-error'),
  startAction: () => require('./start-action') as typeof import('./start-action'),
  follow: () => require('./follow') as typeof import('./follow'),
  renderRun: () => require('./render-run') as typeof import('./render-run'),
  links: () => require('../links') as typeof import('../links'),
  resolveRun: () => require('../resolve-run') as typeof import('../resolve-run'),
  operationsClient: () => require('../operations-client') as typeof import('../operations-client'),
  clientConfig: () => require('../../config/client-config') as typeof import('../../config/client-config'),
  duration: () => require('../../domain/duration') as typeof import('../../domain/duration'),
  yaml: () => require('yaml') as typeof import('yaml'),
};
