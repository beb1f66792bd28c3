import { sourceList } from '../../domain/look-ups/sources';
import { lookUps } from '../../domain/look-ups';
import type { SourceFacts } from '../../domain/sources';
import { parseInput } from '../../domain/validation';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const hours = (count: number) => new Date(now + count * 3_600_000).toISOString();
const facts = (name: string, createdAt: string, changes: Partial<SourceFacts> = {}): SourceFacts => ({
  source: { snapshotIdentifier: name },
  kind: 'automated snapshot',
  of: 'analytics',
  status: 'available',
  usable: true,
  createdAt,
  ...changes,
});

describe('a list of sources', () => {
  const old = facts('old', hours(-30), { expiresAt: hours(-6) });
  const good = facts('good', hours(-9), { expiresAt: hours(15), sizeMegaBytes: 500 });
  const fresh = facts('fresh', hours(-1), { usable: false, status: 'creating' });
  const kept = facts('kept', hours(-2), { kind: 'manual snapshot' });

  it('is newest first, with age, time left, and what is wrong', () => {
    expect(sourceList([old, good, fresh, kept], { of: 'analytics', now })).toEqual({
      of: 'analytics',
      sources: [
        { ...fresh, ageSeconds: 3600, problem: 'not available: creating' },
        { ...kept, ageSeconds: 7200 },
        { ...good, ageSeconds: 32_400, remainingSeconds: 54_000 },
        { ...old, ageSeconds: 108_000, remainingSeconds: -21_600, problem: `expired at ${hours(-6)}` },
      ],
    });
  });

  it('marks what a run told this time would choose, and tells why no other', () => {
    const asOf = Date.parse(hours(-3));
    const { sources, choice } = sourceList([old, good, fresh, kept], { of: 'analytics', now, asOf });
    expect(sources.filter(({ chosen }) => chosen).map(({ source }) => source)).toEqual([good.source]);
    expect(choice).toMatchObject({ asOf: hours(-3), chosen: good, ageSeconds: 6 * 3600 });
    expect(choice!.rejected.map(({ reason }) => reason)).toEqual([
      'later than asked for',
      'later than asked for',
      `expired at ${hours(-6)}`,
    ]);
  });

  it.each([
    { clusterIdentifier: 'analytics' },
    { workgroupName: 'adhoc' },
    { workgroupName: 'adhoc', namespaceName: 'data' },
    { namespaceName: 'data' },
  ])('is asked for of %j', (warehouse) => {
    expect(parseInput(lookUps.sources.schema, { warehouse, asOf: '24h' }).ok).toBe(true);
  });

  it('is not asked for of nothing, nor as of no time', () => {
    const parsed = parseInput(lookUps.sources.schema, { asOf: 'lately' });
    expect(parsed.ok ? [] : parsed.problems.map(({ field }) => field)).toEqual(['warehouse', 'asOf']);
  });
});
