import type { FastifyError } from 'fastify';
import type { ConnectionCheck } from '../connection-checks';
import { ClientError, InvalidInputError, TemporalUnreachableError } from '../errors';
import { ApiError, type ApiFailureType } from './api-error';

/** An error as RFC 9457 (https://www.rfc-editor.org/rfc/rfc9457) writes it, with what a person can do about it. */
export interface ProblemDocument {
  /** `urn:undrop:failure:` and the type of docs/failures.md or docs/http-api.md. */
  type: string;
  title: string;
  status: number;
  detail: string;
  /** The path that was asked for. */
  instance: string;
  remedy: string;
  requestId: string;
  /** Everything wrong with an input. */
  problems?: { path: string; message: string }[];
  /** How far a connection to Temporal gets. */
  checks?: ConnectionCheck[];
}

export const problemMediaType = 'application/problem+json';
export const problemTypePrefix = 'urn:undrop:failure:';

/** What fastify and its plugins say, in our words. */
const ofFastify: Record<string, [ApiFailureType, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['BodyTooLarge', 'the body is larger than 256 KB'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['UnsupportedMediaType', 'the body is not said to be application/json'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['NotJson', 'the body is not JSON'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['NotJson', 'the body is empty, and is said to be JSON'],
};

/** Any error as one of ours; what nobody foresaw says nothing of its inside. */
function known(error: unknown): ClientError | ApiError {
  if (error instanceof ClientError || error instanceof ApiError) return error;
  const { code, statusCode = 500, message } = error as Partial<FastifyError>;
  const row = code === undefined ? undefined : ofFastify[code];
  if (row) return new ApiError(...row, error);
  if (statusCode === 429) return new ApiError('TooManyRequests', message ?? 'too many requests', error);
  if (statusCode >= 400 && statusCode < 500) {
    return new ApiError('BadRequest', message ?? 'the request cannot be read', error);
  }
  return new ApiError('Unexpected', 'the request failed for a reason that the API does not know', error);
}

/** The problem document of an error. `path` is that of the request, without its query. */
export function problemOf(error: unknown, path: string, requestId: string): ProblemDocument {
  const told = known(error);
  return {
    type: `${problemTypePrefix}${told.type}`,
    title: titleOf(told.type),
    status: told.http,
    detail: told.message,
    instance: path,
    remedy: told.remedy,
    requestId,
    ...(told instanceof InvalidInputError && {
      problems: told.problems.map(({ field, problem }) => ({ path: field, message: problem })),
    }),
    ...(told instanceof TemporalUnreachableError && told.checks.length > 0 && { checks: [...told.checks] }),
  };
}

/** `TargetTableExists` → `Target table exists`. */
function titleOf(type: string): string {
  const words = type.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
