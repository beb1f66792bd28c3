import { AwsError } from '../core/types';

/**
 * DynamoDB's refusals, in its own words. Export texts are those of live probes of AWS (api-quirks lab of
 * aws-controllers-k8s, DDB-EXPORT-001…026, 2026-10-09) and of ScyllaDB's export suite, which runs against AWS.
 */
export const errors = {
  validation: (message: string) => new AwsError('ValidationException', message),
  notSimulated: (what: string) =>
    new AwsError('ValidationException', `The simulated DynamoDB has no ${what}`),
  accessDenied: () => new AwsError('AccessDeniedException', 'Access is denied'),
  resourceNotFound: (what = '') =>
    new AwsError('ResourceNotFoundException', `Requested resource not found${what}`),
  tableInUse: (message: string) => new AwsError('ResourceInUseException', message),
  conditionFailed: () => new AwsError('ConditionalCheckFailedException', 'The conditional request failed'),
  tableNotFound: (table: string) => new AwsError('TableNotFoundException', `Table not found: ${table}`),
  backupsUnavailable: (table: string) =>
    new AwsError(
      'ContinuousBackupsUnavailableException',
      `Backups are being enabled for the table: ${table}. Please retry later`,
    ),
  pitrOff: (table: string) =>
    new AwsError(
      'PointInTimeRecoveryUnavailableException',
      `Point in time recovery is not enabled for table '${table}'`,
    ),
  exportTime: (message: string) => new AwsError('InvalidExportTimeException', message),
  exportConflict: () =>
    new AwsError(
      'ExportConflictException',
      'Export conflict: Duplicate request detected with conflicting parameters',
    ),
  exportNotFound: (why: string) => new AwsError('ExportNotFoundException', `Export not found: ${why}`),
  exportLimit: (limit: number) =>
    new AwsError(
      'LimitExceededException',
      `Subscriber limit exceeded: Only ${limit} exports can run simultaneously`,
    ),
};

/** One broken constraint of the shape, worded as AWS's request validator does. */
export function violation(value: string | number | null, member: string, constraint: string): string {
  const shown = value === null ? 'null' : `'${value}'`;
  return `Value ${shown} at '${member}' failed to satisfy constraint: Member must ${constraint}`;
}

/** @throws AwsError ValidationException naming every violation at once; nothing when there is none */
export function refuseViolations(violations: string[]): void {
  if (violations.length === 0) return;
  const noun = violations.length === 1 ? 'error' : 'errors';
  throw errors.validation(`${violations.length} validation ${noun} detected: ${violations.join('; ')}`);
}
