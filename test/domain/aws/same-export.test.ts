import { type ExportFacts, type ExportIdentity, isSameExport } from '../../../domain/aws/export';
import { exportStartMs } from '../../../domain/look-ups/exports';

const found: ExportFacts = {
  exportArn: 'arn',
  exportStatus: 'COMPLETED',
  s3Bucket: 'exports',
  s3Prefix: 'nightly',
  exportTime: '2026-11-20T08:00:00.000Z',
  exportFormat: 'DYNAMODB_JSON',
  exportType: 'FULL_EXPORT',
};
const wanted: ExportIdentity = {
  s3Bucket: 'exports',
  s3Prefix: 'nightly',
  exportTime: '2026-11-20T08:00:00Z',
};
const window = { exportFromTime: '2026-11-20T08:00:00Z', exportToTime: '2026-11-20T09:00:00Z' };

describe('an export is the one that is asked for', () => {
  it('when everything is the same, defaults included', () => {
    expect(isSameExport(wanted, found)).toBe(true);
    const bare = { exportArn: 'arn', exportStatus: 'COMPLETED', s3Bucket: 'exports' };
    expect(isSameExport({ s3Bucket: 'exports' }, bare)).toBe(true);
    expect(
      isSameExport({ s3Bucket: 'exports', exportType: 'FULL_EXPORT', exportFormat: 'DYNAMODB_JSON' }, bare),
    ).toBe(true);
  });

  it('at any moment when none was asked for', () => {
    expect(isSameExport({ s3Bucket: 'exports', s3Prefix: 'nightly' }, found)).toBe(true);
  });

  it.each<[string, Partial<ExportIdentity>]>([
    ['bucket', { s3Bucket: 'others' }],
    ['prefix', { s3Prefix: undefined }],
    ['moment', { exportTime: '2026-11-20T08:00:01Z' }],
    ['format', { exportFormat: 'ION' }],
    ['type', { exportType: 'INCREMENTAL_EXPORT' }],
    ['window', { incrementalExportSpecification: window }],
  ])('not with another %s', (_, change) => {
    expect(isSameExport({ ...wanted, ...change }, found)).toBe(false);
  });

  it('by its window', () => {
    const changes = { ...found, exportTime: undefined, exportType: 'INCREMENTAL_EXPORT', ...window };
    const same = {
      s3Bucket: 'exports',
      s3Prefix: 'nightly',
      exportType: 'INCREMENTAL_EXPORT',
      incrementalExportSpecification: window,
    };
    expect(isSameExport(same, changes)).toBe(true);
    expect(isSameExport(same, { ...changes, exportToTime: '2026-11-20T10:00:00Z' })).toBe(false);
  });
});

describe('the ARN of an export', () => {
  it('tells when it began', () => {
    expect(
      exportStartMs('arn:aws:dynamodb:eu-central-1:123456789012:table/t/export/01700000000000-abcdef12'),
    ).toBe(1_700_000_000_000);
    expect(exportStartMs('arn:aws:dynamodb:eu-central-1:123456789012:table/t/export/other')).toBeUndefined();
  });
});
