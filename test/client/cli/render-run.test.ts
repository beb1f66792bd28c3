import { newLines } from '../../../client/cli/plain-lines';
import { renderProgress, renderRun } from '../../../client/cli/render-run';
import { progressBar } from '../../../client/cli/render-step';
import type { RunView } from '../../../client';
import type { RunState } from '../../../domain/run-state';
import type { SourceChoice } from '../../../domain/sources';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 20, 8, 0, seconds)).toISOString();
const now = Date.parse(at(90));

const state: RunState = {
  operation: 'recoverTable',
  title: 'recover dev.public.orders on analytics from s',
  outcome: 'running',
  startedAt: at(0),
  steps: [
    { name: 'copy', title: 'keep the snapshot', state: 'done', startedAt: at(0), endedAt: at(12) },
    {
      name: 'restore',
      title: 'restore dev.public.orders as orders_restored_1f2e3d4c',
      state: 'running',
      startedAt: at(12),
      progress: {
        doneMegaBytes: 512,
        totalMegaBytes: 1024,
        etaSeconds: 40,
        awsStatus: 'IN_PROGRESS',
        looks: 7,
      },
    },
    {
      name: 'verify',
      title: 'count the rows',
      state: 'waiting',
      startedAt: at(80),
      note: 'the cluster is busy',
    },
    { name: 'export', title: 'export orders', state: 'pending' },
  ],
  timeline: [],
  aws: [],
};
const running: RunView = {
  apiVersion: 'undrop/v1',
  workflowId: 'recover-table/analytics/dev.public.orders/3f9a1c2e',
  runId: 'r-1',
  operation: 'recoverTable',
  title: state.title,
  status: 'running',
  outcome: 'running',
  startedAt: at(0),
  links: { ui: 'http://ui.test/run' },
  temporalCommand: 'temporal workflow show',
  state,
};
const failed: RunView = {
  ...running,
  status: 'failed',
  outcome: 'failed',
  endedAt: at(60),
  failure: {
    type: 'RestoreFailed',
    message: 'table restore failed [id=7]: disk full',
    remedy: 'See the message.',
    exit: 1,
    http: 502,
  },
  state: {
    ...state,
    aws: [
      { kind: 'snapshot', id: 'kept', step: 'copy' },
      { kind: 'export', id: 'arn:e', step: 'export', orphaned: true },
    ],
  },
};

describe('renderRun, when the source was chosen by time', () => {
  const choice: SourceChoice = {
    asOf: at(0),
    chosen: {
      source: { recoveryPointId: 'rp-2' },
      kind: 'recovery point',
      of: 'adhoc',
      status: 'AVAILABLE',
      usable: true,
      createdAt: '2026-11-20T06:00:00.000Z',
    },
    ageSeconds: 7200,
    rejected: [
      {
        source: { recoveryPointId: 'rp-3' },
        kind: 'recovery point',
        createdAt: '2026-11-20T08:10:00.000Z',
        reason: 'later than asked for',
      },
      {
        source: { snapshotName: 'weekly' },
        kind: 'serverless snapshot',
        createdAt: '2026-11-15T08:00:00.000Z',
        reason: 'older than the chosen one',
      },
    ],
  };
  const lines = (chosen: SourceChoice, result?: unknown) =>
    renderRun({ ...running, state: { ...state, choice: chosen }, result }, { now });

  it('shows the choice with its age, and every other candidate with the reason against it', () => {
    expect(lines(choice)).toEqual(
      expect.arrayContaining([
        `Source as of ${at(0)}`,
        '  ✔ 2026-11-20T06:00:00.000Z  recovery point       rp-2    chosen, 2 h before',
        '  – 2026-11-20T08:10:00.000Z  recovery point       rp-3    later than asked for',
        '  – 2026-11-15T08:00:00.000Z  serverless snapshot  weekly  older than the chosen one',
      ]),
    );
  });

  it('says that none can be used', () => {
    expect(lines({ ...choice, chosen: undefined })).toContain('  none can be used');
  });

  it('does not repeat it in the result', () => {
    const text = lines(choice, { choice, adopted: false }).join('\n');
    expect(text.match(/rp-3/g)).toHaveLength(1);
    expect(text).toContain('  adopted  false');
  });
});

