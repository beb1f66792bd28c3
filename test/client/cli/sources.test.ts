import { painter } from '../../../client/cli/painter';
import { sourceLines } from '../../../client/cli/commands/sources-list';
import { runCli } from '../../../client/cli/program';
import { formatDuration } from '../../../domain/duration';
import { sourceList } from '../../../domain/look-ups/sources';
import type { SourceFacts } from '../../../domain/sources';
import { fakeIo } from './fake-io';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const hours = (count: number) => new Date(now + count * 3_600_000).toISOString();
const candidates: SourceFacts[] = [
  {
    source: { recoveryPointId: 'rp-1' },
    kind: 'recovery point',
    of: 'adhoc',
    status: 'AVAILABLE',
    usable: true,
    createdAt: hours(-21),
    expiresAt: hours(3),
    sizeMegaBytes: 12_000.4,
  },
  {
    source: { snapshotName: 'fresh' },
    kind: 'serverless snapshot',
    of: 'adhoc',
    status: 'CREATING',
    usable: false,
    createdAt: hours(-1),
  },
];
const lines = (asOf?: number) =>
  sourceLines(
    sourceList(candidates, { of: 'adhoc', now, ...(asOf && { asOf }) }),
    painter(false),
    formatDuration,
  );

describe('undrop sources list', () => {
  it('shows age, size, what is left, the state, and the name whole at the end', () => {
    expect(lines()).toEqual([
      '  ROWS OF               AGE   KIND                 SIZE       EXPIRES  STATE                    NAME',
      '  2026-11-20 11:00:00Z  1 h   serverless snapshot  -          -        not available: CREATING  fresh',
      '  2026-11-19 15:00:00Z  21 h  recovery point       12,000 MB  in 3 h   AVAILABLE                rp-1',
    ]);
  });

  it('marks what a time would choose, and says why not the others', () => {
    expect(lines(Date.parse(hours(-2))).slice(1)).toEqual([
      '  2026-11-20 11:00:00Z  1 h   serverless snapshot  -          -        later than asked for  fresh',
      '✔ 2026-11-19 15:00:00Z  21 h  recovery point       12,000 MB  in 3 h   chosen                rp-1',
    ]);
  });

  it('says so when there is nothing', () => {
    expect(sourceLines(sourceList([], { of: 'adhoc', now }), painter(false), formatDuration)).toEqual([
      'no sources of adhoc',
    ]);
  });

  it('refuses two warehouses before it connects to anything', async () => {
    const { io, err } = fakeIo();
    const argv = ['sources', 'list', '--cluster', 'a', '--workgroup', 'adhoc', '--address', '127.0.0.1:1'];
    expect(await runCli(argv, io)).toBe(2);
    expect(err()).toContain('--cluster, --workgroup (warehouse): exclude each other: give one');
  });
});
