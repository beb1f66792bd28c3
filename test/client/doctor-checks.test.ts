import { judgeAwsAccess, uncheckedAws } from '../../client/doctor/aws';
import { clockCheck } from '../../client/doctor/clocks';
import { versionCheck } from '../../client/doctor/workers';
import { version } from '../../domain/version';

const clocks = { who: 'mine', than: 'theirs', coarseMs: 2_000 };

describe('clocks', () => {
  it.each([
    [0, 'ok', 'mine and theirs agree'],
    [-1_900, 'ok', 'mine and theirs agree'],
    [12_000, 'ok', 'mine is 12 s ahead of theirs'],
    [-31_000, 'wrong', 'mine is 31 s behind theirs'],
    [7 * 60_000, 'wrong', 'mine is 7 min ahead of theirs'],
  ])('that differ by %d ms are %s', (aheadMs, state, detail) => {
    expect(clockCheck('AWS', 'clock', { ...clocks, aheadMs })).toMatchObject({ state, detail });
  });

  it('are set by NTP where they are wrong', () => {
    const { advice, exit } = clockCheck('AWS', 'clock', { ...clocks, aheadMs: 60_000 });
    expect(advice).toContain('NTP');
    expect(exit).toBe(1);
  });
});

describe('versions', () => {
  it('that differ are a warning with both of them', () => {
    expect(versionCheck(version).state).toBe('ok');
    expect(versionCheck('9.9.9')).toMatchObject({
      state: 'warning',
      detail: `the worker is 9.9.9, this client ${version}`,
    });
  });
});

describe('what a worker told about AWS', () => {
  const clock = { awsTime: '2026-11-28T01:00:00.000Z', workerTime: '2026-11-28T01:06:00.000Z' };

  it('is wrong for a clock that AWS would not believe, and for a region that nobody set', () => {
    const checks = judgeAwsAccess({
      version,
      caller: { account: '1', arn: 'arn:aws:iam::1:user/x', clock },
      probes: [],
      temporalTime: clock.awsTime,
    });
    expect(checks).toContainEqual(
      expect.objectContaining({
        name: 'clock',
        state: 'wrong',
        detail: "the worker's clock is 6 min ahead of AWS's",
      }),
    );
    expect(checks).toContainEqual(
      expect.objectContaining({
        name: 'region',
        state: 'wrong',
        exit: 4,
        advice: expect.stringContaining('AWS_REGION'),
      }),
    );
  });

  it('is not guessed without a worker', () => {
    expect(new Set(uncheckedAws('no worker').map(({ state }) => state))).toEqual(new Set(['unchecked']));
  });
});
