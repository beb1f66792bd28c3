import { failures, type FailureType, isFailureType } from '../domain/failures';
import { describeProblems, type Problem } from '../domain/validation';
import { clientFailures, type ClientFailureType } from './client-failures';
import type { ConnectionCheck } from './connection-checks';

/** An error that a person can act on: what failed and why in the message, what to do in `remedy`. */
export class ClientError extends Error {
  override readonly name: string = 'ClientError';
  readonly http: number;
  readonly exit: number;
  readonly remedy: string;

  constructor(
    /** A row of the client's own failures, or of the failure table for what AWS answered to a look-up. */
    readonly type: ClientFailureType | FailureType,
    message: string,
    options: { cause?: unknown; remedy?: string } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    const { http, exit, remedy } = isFailureType(type) ? failures[type] : clientFailures[type];
    this.http = http;
    this.exit = exit;
    this.remedy = options.remedy ?? remedy;
  }
}

/** The input does not fit its schema; nothing was started. */
export class InvalidInputError extends ClientError {
  override readonly name = 'InvalidInputError';

  constructor(
    operation: string,
    readonly problems: readonly Problem[],
  ) {
    super('InvalidInput', `input refused [operation=${operation}]: ${describeProblems(problems)}`);
  }
}

/** Temporal did not answer; `checks` say how far a connection gets. */
export class TemporalUnreachableError extends ClientError {
  override readonly name = 'TemporalUnreachableError';

  constructor(
    address: string,
    readonly checks: readonly ConnectionCheck[],
    cause?: unknown,
  ) {
    const broken = checks.find((check) => !check.ok);
    super(
      'TemporalUnreachable',
      `connection to Temporal failed [address=${address}]: ${broken ? `${broken.name}: ${broken.detail}` : reasonOf(cause)}`,
      { cause },
    );
  }
}

function reasonOf(cause: unknown): string {
  const details = (cause as { details?: string } | undefined)?.details;
  return details || (cause instanceof Error ? cause.message : 'no answer in time');
}
