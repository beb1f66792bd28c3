import { AwsError } from '../core/types';

/** The Data API's refusals; texts that were seen in user reports are marked in docs/fidelity.md. */
export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message, 400);
}

/** AWS' wording of a broken constraint on one member. */
export function constraint(member: string, value: unknown, rule: string): AwsError {
  return invalid(
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: Member must ${rule}`,
  );
}

export function notFound(message: string, id: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, 404, { ResourceId: id });
}

export const noResult = 'Query does not have result. Please check query status with DescribeStatement.';
