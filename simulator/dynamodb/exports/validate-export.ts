import type { World } from '../../core/world';
import { errors, refuseViolations, violation } from '../errors';
import { recoveryWindow } from '../continuous-backups';
import type { Table } from '../state';
import type { ExportInput, ExportScope } from './export-record';

const minuteMs = 60_000;
const pattern = (regex: string) => `satisfy regular expression pattern: ${regex}`;
const oneOf = (values: string[]) => `satisfy enum value set: [${values.join(', ')}]`;

interface Rule {
  member: string;
  value: string | undefined;
  required?: boolean;
  regex?: RegExp;
  shown?: string;
  values?: string[];
  max?: number;
}

function rules(input: ExportInput): Rule[] {
  return [
    { member: 'tableArn', value: input.TableArn, required: true, max: 1024 },
    {
      member: 's3Bucket',
      value: input.S3Bucket,
      required: true,
      regex: /^[a-z0-9A-Z]+[.\-\w]*[a-z0-9A-Z]+$/,
      shown: '^[a-z0-9A-Z]+[\\.\\-\\w]*[a-z0-9A-Z]+$',
      max: 255,
    },
    { member: 'clientToken', value: input.ClientToken, regex: /^[^$]+$/, shown: '^[^\\$]+$' },
    { member: 's3BucketOwner', value: input.S3BucketOwner, regex: /^[0-9]{12}$/, shown: '[0-9]{12}' },
    { member: 's3Prefix', value: input.S3Prefix, max: 1024 },
    { member: 's3SseAlgorithm', value: input.S3SseAlgorithm, values: ['AES256', 'KMS'] },
    {
      member: 's3SseKmsKeyId',
      value: input.S3SseKmsKeyId,
      regex: /^[\w:/-]+$/,
      shown: '[\\w:/-]+',
      max: 2048,
    },
    { member: 'exportFormat', value: input.ExportFormat, values: ['DYNAMODB_JSON', 'ION'] },
    { member: 'exportType', value: input.ExportType, values: ['FULL_EXPORT', 'INCREMENTAL_EXPORT'] },
    {
      member: 'incrementalExportSpecification.exportViewType',
      value: input.IncrementalExportSpecification?.ExportViewType,
      values: ['NEW_IMAGE', 'NEW_AND_OLD_IMAGES'],
    },
  ];
}

function violationsOf({ member, value, required, regex, shown = '', values, max }: Rule): string[] {
  if (value === undefined) return required === true ? [violation(null, member, 'not be null')] : [];
  if (values !== undefined) return values.includes(value) ? [] : [violation(value, member, oneOf(values))];
  if (regex !== undefined && !regex.test(value)) return [violation(value, member, pattern(shown))];
  if (value === '') return [violation(value, member, 'have length greater than or equal to 1')];
  if (max === undefined || value.length <= max) return [];
  return [violation(value, member, `have length less than or equal to ${max}`)];
}

/**
 * Everything that AWS refuses by the request alone, before it looks at the table.
 *
 * @throws AwsError ValidationException (DDB-EXPORT-002, -003, -005)
 */
export function validateExportShape(input: ExportInput): void {
  refuseViolations(rules(input).flatMap(violationsOf));
  const specification = input.IncrementalExportSpecification;
  const invalid = (why: string) => errors.validation(`Invalid Request: ${why}`);
  if (input.FilterSpecification !== undefined) {
    if (Object.values(input.FilterSpecification).every((value) => value === undefined)) {
      throw invalid('Invalid FilterSpecification: The specification can not be empty');
    }
    throw errors.notSimulated('FilterSpecification');
  }
  if (input.S3SseKmsKeyId !== undefined && input.S3SseAlgorithm !== 'KMS') {
    throw invalid('KMS Key Id is not supported for this encryption type');
  }
  if (input.ExportType === 'INCREMENTAL_EXPORT') {
    if (specification === undefined) {
      throw invalid(
        'Incremental Export Specification expected when export type is set as Incremental Export',
      );
    }
    if (specification.ExportFromTime === undefined) {
      throw invalid('ExportFromTime must be provided in IncrementalExportSpecification');
    }
  } else if (specification !== undefined) {
    throw invalid(
      input.ExportType === undefined
        ? 'Export Type expected to be Incremental Export when incremental export specification is provided'
        : 'When Export Type is Full Export , Incremental Export Specification should not be provided',
    );
  }
}

const seconds = (date: Date) => Math.floor(date.getTime() / 1000) * 1000;
const shown = (time: number) => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');

function incrementalScope(world: World, table: Table, input: ExportInput): ExportScope {
  const specification = input.IncrementalExportSpecification ?? {};
  const now = world.clock.now();
  const from = seconds(specification.ExportFromTime ?? now);
  const to = seconds(specification.ExportToTime ?? now);
  if (from < Math.floor(table.createdAt / 1000) * 1000) {
    throw errors.exportTime(
      `Incremental export period from time cannot be less than the table creation time : ${shown(from)}`,
    );
  }
  const window = recoveryWindow(world, table);
  if (window === undefined) throw errors.pitrOff(table.name);
  if (from >= to) {
    throw errors.exportTime(
      'Incremental export period from time should not be greater or equal to incremental export period to time',
    );
  }
  if (to > now.getTime()) {
    throw errors.exportTime(
      `Incremental export period to time cannot be greater than the current time : ${shown(to)}`,
    );
  }
  const difference = 'Difference between export period from time and export period to time is';
  if (to - from < 15 * minuteMs) throw errors.exportTime(`${difference} less than 15 minutes`);
  if (to - from > 24 * 60 * minuteMs) throw errors.exportTime(`${difference} greater than 24 hours`);
  if (from < window.earliest) {
    throw errors.exportTime('Point in Time Recovery is not available for specified export time');
  }
  return { kind: 'incremental', from, to, view: specification.ExportViewType ?? 'NEW_AND_OLD_IMAGES' };
}

/**
 * What a valid request exports. Times are whole seconds; ExportTime left out means now, and so does ExportToTime
 * (DDB-EXPORT-017, -019). AWS compares an incremental window with the table's creation even before it asks for PITR.
 *
 * @throws AwsError PointInTimeRecoveryUnavailableException, InvalidExportTimeException (DDB-EXPORT-001, -004)
 */
export function exportScope(world: World, table: Table, input: ExportInput): ExportScope {
  if (input.ExportType === 'INCREMENTAL_EXPORT') return incrementalScope(world, table, input);
  const window = recoveryWindow(world, table);
  if (window === undefined) throw errors.pitrOff(table.name);
  const now = world.clock.now().getTime();
  if (input.ExportTime === undefined) return { kind: 'full', time: now };
  const time = seconds(input.ExportTime);
  if (time < Math.floor(table.createdAt / 1000) * 1000 || time > now)
    throw errors.exportTime('Export Time is invalid');
  if (time < window.earliest || time > window.latest) {
    throw errors.exportTime('Point in Time Recovery is not available for specified export time');
  }
  return { kind: 'full', time };
}