describe('renderProgress', () => {
  it('shows each step with its mark and time, MB of MB, what is left, and what is waited for', () => {
    expect(renderProgress(running, { now })).toEqual([
      'recover dev.public.orders on analytics from s  running, 1 min 30 s',
      '  ✔ copy     keep the snapshot  12 s',
      '  ▶ restore  restore dev.public.orders as orders_restored_1f2e3d4c  1 min 18 s',
      '             ██████████░░░░░░░░░░  512 of 1,024 MB  about 40 s left  IN_PROGRESS',
      '  … verify   count the rows  10 s',
      '             the cluster is busy',
      '  ○ export   export orders',
    ]);
  });

  const restoring = (change: object): RunView => ({
    ...running,
    state: {
      ...state,
      steps: state.steps.map((step) => (step.name === 'restore' ? { ...step, ...change } : step)),
    },
  });

  it('counts down between two looks, and says when the next one is', () => {
    const looked = restoring({ lookedAt: at(80), nextLookAt: at(95) });
    expect(renderProgress(looked, { now })).toContain(
      '             ██████████░░░░░░░░░░  512 of 1,024 MB  about 30 s left  IN_PROGRESS  next look in 5 s',
    );
    const late = restoring({ lookedAt: at(30), nextLookAt: at(89) });
    expect(renderProgress(late, { now })[3]).toMatch(/any moment now {2}IN_PROGRESS {2}looking$/);
  });

  it('goes by time where AWS tells an estimate and no figures, says so, and is never full before AWS says done', () => {
    const estimated = (etaSeconds: number) =>
      restoring({
        startedAt: at(30),
        lookedAt: at(90),
        progress: { etaSeconds, awsStatus: 'IN_PROGRESS', looks: 3 },
      });
    expect(renderProgress(estimated(60), { now })).toContain(
      '             ██████████░░░░░░░░░░  by time  about 1 min left  IN_PROGRESS',
    );
    expect(renderProgress(estimated(0.001), { now })[3]).toContain('███████████████████░  by time');
  });

  it('shows no bar where nothing is known but AWS’s word', () => {
    const blind = restoring({ progress: { awsStatus: 'PENDING', looks: 2 }, nextLookAt: at(100) });
    expect(renderProgress(blind, { now })).toContain('             PENDING  2 looks  next look in 10 s');
  });

  it('says since when it waits, and when it tries again', () => {
    const waiting = restoring({
      state: 'waiting',
      note: 'the cluster is busy',
      waitingSince: at(30),
      nextLookAt: at(110),
    });
    expect(renderProgress(waiting, { now })).toContain(
      '             the cluster is busy (for 1 min, next try in 20 s)',
    );
  });

  it('leaves out on a narrow terminal what matters least, with a shorter bar', () => {
    const looked = restoring({ lookedAt: at(90), nextLookAt: at(95) });
    expect(renderProgress(looked, { now, columns: 45 })[3]).toBe('      █████░░░░░  512 of 1,024 MB');
    expect(renderProgress(looked, { now, columns: 59 })[3]).toBe(
      '      █████░░░░░  512 of 1,024 MB  about 40 s left',
    );
  });

  it('says how old it is when Temporal does not answer', () => {
    expect(renderProgress(running, { now, heardAt: now - 12_000 }).at(-1)).toBe(
      '  Temporal does not answer, still trying (last heard of 12 s ago)',
    );
    const told = { ...running, notice: 'Temporal is not reachable' };
    expect(renderProgress(told, { now, heardAt: now - 90_000 }).at(-1)).toBe(
      '  Temporal is not reachable (last heard of 1 min 30 s ago)',
    );
    expect(renderProgress(running, { now, heardAt: now - 1_000 }).at(-1)).not.toContain('heard of');
  });

  it('cuts every line to the width, so that redrawing in place stays right', () => {
    for (const columns of [30, 40, 60, 80]) {
      const lines = renderProgress({ ...running, notice: 'n'.repeat(200) }, { now, columns });
      for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(columns);
    }
  });

  it('tells a long notice to its end, over several lines', () => {
    const notice = 'no worker answers on task queue undrop: the run stands still until one is started';
    expect(renderProgress({ ...running, notice }, { now, columns: 50 }).slice(-2)).toEqual([
      '  no worker answers on task queue undrop: the run',
      '  stands still until one is started',
    ]);
  });

  it('writes no colour codes unless asked to', () => {
    const escape = '\u001b';
    expect(renderProgress(running, { now }).join('')).not.toContain(escape);
    expect(renderProgress(running, { now, colours: true }).join('')).toContain(escape);
  });

  it('shows without steps what Temporal knows: the notice, and the call that keeps failing', () => {
    const { state: _none, ...blind } = running;
    const lines = renderProgress(
      {
        ...blind,
        notice: 'no worker answers',
        pendingActivities: [{ activity: 'describe', attempt: 4, lastFailure: 'throttled' }],
      },
      { now },
    );
    expect(lines.slice(1)).toEqual(['  describe, attempt 4: throttled', '  no worker answers']);
  });

  it('shows without steps what the Event History tells of AWS, whole on a narrow terminal too', () => {
    const { state: _none, ...blind } = running;
    const id = '9d7f0f0e-2f6d-4c1e-9a43-0a6f2f3f5c11';
    const view: RunView = { ...blind, aws: [{ kind: 'table restore request', id, step: 'restore' }] };
    expect(renderRun(view, { now })).toEqual(
      expect.arrayContaining(['On AWS', `  table restore request  ${id}`]),
    );
    expect(renderProgress(view, { now, columns: 45 }).slice(-3)).toEqual([
      'On AWS',
      '  table restore request',
      `  ${id}`,
    ]);
    expect(newLines(undefined, view, now).at(-1)).toContain(`on AWS: table restore request ${id}`);
    expect(newLines(view, view, now)).toEqual([]);
  });
});

