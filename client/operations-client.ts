import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { ClientConfig } from '../config/client-config';
import type { OperationInputs, OperationName } from '../domain/operations';
import type { LookUpInput, LookUpKind, LookUpResult } from '../domain/look-ups';
import type { Plan } from '../domain/plan/plan';
import { connectToTemporal, openToTemporal } from './connect';
import { ClientError } from './errors';
import type { Place } from './links';
import { listRuns, type ListFilter } from './list-runs';
import { callTimeoutMs } from './call-timeout';
import { lookAtRun } from './look-at-run';
import { lookUp, type LookUpOptions } from './look-up';
import type { OperationResults } from './results';
import type { RunList, RunSummary, RunView, StartResult } from './run-view';
import { resolveRun, type StartOptions } from './resolve-run';
import { setUpNamespace, type SetUpResult } from './set-up';
import { failedRuns, type FailedRunsFilter } from './retry/failed-runs';
import { retryFromRecord } from './retry/from-record';
import { type RetryOptions, retryRun } from './retry/retry-run';
import type { RetryResult } from './retry/retry-result';
import { SchedulesClient } from './schedules/schedules-client';
import { startRun } from './start-run';
import { clientErrorOf } from './temporal-errors';
import { tracingOf } from './tracing';
import { waitForEnd, type WaitOptions } from './wait-for-run';
import { watchRun, type WatchOptions } from './watch-run';

/** What a wait came to: `ended` is false when the time was up first, and the run goes on. */
export interface WaitResult<R = unknown> {
  ended: boolean;
  run: RunView<R>;
}

/**
 * The one way in: start, find, watch and cancel runs. CLI and HTTP API are skins over it; your own code can use it as
 * well. Takes and gives plain JSON; what goes wrong is thrown as a ClientError with a type, a remedy and an exit code.
 */
export class OperationsClient {
  /** Operations at times that come again. */
  readonly schedules: SchedulesClient;
  private readonly place: Place;

  /** Over a Temporal client that is connected already; the caller keeps it and closes it. */
  constructor(
    private readonly client: Client,
    private readonly config: {
      taskQueue: string;
      uiUrl: string;
      apiUrl?: string;
      address: string;
      tracing?: boolean;
    },
  ) {
    const { taskQueue, uiUrl, apiUrl, address } = config;
    this.place = { uiUrl, apiUrl, address, namespace: client.options.namespace };
    this.schedules = new SchedulesClient(
      { client, place: this.place, taskQueue, now: () => Date.now() },
      (what, body) => this.named(what, undefined, body),
    );
  }

  /**
   * Connects as the configuration says (config/client-config.ts); close() ends the connection.
   * @throws TemporalUnreachableError with connection checks, ClientError `NotAllowed`.
   */
  static async connect(config: ClientConfig, connectTimeoutMs?: number): Promise<OperationsClient> {
    const client = await connectToTemporal(config, connectTimeoutMs);
    return new OperationsClient(client, { ...config, address: config.temporal.address });
  }

  /** Connects with the first call: for a server that must live while Temporal is away. Nothing is looked at here. */
  static open(config: ClientConfig): OperationsClient {
    return new OperationsClient(openToTemporal(config), { ...config, address: config.temporal.address });
  }

  /**
   * Starts a run, or joins the one that the same request started before (see startRun for what "the same" means).
   * @throws InvalidInputError with every problem; nothing was started then.
   */
  async start<O extends OperationName>(
    operation: O,
    input: OperationInputs[O],
    options?: StartOptions,
  ): Promise<StartResult> {
    const run = resolveRun(operation, input, options);
    return this.named('start', run.workflowId, () =>
      startRun(this.client, this.place, this.config.taskQueue, run),
    );
  }

  /** One page of runs: those that run, the newest first, then those that ended, the last first. */
  async list(filter: ListFilter = {}): Promise<RunList> {
    return this.named('list of runs', undefined, () => listRuns(this.client, this.place, filter));
  }

  /** Everything known about a run now; the latest execution of the id when no run id is given. */
  async show<R = unknown>(workflowId: string, runId?: string): Promise<RunView<R>> {
    return (await this.looked('show', workflowId, runId)) as RunView<R>;
  }

  private looked(what: string, workflowId: string, runId?: string): Promise<RunView> {
    const options = runId === undefined ? {} : { runId };
    return this.named(what, workflowId, () => lookAtRun(this.client, this.place, workflowId, options));
  }

  /** Views of the run, about one a second, the last one when it has ended. */
  async *watch(workflowId: string, options: WatchOptions = {}): AsyncGenerator<RunView, void, void> {
    try {
      yield* watchRun(this.client, this.place, workflowId, options);
    } catch (error) {
      throw this.translated(error, 'watch', workflowId);
    }
  }

