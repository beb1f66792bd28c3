import type { Plan } from '../../../client';
import { painter } from '../../../client/cli/painter';
import { findingLines, planLines } from '../../../client/cli/render-plan';
import { renderRun } from '../../../client/cli/render-run';
import type { RunView } from '../../../client/run-view';
import { blocking, ok, warning } from '../../../domain/plan/finding';
import { newRun } from '../../../domain/run-state';

const plain = painter(false);
const findings = [
  ok('warehouse', 'cluster analytics is available'),
  warning('copy', 'there are 20 manual snapshots', 'Delete some.'),
  blocking('target name', 'dev.public.x exists already', 'TargetTableExists', 'Choose another.'),
];

describe('a plan as text', () => {
  const plan: Plan = {
    operation: 'recoverTable',
    workflowId: 'recover-table/x',
    title: 'Recover dev.public.x from rs:a',
    findings,
    steps: [
      { name: 'choose', title: 'Choose one' },
      { name: 'copy', title: 'Copy it', notNeeded: 'it is kept already' },
      { name: 'restore', title: 'Restore it', estimateSeconds: 125, basis: '250 MB at 50 MB/s, and 2 min' },
    ],
    estimateSeconds: 125,
    feasible: false,
  };

  it('has the findings with marks and remedies, the steps with estimates, and their sum', () => {
    expect(planLines(plan, plain)).toEqual([
      'Recover dev.public.x from rs:a',
      '',
      'Findings  1 ok, 1 warning, 1 blocking',
      '  ✔ warehouse    cluster analytics is available',
      '  ▲ copy         there are 20 manual snapshots',
      '                 → Delete some.',
      '  ✘ target name  dev.public.x exists already',
      '                 → Choose another.',
      '',
      'Steps',
      '  choose   Choose one',
      '  copy     Copy it     not needed: it is kept already',
      '  restore  Restore it  about 2 min 5 s  250 MB at 50 MB/s, and 2 min',
      '',
      'About 2 min 5 s in all, if AWS takes it at once; an estimate, see docs/plan.md.',
    ]);
  });

  it('says so when there is nothing to look at, or nothing to estimate', () => {
    const { estimateSeconds: _, ...rest } = plan;
    const lines = planLines({ ...rest, findings: [] }, plain);
    expect(lines).toContain('Nothing to look at before.');
    expect(lines.join('\n')).not.toMatch(/in all/);
  });
});

describe('a run as text', () => {
  const view = (shown: typeof findings): RunView =>
    ({
      apiVersion: '1',
      workflowId: 'w',
      runId: 'r',
      operation: 'copySnapshot',
      title: 'Keep it',
      status: 'failed',
      outcome: 'failed',
      startedAt: '2026-11-21T00:00:00Z',
      endedAt: '2026-11-21T00:00:01Z',
      taskQueue: 'undrop',
      pendingActivities: [],
      links: { ui: 'http://ui' },
      temporalCommand: 'temporal workflow describe',
      state: { ...newRun('copySnapshot', 'Keep it', '2026-11-21T00:00:00Z', []), findings: shown },
    }) as unknown as RunView;

  it('has the findings that are not ok', () => {
    const text = renderRun(view(findings), { now: 0 });
    expect(text).toEqual(expect.arrayContaining(findingLines(findings.slice(1), plain)));
    expect(text.join('\n')).not.toContain('cluster analytics is available');
    expect(renderRun(view([findings[0]!]), { now: 0 }).join('\n')).not.toContain('Findings');
  });
});
