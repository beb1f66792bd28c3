import * as fc from '../support/made-up';
import { sourceIdentifier } from '../../domain/restore-source';
import { chooseSource, type SourceFacts, type SourceKind } from '../../domain/sources';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const iso = (ms: number) => new Date(ms).toISOString();
const minute = 60_000;
const hour = 60 * minute;

const facts = (name: string, ageMs: number, changes: Partial<SourceFacts> = {}): SourceFacts => ({
  source: { recoveryPointId: name },
  kind: 'recovery point',
  of: 'adhoc',
  status: 'AVAILABLE',
  usable: true,
  createdAt: iso(now - ageMs),
  ...changes,
});
const choose = (candidates: SourceFacts[], asOf = now, kind?: SourceKind) =>
  chooseSource(candidates, { of: 'adhoc', asOf, now, ...(kind && { kind }) });
const chosenName = (...given: Parameters<typeof choose>) => {
  const { chosen } = choose(...given);
  return chosen && sourceIdentifier(chosen.source);
};
const reasons = (...given: Parameters<typeof choose>) =>
  choose(...given).rejected.map(({ source, reason }) => [sourceIdentifier(source), reason]);

describe('the choice of a source by time', () => {
  it('is the newest one at or before the moment, with its age; the moment itself included', () => {
    const candidates = [facts('old', 3 * hour), facts('exact', 2 * hour), facts('late', hour)];
    expect(choose(candidates, now - 2 * hour)).toEqual({
      asOf: iso(now - 2 * hour),
      chosen: candidates[1],
      ageSeconds: 0,
      rejected: [
        {
          source: { recoveryPointId: 'late' },
          kind: 'recovery point',
          createdAt: iso(now - hour),
          reason: 'later than asked for',
        },
        {
          source: { recoveryPointId: 'old' },
          kind: 'recovery point',
          createdAt: iso(now - 3 * hour),
          reason: 'older than the chosen one',
        },
      ],
    });
    expect(choose(candidates, now - 150 * minute).ageSeconds).toBe(1800);
  });

  it('is none when there is none', () => {
    expect(choose([])).toEqual({ asOf: iso(now), rejected: [] });
  });

  it.each<[string, Partial<SourceFacts>, string]>([
    ['of another cluster', { of: 'other' }, 'of another warehouse: other'],
    ['not available yet', { usable: false, status: 'CREATING' }, 'not available: CREATING'],
    ['that failed', { usable: false, status: 'failed' }, 'not available: failed'],
    ['being deleted', { usable: false, status: 'deleting' }, 'being deleted'],
    ['that was deleted', { usable: false, status: 'DELETED' }, 'being deleted'],
    ['that expired', { expiresAt: iso(now - minute) }, `expired at ${iso(now - minute)}`],
    ['that expires at this moment', { expiresAt: iso(now) }, `expired at ${iso(now)}`],
    [
      'that will not last through a restore',
      { expiresAt: iso(now + 4 * minute) },
      `expires within minutes, at ${iso(now + 4 * minute)}`,
    ],
  ])('passes over one %s, for an older one that can be used', (_what, changes, reason) => {
    const candidates = [facts('bad', hour, changes), facts('good', 2 * hour)];
    expect(chosenName(candidates)).toBe('good');
    expect(reasons(candidates)).toEqual([['bad', reason]]);
  });

  it('is, of several of one moment, the one that is kept longest', () => {
    const candidates = [
      facts('ends', hour, { expiresAt: iso(now + hour) }),
      facts('stays', hour),
      facts('ends-later', hour, { expiresAt: iso(now + 2 * hour) }),
    ];
    expect(chosenName(candidates)).toBe('stays');
    expect(reasons(candidates)).toEqual([
      ['ends-later', 'of the same moment as the chosen one'],
      ['ends', 'of the same moment as the chosen one'],
    ]);
  });

  it('takes one that lasts long enough', () => {
    expect(chosenName([facts('brief', hour, { expiresAt: iso(now + 5 * minute) })])).toBe('brief');
  });

  it('can be among one kind only', () => {
    const candidates = [
      facts('kept', hour, { kind: 'serverless snapshot', source: { snapshotName: 'kept' } }),
      facts('point', 2 * hour),
    ];
    expect(chosenName(candidates)).toBe('kept');
    expect(chosenName(candidates, now, 'recovery point')).toBe('point');
    expect(reasons(candidates, now, 'recovery point')).toEqual([
      ['kept', 'a serverless snapshot, which is kept already'],
    ]);
  });

  const candidate: fc.Arbitrary<SourceFacts> = fc
    .record({
      ageMinutes: fc.integer({ min: -60, max: 3 * 24 * 60 }),
      of: fc.constantFrom('adhoc', 'adhoc', 'adhoc', 'other'),
      status: fc.constantFrom('AVAILABLE', 'AVAILABLE', 'CREATING', 'FAILED', 'DELETED', 'deleting'),
      kind: fc.constantFrom<SourceKind>('recovery point', 'serverless snapshot'),
      leftMinutes: fc.option(fc.integer({ min: -60, max: 60 }), { nil: undefined }),
    })
    .map(({ ageMinutes, leftMinutes, ...rest }) => ({
      ...facts('', ageMinutes * minute),
      ...rest,
      usable: rest.status === 'AVAILABLE',
      ...(leftMinutes !== undefined && { expiresAt: iso(now + leftMinutes * minute) }),
    }));
  const world = fc.record({
    candidates: fc
      .array(candidate, { maxLength: 30 })
      .map((all) => all.map((one, index) => ({ ...one, source: { recoveryPointId: `rp-${index}` } }))),
    asOf: fc.integer({ min: -90, max: 3 * 24 * 60 }).map((minutes) => now - minutes * minute),
    kind: fc.option(fc.constantFrom<SourceKind>('recovery point', 'serverless snapshot'), { nil: undefined }),
  });

  it('is at or before the moment, usable, of the warehouse, of the kind, and lasts, whatever there is', () => {
    fc.assert(
      fc.property(world, ({ candidates, asOf, kind }) => {
        const { chosen, ageSeconds } = choose(candidates, asOf, kind);
        if (!chosen) return;
        expect(Date.parse(chosen.createdAt)).toBeLessThanOrEqual(asOf);
        expect(ageSeconds).toBe((asOf - Date.parse(chosen.createdAt)) / 1000);
        expect([chosen.usable, chosen.of]).toEqual([true, 'adhoc']);
        expect([undefined, chosen.kind]).toContain(kind);
        if (chosen.expiresAt) expect(Date.parse(chosen.expiresAt)).toBeGreaterThan(now);
      }),
    );
  });

  it('leaves nothing newer that could have been taken, and takes something whenever it can', () => {
    fc.assert(
      fc.property(world, ({ candidates, asOf, kind }) => {
        const { chosen } = choose(candidates, asOf, kind);
        const newer = candidates.filter(
          (one) =>
            one.usable &&
            one.of === 'adhoc' &&
            Date.parse(one.createdAt) <= asOf &&
            (kind === undefined || one.kind === kind) &&
            (one.expiresAt === undefined || Date.parse(one.expiresAt) >= now + 5 * minute) &&
            (chosen === undefined || Date.parse(one.createdAt) > Date.parse(chosen.createdAt)),
        );
        expect(newer).toEqual([]);
      }),
    );
  });

  it('accounts for every candidate once: chosen, or rejected with a reason, the newest first', () => {
    fc.assert(
      fc.property(world, ({ candidates, asOf, kind }) => {
        const { chosen, rejected } = choose(candidates, asOf, kind);
        const named = [...(chosen ? [chosen] : []), ...rejected].map(({ source }) =>
          sourceIdentifier(source),
        );
        expect(named.sort()).toEqual(candidates.map(({ source }) => sourceIdentifier(source)).sort());
        for (const { reason } of rejected) expect(reason).not.toBe('');
        const times = rejected.map(({ createdAt }) => Date.parse(createdAt));
        expect(times).toEqual([...times].sort((a, b) => b - a));
      }),
    );
  });

  it('does not depend on the order in which AWS lists them, nor changes their list', () => {
    fc.assert(
      fc.property(world, ({ candidates, asOf }) => {
        const before = structuredClone(candidates);
        const times = new Set(candidates.map(({ createdAt }) => createdAt));
        fc.pre(times.size === candidates.length);
        expect(choose([...candidates].reverse(), asOf)).toEqual(choose(candidates, asOf));
        expect(candidates).toEqual(before);
      }),
    );
  });
});