  /** Waits until the run has ended or the time is up. */
  async wait<O extends OperationName = OperationName>(
    workflowId: string,
    options: WaitOptions = {},
  ): Promise<WaitResult<OperationResults[O]>> {
    const ended = await this.named('wait', workflowId, () => waitForEnd(this.client, workflowId, options));
    return { ended, run: await this.show<OperationResults[O]>(workflowId, options.runId) };
  }

  /**
   * Asks the run to stop: it cancels its SQL statement and says what AWS goes on with, then ends as cancelled.
   * @throws ClientError `RunEnded` when there is nothing to cancel, `RunNotFound`.
   */
  async cancel(workflowId: string, reason: string, runId?: string): Promise<RunView> {
    const view = await this.looked('cancel', workflowId, runId);
    if (view.outcome !== 'running') {
      throw new ClientError(
        'RunEnded',
        `cancel failed [run=${workflowId}]: the run ended before, ${view.status}`,
      );
    }
    await this.named('cancel', workflowId, () =>
      this.client.withDeadline(Date.now() + callTimeoutMs, () =>
        this.client.workflowService.requestCancelWorkflowExecution({
          namespace: this.place.namespace,
          workflowExecution: { workflowId, runId: view.runId },
          identity: this.client.options.identity,
          requestId: randomUUID(),
          reason,
        }),
      ),
    );
    return view;
  }

  /**
   * Goes on with a run that ended badly, from the step that failed; what finished steps left is looked at first.
   * @throws see retryRun; nothing was changed then.
   */
  async retry(workflowId: string, options: RetryOptions = {}): Promise<RetryResult> {
    const context = { client: this.client, place: this.place, taskQueue: this.config.taskQueue };
    try {
      return await this.named('retry', workflowId, () => retryRun(context, workflowId, options));
    } catch (error) {
      if (!(error instanceof ClientError && error.type === 'RunNotFound')) throw error;
      const remedy = `${error.remedy} With the record of one whose history is gone (undrop runs show -o json, a notification): --record.`;
      throw new ClientError('RunNotFound', error.message, { cause: error, remedy });
    }
  }

  /** Goes on with a run whose history is gone, by its record. @throws see retryFromRecord; nothing was started then. */
  async retryFromRecord(
    workflowId: string,
    record: unknown,
    options: { dryRun?: boolean } = {},
  ): Promise<RetryResult> {
    const context = { client: this.client, place: this.place, taskQueue: this.config.taskQueue };
    return this.named('retry', workflowId, () => retryFromRecord(context, workflowId, record, options));
  }

  /** Runs that ended badly and can be retried together: see failedRuns. */
  async failedRuns(filter: FailedRunsFilter): Promise<RunSummary[]> {
    return this.named('list of failed runs', undefined, () => failedRuns(this.client, this.place, filter));
  }

  /**
   * What a run of this input would find and do, told before anything is changed: the findings of its preflight and its
   * steps with estimates (a dry run). Starts no run.
   * @throws as resolveRun and lookUp; findings that block are no error here.
   */
  async plan<O extends OperationName>(
    operation: O,
    input: OperationInputs[O],
    options?: StartOptions & LookUpOptions,
  ): Promise<Plan> {
    const { workflowId, input: valid } = resolveRun(operation, input, options);
    return this.lookUp('plan', { operation, workflowId, input: { ...valid } }, options);
  }

  /**
   * Looks something up on AWS through the worker: databases, tables, statements … Plain JSON; nothing is kept of it.
   * @throws InvalidInputError; ClientError `NoWorker`, or of the failure table for what AWS answered.
   */
  async lookUp<K extends LookUpKind>(
    kind: K,
    input: LookUpInput<K>,
    options?: LookUpOptions,
  ): Promise<LookUpResult<K>> {
    return this.named(`look-up of ${kind}`, undefined, () =>
      lookUp(this.client, this.config.taskQueue, kind, input, options),
    );
  }

  /**
   * Prepares the Temporal namespace, once: its search attributes. Needs no worker.
   * @throws ClientError `NotAllowed` with the command for somebody who may, `SearchAttributeConflict`.
   */
  async setUp(): Promise<SetUpResult> {
    return this.named('setup', undefined, () => setUpNamespace(this.client, this.place));
  }

  /** Ends the connection, and sends the spans that are still here. */
  async close(): Promise<void> {
    await this.client.connection.close();
    await tracingOf(this.config)?.flush();
  }

  private async named<T>(what: string, workflowId: string | undefined, body: () => Promise<T>): Promise<T> {
    try {
      return await body();
    } catch (error) {
      throw this.translated(error, what, workflowId);
    }
  }

  private translated(error: unknown, what: string, workflowId?: string): unknown {
    const { address, namespace } = this.place;
    return clientErrorOf(error, {
      what,
      address,
      namespace,
      ...(workflowId !== undefined && { workflowId }),
    });
  }
}