describe('renderRun', () => {
  it('tells whoever has to change the input how that is retried', () => {
    const failure = { ...failed.failure!, type: 'TableNotInSnapshot' };
    expect(renderRun({ ...failed, failure }, { now }).join('\n')).toContain(
      `undrop runs retry ${failed.workflowId}   (with a changed input: --with path=value)`,
    );
    const refused = { ...failed, failure: { ...failure, type: 'InvalidInput' } };
    expect(renderRun(refused, { now }).join('\n')).not.toContain('undrop runs retry');
  });

  it('tells of a failure what failed, why, what to do, what AWS goes on with, and where to look', () => {
    const text = renderRun(failed, { now }).join('\n');
    expect(text).toContain('failed after 1 min');
    expect(text).toContain('RestoreFailed  table restore failed [id=7]: disk full');
    expect(text).toContain('What to do  See the message.');
    expect(text).toContain(`Then        undrop runs retry ${failed.workflowId}\n`);
    expect(text).toMatch(/snapshot {2}kept\n/);
    expect(text).toContain('export    arn:e  AWS goes on with it; nobody waits any more');
    expect(text).toContain('http://ui.test/run');
    expect(text).toContain(failed.workflowId);
  });

  it('tells by which schedule it was started, and for which time', () => {
    const scheduled = { ...failed, schedule: 'nightly', scheduledAt: '2026-11-20T02:00:00.000Z' };
    expect(renderRun(scheduled, { now }).join('\n')).toContain(
      'Schedule  nightly, for 2026-11-20T02:00:00.000Z',
    );
    expect(renderRun(failed, { now }).join('\n')).not.toContain('Schedule');
  });

  it('lays a nested result out as one line a value', () => {
    const done: RunView = {
      ...running,
      outcome: 'done',
      status: 'completed',
      endedAt: at(60),
      result: { copy: { id: 'x' }, sizes: [1, 2], none: null },
    };
    expect(renderRun(done, { now })).toEqual(
      expect.arrayContaining(['  copy.id  x', '  sizes.0  1', '  sizes.1  2', '  none     null']),
    );
  });
});

describe('progressBar', () => {
  it.each([
    [-1, '░░░░'],
    [0.49, '█░░░'],
    [0.999, '███░'],
    [1, '████'],
    [7, '████'],
  ])('draws %d', (share, bar) => {
    expect(progressBar(share, 4)).toBe(bar);
  });
});

describe('newLines', () => {
  const withRestore = (change: object): RunView => ({
    ...running,
    state: {
      ...state,
      steps: state.steps.map((step) => (step.name === 'restore' ? { ...step, ...change } : step)),
    },
  });

  it('tells at first everything that is not pending', () => {
    expect(newLines(undefined, running, now)).toEqual([
      '08:01:30  recover dev.public.orders on analytics from s',
      '08:01:30  copy: done',
      '08:01:30  restore: running: restore dev.public.orders as orders_restored_1f2e3d4c',
      '08:01:30  verify: waiting: the cluster is busy',
    ]);
  });

  it('says nothing when nothing is new, and nothing about less than a tenth', () => {
    expect(newLines(running, running, now)).toEqual([]);
    expect(
      newLines(
        running,
        withRestore({ progress: { ...state.steps[1]!.progress, doneMegaBytes: 560, looks: 8 } }),
        now,
      ),
    ).toEqual([]);
  });

  it('tells progress by tenths, a change of state, the end, and an outage and its end', () => {
    const more = withRestore({ progress: { ...state.steps[1]!.progress, doneMegaBytes: 800 } });
    expect(newLines(running, more, now)).toEqual([
      expect.stringContaining('restore: ███████████████░░░░░  800 of 1,024 MB'),
    ]);
    expect(newLines(running, withRestore({ state: 'done' }), now)).toEqual(['08:01:30  restore: done']);
    expect(newLines(running, failed, now)).toEqual([
      '08:01:30  run failed: table restore failed [id=7]: disk full',
    ]);
    const away = { ...running, notice: 'Temporal is not reachable' };
    expect(newLines(running, away, now)).toEqual(['08:01:30  Temporal is not reachable']);
    expect(newLines(away, running, now)).toEqual(['08:01:30  heard from again']);
  });
});
