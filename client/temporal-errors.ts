import { isGrpcServiceError, QueryNotRegisteredError, WorkflowNotFoundError } from '@temporalio/client';
import { searchAttributes } from '../domain/search-attributes';
import { ClientError, TemporalUnreachableError } from './errors';
import { registerCommand } from './search-attributes';

/** gRPC status codes that mean something to a person: https://grpc.io/docs/guides/status-codes/ */
export const grpcCodes = {
  cancelled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  unimplemented: 12,
  unavailable: 14,
  unauthenticated: 16,
} as const;

/** What was being done, for the message. */
export interface Attempted {
  /** `start`, `show`, `cancel` …: `<what> failed [run=…]`. */
  what: string;
  address: string;
  namespace: string;
  workflowId?: string;
}

/** An error of the Temporal client as one that a person can act on; what it cannot name stays as it is. */
export function clientErrorOf(error: unknown, attempted: Attempted): unknown {
  if (error instanceof ClientError) return error;
  const { what, address, namespace, workflowId } = attempted;
  const handles = `[${workflowId === undefined ? '' : `run=${workflowId}, `}namespace=${namespace}]`;
  if ((error as Error | undefined)?.name === 'NamespaceNotFoundError') {
    return new ClientError(
      'NamespaceNotFound',
      `${what} failed ${handles}: the Temporal namespace does not exist`,
      { cause: error },
    );
  }
  if (error instanceof WorkflowNotFoundError) {
    return new ClientError('RunNotFound', `${what} failed ${handles}: there is no such run`, {
      cause: error,
    });
  }
  const status = grpcStatusOf(error);
  if (!status) return error;
  const because = (type: 'NotAllowed' | 'TemporalError' | 'NamespaceNotFound' | 'RunNotFound') =>
    new ClientError(type, `${what} failed ${handles}: ${status.details}`, { cause: error });
  switch (status.code) {
    case grpcCodes.unauthenticated:
    case grpcCodes.permissionDenied:
      return because('NotAllowed');
    case grpcCodes.unavailable:
    case grpcCodes.deadlineExceeded:
    case grpcCodes.cancelled:
      return new TemporalUnreachableError(address, [], status);
    case grpcCodes.notFound:
      return /namespace/i.test(status.details) ? because('NamespaceNotFound') : because('RunNotFound');
    case grpcCodes.invalidArgument:
      return aboutSearchAttributes(status.details)
        ? searchAttributesMissing(`${what} failed ${handles}: ${status.details}`, attempted, error)
        : because('TemporalError');
    default:
      return because('TemporalError');
  }
}

/** A deadline that passes between two tries arrives as CANCELLED. */
const isLate = (code: number | undefined) =>
  code === grpcCodes.deadlineExceeded || code === grpcCodes.cancelled;

/** True when trying again may help: the server is away, restarting or too busy. */
export function isPassing(error: unknown): boolean {
  const code = grpcStatusOf(error)?.code;
  return code === grpcCodes.unavailable || isLate(code) || code === grpcCodes.resourceExhausted;
}

/** True when a question was not answered in time. */
export const wasLate = (error: unknown) => isLate(grpcStatusOf(error)?.code);

/** Why a query was not answered, for people; undefined when the connection itself is the trouble. */
export function whyNoAnswer(error: unknown, taskQueue: string): string | undefined {
  if (error instanceof QueryNotRegisteredError) return 'this run does not tell its steps';
  const status = grpcStatusOf(error);
  if (!status || status.code === grpcCodes.unavailable) return undefined;
  if (isLate(status.code) || /no poller/i.test(status.details)) {
    return `no worker answers on task queue ${taskQueue}: the run stands still until one is started`;
  }
  return `the worker could not tell the steps: ${status.details}`;
}

function searchAttributesMissing(message: string, attempted: Attempted, cause: unknown): ClientError {
  return new ClientError('SearchAttributesMissing', message, {
    cause,
    remedy: `Run "undrop setup" once, then do this again; nothing was started. By hand: ${registerCommand(attempted)}`,
  });
}

const aboutSearchAttributes = (details: string) =>
  Object.keys(searchAttributes).some((name) => details.includes(name)) || /search attribute/i.test(details);

/** The gRPC status in an error, or in its cause; undefined for errors of another kind. */
export function grpcStatusOf(error: unknown): { code: number; details: string } | undefined {
  const inner = isGrpcServiceError(error) ? error : (error as { cause?: unknown } | undefined)?.cause;
  return isGrpcServiceError(inner)
    ? { code: inner.code, details: inner.details || inner.message }
    : undefined;
}
