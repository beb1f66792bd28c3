import { setTimeout as sleep } from 'node:timers/promises';
import { readCall, type Call, type RawService } from './call';
import { callerOf, type Caller } from './caller';
import { faultError, htmlPage } from './fault-answers';
import type { FaultAction, FaultBook } from './faults';
import type { EffectLog, OperationLog } from './log';
import type { SimulatorLogger } from './logger';
import type { Route } from './router';
import {
  AwsError,
  type OperationRecord,
  type RawRequest,
  type RawResponse,
  type RequestContext,
} from './types';
import type { World } from './world';

/** How an answer leaves: whole, cut in its middle, the connection cut before its first byte, or never. */
export type Delivery =
  | { kind: 'reply'; response: RawResponse }
  | { kind: 'truncate'; response: RawResponse }
  | { kind: 'drop' }
  | { kind: 'hang' };

export interface DispatchParts {
  world: World;
  log: OperationLog;
  effects: EffectLog;
  faults: FaultBook;
  s3: RawService;
  logger: SimulatorLogger;
}

/** Carries out one request: due work first, then the faults, the operation, the log. Never throws. */
export async function dispatch(parts: DispatchParts, route: Route, request: RawRequest): Promise<Delivery> {
  const requestId = parts.world.id('request');
  const caller = callerOf(request);
  const call = readCall(route, request, requestId, parts.s3);
  const record = parts.log.open({
    service: call.service,
    operation: call.operation,
    parameters: call.parameters,
    invocationId: caller.invocationId,
    attempt: caller.attempt,
    accessKeyId: caller.accessKeyId,
  });
  const began = performance.now();
  const rule = parts.faults.take(call);
  if (rule !== undefined) record.fault = `${rule.id} ${rule.action.kind}`;
  const action = rule?.action;
  if (action?.kind === 'latency') await sleep(action.milliseconds, undefined, { ref: false });
  const injected = action && faultError(action, { ...call, accountId: parts.world.accountId });
  const response = skipsEffect(action)
    ? undefined
    : await carryOut(parts, call, contextOf(parts, call, record, requestId, caller, action), record);
  record.tookMs = Math.round((performance.now() - began) * 10) / 10;
  return deliver(call, action, injected, response, record);
}

function skipsEffect(action: FaultAction | undefined): boolean {
  switch (action?.kind) {
    case 'throttle':
    case 'access-denied':
    case 'drop-before':
      return true;
    case 'error':
    case 'hang':
    case 'html':
      return action.effect !== 'kept';
    default:
      return false;
  }
}

async function carryOut(
  parts: DispatchParts,
  call: Call,
  context: RequestContext,
  record: OperationRecord,
): Promise<RawResponse> {
  try {
    await parts.world.agenda.runDue();
    if (call.refusal !== undefined) throw call.refusal;
    const response = await call.perform(context);
    record.outcome = response.errorCode ?? 'ok';
    return response;
  } catch (error) {
    const refusal = error instanceof AwsError ? error : internalFailure(parts, call, error);
    record.outcome = refusal.code;
    return call.refuse(refusal);
  }
}

function internalFailure(parts: DispatchParts, call: Call, error: unknown): AwsError {
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  parts.logger.warn('operation broke inside the simulator', { operation: call.operation, cause });
  return new AwsError(
    'InternalFailure',
    `The simulated AWS failed [operation=${call.operation}]: ${String(error)}`,
    500,
  );
}

function deliver(
  call: Call,
  action: FaultAction | undefined,
  injected: AwsError | undefined,
  response: RawResponse | undefined,
  record: OperationRecord,
): Delivery {
  if (injected !== undefined) {
    record.outcome = injected.code;
    return { kind: 'reply', response: call.refuse(injected) };
  }
  switch (action?.kind) {
    case 'drop-before':
    case 'drop-after':
      record.outcome = 'dropped';
      return { kind: 'drop' };
    case 'hang':
      record.outcome = 'dropped';
      return { kind: 'hang' };
    case 'html':
      record.outcome = 'dropped';
      return { kind: 'reply', response: htmlPage(action.body) };
    case 'truncate':
      record.outcome = 'dropped';
      return { kind: 'truncate', response: response ?? htmlPage() };
    default:
      return { kind: 'reply', response: response ?? htmlPage() };
  }
}

function contextOf(
  parts: DispatchParts,
  call: Call,
  record: OperationRecord,
  requestId: string,
  caller: Caller,
  action: FaultAction | undefined,
): RequestContext {
  return {
    requestId,
    service: call.service,
    operation: call.operation,
    region: caller.region ?? parts.world.region,
    accountId: parts.world.accountId,
    accessKeyId: caller.accessKeyId,
    staleSeconds: action?.kind === 'stale' ? action.seconds : 0,
    terminal: action?.kind === 'terminal' ? { status: action.status, message: action.message } : undefined,
    effect(kind, businessKey, detail) {
      const { effectId } = parts.effects.note({ kind, businessKey, requestSeq: record.seq, detail });
      record.effectIds.push(effectId);
      return effectId;
    },
  };
}
