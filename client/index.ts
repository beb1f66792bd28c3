/** The typed client of Undrop, for use in other code. */
export { OperationsClient, type WaitResult } from './operations-client';
export { loadClientConfig, type ClientConfig } from '../config/client-config';
export { ConfigError } from '../config/config-error';
export type { ClientFailureType } from './client-failures';
export { ClientError, InvalidInputError, TemporalUnreachableError } from './errors';
export type { ConnectionCheck } from './connection-checks';
export type { ListedStatus, ListFilter } from './list-runs';
export type { LookUpOptions } from './look-up';
export { resolveRun, type ResolvedRun, type StartOptions } from './resolve-run';
export type { RetryOptions } from './retry/retry-run';
export type { RetryResult } from './retry/retry-result';
export type { WaitOptions } from './wait-for-run';
export type { WatchOptions } from './watch-run';
export { examine, type Check, type Diagnosis } from './doctor';
export type { RecordedHandle } from './handles-from-history';
export type { SetUpResult } from './set-up';
export type { OperationResults } from './results';
export {
  apiVersion,
  type PendingActivity,
  type RunLinks,
  type RunList,
  type RunStatus,
  type RunSummary,
  type RunView,
  type RunViewFailure,
  type StartResult,
} from './run-view';
export type { ScheduleChanges, ScheduleDefinition, ScheduleInput } from '../domain/schedules/definition';
export type { ScheduleChange } from '../domain/schedules/diff';
export { SchedulesClient } from './schedules/schedules-client';
export type { ApplyOptions } from './schedules/apply';
export type { ScheduleFilter, ScheduleListOptions } from './schedules/list-schedules';
export type {
  AppliedChange,
  ApplyResult,
  BackfilledTime,
  BackfillRequest,
  BackfillResult,
  CreateResult,
  ScheduleList,
  ScheduleSummary,
  ScheduleView,
  TriggerResult,
  UpdateResult,
} from './schedules/schedule-view';
export type { SourceList, SourceListed } from '../domain/look-ups/sources';
export type { LookUpInput, LookUpKind, LookUpResult } from '../domain/look-ups';
export { operationNames, type OperationInputs, type OperationName } from '../domain/operations';
export type { CopySnapshotInput, CopySnapshotResult } from '../domain/operations/copy-snapshot';
export type { ExportTableInput, ExportTableResult } from '../domain/operations/export-table';
export type {
  RecordExpectationInput,
  RecordExpectationResult,
} from '../domain/operations/record-expectation';
export type { RecoverTableInput, RecoverTableResult } from '../domain/operations/recover-table';
export type {
  KeepRecoveryPointInput,
  KeepRecoveryPointResult,
} from '../domain/operations/keep-recovery-point';
export type { RestoreTableInput, RestoreTableResult } from '../domain/operations/restore-table';
export type { QueryResult, RunQueryInput, RunQueryResult } from '../domain/operations/run-query';
export type { RecordedExpectation } from '../domain/operations/expectations';
export type { Verdict, VerdictLevel } from '../domain/verdict';
export type {
  RowCountExpectation,
  VerifyTableInput,
  VerifyTableResult,
} from '../domain/operations/verify-table';
export type { Finding, Level } from '../domain/plan/finding';
export type { Plan, PlannedStep } from '../domain/plan/plan';
export type { RestoreSource } from '../domain/restore-source';
export type { RejectedSource, SourceChoice, SourceFacts } from '../domain/sources';
export type { Warehouse } from '../domain/warehouse';
export type { AwsHandle, Outcome, RunState, StepRecord } from '../domain/run-state';
export type { Problem } from '../domain/validation';
export type { FailureType } from '../domain/failures';
