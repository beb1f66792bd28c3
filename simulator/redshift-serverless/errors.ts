import { AwsError } from '../core/types';

/**
 * Refusals of Redshift Serverless. Codes and statuses are the service model's (API pages say 400 for all client errors,
 * hence the setting `jsonErrorStatus`); AWS publishes no texts, so they say what and why. There is no fault of its own for
 * "one restore at a time": what serverless has for it is ConflictException (docs/aws-notes.md, 10).
 */
export const refusals = {
  invalid: (why: string) => new AwsError('ValidationException', why, 400),
  constraint: (member: string, value: unknown, rule: string) =>
    refusals.invalid(
      `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: Member must ${rule}`,
    ),
  notFound: (what: string, name: string) =>
    new AwsError('ResourceNotFoundException', `The ${what} ${name} could not be found.`, 404, {
      resourceName: name,
    }),
  conflict: (why: string) => new AwsError('ConflictException', why, 409),
  /** The wording of DeleteNamespace's conflict, which users quote. */
  operationRunning: (again: string) =>
    refusals.conflict(`There is an operation running on the namespace. Try ${again} again later.`),
  quota: (why: string) => new AwsError('ServiceQuotaExceededException', why, 402),
  tooManyTags: (resourceName: string) =>
    new AwsError('TooManyTagsException', 'The request exceeded the number of tags allowed: 50.', 400, {
      resourceName,
    }),
  invalidToken: () => new AwsError('InvalidPaginationException', 'The nextToken is not valid.', 400),
};
