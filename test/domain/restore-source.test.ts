import * as fc from '../support/made-up';
import {
  asOfMs,
  asOfValueSchema,
  describeSource,
  sourceIdentifier,
  sourceLabel,
  sourceProblem,
} from '../../domain/restore-source';

const now = Date.parse('2026-11-20T12:00:00.000Z');

describe('a moment to restore from', () => {
  it.each([
    ['24h', '2026-11-19T12:00:00.000Z'],
    ['-24h', '2026-11-19T12:00:00.000Z'],
    ['90 seconds', '2026-11-20T11:58:30.000Z'],
    ['1.5 days', '2026-11-19T00:00:00.000Z'],
    ['2026-11-20T08:00:00Z', '2026-11-20T08:00:00.000Z'],
    ['2026-11-20T08:00:00+02:00', '2026-11-20T06:00:00.000Z'],
  ])('%s is %s', (asOf, moment) => {
    expect(asOfValueSchema.safeParse(asOf).success).toBe(true);
    expect(new Date(asOfMs(asOf, now)).toISOString()).toBe(moment);
  });

  it('is a real moment for every text that is accepted', () => {
    const text = fc.oneof(
      fc.string(),
      fc.date({ noInvalidDate: false }).map((date) => String(date)),
      fc
        .tuple(
          fc.constantFrom('', '-'),
          fc.nat({ max: Number.MAX_SAFE_INTEGER }),
          fc.constantFrom('s', 'm', 'h', 'd', ' days'),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (asOf) => {
        fc.pre(asOfValueSchema.safeParse(asOf).success);
        expect(Number.isNaN(new Date(asOfMs(asOf, now)).getTime())).toBe(false);
      }),
    );
  });
});

describe('a source', () => {
  it.each([
    [{ snapshotIdentifier: 'rs:a-1' }, 'rs:a-1'],
    [{ snapshotName: 'weekly' }, 'weekly'],
    [{ recoveryPointId: 'rp-1' }, 'rp-1'],
  ])('that is named is told by its name: %j', (source, name) => {
    expect([sourceIdentifier(source), sourceLabel(source), describeSource(source)]).toEqual([
      name,
      name,
      name,
    ]);
  });

  it('that is chosen by time is told by the moment', () => {
    expect(sourceLabel({ asOf: '24h' })).toBe('as of 24h');
    expect(describeSource({ asOf: '24h' })).toBe('the newest source at or before 24h');
  });

  const cluster = { clusterIdentifier: 'analytics' };
  const workgroup = { workgroupName: 'adhoc' };

  it('fits its own kind of warehouse; a moment fits both', () => {
    expect(sourceProblem(cluster, { snapshotIdentifier: 's' })).toBeUndefined();
    expect(sourceProblem(workgroup, { snapshotName: 's' })).toBeUndefined();
    expect(sourceProblem(workgroup, { recoveryPointId: 'r' })).toBeUndefined();
    for (const warehouse of [cluster, workgroup])
      expect(sourceProblem(warehouse, { asOf: '24h' })).toBeUndefined();
  });

  it.each([
    [cluster, { snapshotName: 's' }, /^must be a snapshotIdentifier or asOf: .* provisioned cluster$/],
    [cluster, { recoveryPointId: 'r' }, /^must be a snapshotIdentifier or asOf: .* provisioned cluster$/],
    [workgroup, { snapshotIdentifier: 's' }, /^must be a recoveryPointId, a snapshotName or asOf: /],
  ])('does not fit the other kind: %j %j', (warehouse, source, message) => {
    expect(sourceProblem(warehouse, source)).toEqual({
      path: ['source'],
      message: expect.stringMatching(message),
    });
  });
});
