import { painter } from '../../../client/cli/painter';
import { sourcesCommands } from '../../../client/cli/commands/sources';
import { runCli } from '../../../client/cli/program';
import { tableLines } from '../../../client/cli/table';
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
    sizeMegaBytes: 12_000,
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
const view = (asOf?: number, found = candidates) =>
  sourcesCommands[0]!.view(sourceList(found, { of: 'adhoc', now, ...(asOf && { asOf }) }));
const lines = (asOf?: number) => view(asOf).tables.flatMap((table) => tableLines(table, painter(false)));

describe('undrop sources list', () => {
  it('shows age, size, what is left, the state, and the name whole at the end', () => {
    expect(lines()).toEqual([
      'ROWS OF               AGE   KIND                    MB  EXPIRES  STATE                    NAME',
      '2026-11-20 11:00:00Z  1 h   serverless snapshot      -  -        not available: CREATING  fresh',
      '2026-11-19 15:00:00Z  21 h  recovery point       12000  in 3 h   AVAILABLE                rp-1',
    ]);
  });

  it('marks what a time would choose, and says why not the others', () => {
    expect(lines(Date.parse(hours(-2))).slice(1)).toEqual([
      '2026-11-20 11:00:00Z  1 h   serverless snapshot      -  -        later than asked for  fresh',
      '2026-11-19 15:00:00Z  21 h  recovery point       12000  in 3 h   ✔ chosen              rp-1',
    ]);
  });

  it('says so when there is nothing, or nothing that can be used', () => {
    expect(view(undefined, []).notes).toEqual(['AWS lists no sources of adhoc']);
    expect(view(Date.parse(hours(-30))).notes).toEqual([
      `nothing at or before ${hours(-30)} can be restored from`,
    ]);
    expect(view().notes).toEqual([]);
  });

  it('refuses two warehouses before it connects to anything', async () => {
    const { io, err } = fakeIo();
    const argv = ['sources', 'list', '--cluster', 'a', '--workgroup', 'adhoc', '--address', '127.0.0.1:1'];
    expect(await runCli(argv, io)).toBe(2);
    expect(err()).toContain('--cluster, --workgroup (warehouse): exclude each other: give one');
  });
});
