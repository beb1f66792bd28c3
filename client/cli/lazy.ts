/**
 * Modules that are loaded when an action needs them, and not before: `undrop --help` must answer at once, and
 * @temporalio/client alone costs a third of a second, zod a tenth. `require`, because `import()` would bring up
 * Node's second module loader for nothing.
 */
import type * as Yaml from 'yaml';
import type * as ClientConfig from '../../config/client-config';
import type * as Duration from '../../domain/duration';
import type * as Links from '../links';
import type * as OperationsClient from '../operations-client';
import type * as Operation from './commands/operation';
import type * as LookUps from './commands/look-ups';
import type * as Exports from './commands/exports';
import type * as Plan from './commands/plan';
import type * as Query from './commands/query';
import type * as Runs from './commands/runs';
import type * as Completion from './commands/completion';
import type * as CompleteAction from './completion/complete-action';
import type * as Doctor from './commands/doctor';
import type * as Schedules from './commands/schedules';
import type * as Setup from './commands/setup';
import type * as DoctorAction from './doctor-action';
import type * as ExportsReadAction from './exports-read-action';
import type * as Follow from './follow';
import type * as LookUpAction from './look-up-action';
import type * as PlanAction from './plan-action';
import type * as QueryAction from './query-action';
import type * as RenderRun from './render-run';
import type * as RunsListAction from './runs-list-action';
import type * as ReportError from './report-error';
import type * as RetryAction from './retry-action';
import type * as ScheduleActions from './schedule-actions';
import type * as StartAction from './start-action';

export const lazy = {
  operation: () => require('./commands/operation') as typeof Operation,
  lookUps: () => require('./commands/look-ups') as typeof LookUps,
  lookUpAction: () => require('./look-up-action') as typeof LookUpAction,
  exports: () => require('./commands/exports') as typeof Exports,
  exportsReadAction: () => require('./exports-read-action') as typeof ExportsReadAction,
  plan: () => require('./commands/plan') as typeof Plan,
  planAction: () => require('./plan-action') as typeof PlanAction,
  query: () => require('./commands/query') as typeof Query,
  queryAction: () => require('./query-action') as typeof QueryAction,
  runs: () => require('./commands/runs') as typeof Runs,
  runsListAction: () => require('./runs-list-action') as typeof RunsListAction,
  completion: () => require('./commands/completion') as typeof Completion,
  completeAction: () => require('./completion/complete-action') as typeof CompleteAction,
  doctor: () => require('./commands/doctor') as typeof Doctor,
  doctorAction: () => require('./doctor-action') as typeof DoctorAction,
  setup: () => require('./commands/setup') as typeof Setup,
  schedules: () => require('./commands/schedules') as typeof Schedules,
  scheduleActions: () => require('./schedule-actions') as typeof ScheduleActions,
  reportError: () => require('./report-error') as typeof ReportError,
  retryAction: () => require('./retry-action') as typeof RetryAction,
  startAction: () => require('./start-action') as typeof StartAction,
  follow: () => require('./follow') as typeof Follow,
  renderRun: () => require('./render-run') as typeof RenderRun,
  links: () => require('../links') as typeof Links,
  operationsClient: () => require('../operations-client') as typeof OperationsClient,
  clientConfig: () => require('../../config/client-config') as typeof ClientConfig,
  duration: () => require('../../domain/duration') as typeof Duration,
  yaml: () => require('yaml') as typeof Yaml,
};
