import * as fc from '../support/made-up';
import { describeProgress, runCard } from '../../domain/run-card';
import { newRun, type RunState, type StepRecord } from '../../domain/run-state';
import type { SourceChoice } from '../../domain/sources';

const at = '2026-11-20T08:00:00.000Z';
const runWith = (changes: Partial<RunState> = {}, step: Partial<StepRecord> = {}): RunState => {
  const run = newRun('restoreTable', 'Restore orders', at, [{ name: 'restore', title: 'Restore the table' }]);
  Object.assign(run.steps[0]!, step);
  return { ...run, ...changes };
};

describe('the card of a run', () => {
  const place = {
    workflowId: 'restore-table/analytics/dev.public.orders/1f2e',
    redshift: { serverless: false, clusterIdentifier: 'analytics' },
  } as const;

  it('shows title, state and steps as Markdown', () => {
    expect(runCard(runWith()).split('\n')).toEqual([
      '### Restore orders',
      '',
      '▶ **running** since 2026-11-20 08:00:00 UTC',
      '',
      '**Steps**',
      '',
      '- ○ Restore the table: pending',
    ]);
  });

  it.each([
    ['pending', '○'],
    ['running', '▶'],
    ['waiting', '◷'],
    ['done', '✔'],
    ['skipped', '–'],
    ['failed', '✘'],
    ['cancelled', '■'],
  ] as const)('has a sign for a step that is %s', (state, sign) => {
    expect(runCard(runWith({}, { state }))).toContain(`- ${sign} Restore the table: ${state}`);
  });

  it('shows how far a running step is, when it looked and looks again, and the time a done one took', () => {
    const progress = {
      awsStatus: 'IN_PROGRESS',
      doneMegaBytes: 1200,
      totalMegaBytes: 2880.4,
      etaSeconds: 94,
      looks: 3,
    };
    const running = {
      state: 'running',
      startedAt: at,
      progress,
      lookedAt: '2026-11-20T08:01:00.000Z',
      nextLookAt: '2026-11-20T08:01:18.000Z',
    } as const;
    const card = runCard(runWith({}, running));
    expect(card).toContain(
      [
        '**Now: Restore the table**',
        '`████████░░░░░░░░░░░░` 41 %: IN\\_PROGRESS, 1,200 of 2,880 MB, about 1 min 34 s left, at 08:02:34 UTC',
        'looked at 08:01:00 UTC, next look at 08:01:18 UTC',
      ].join('\n'),
    );
    expect(card).toContain('- ▶ Restore the table: running since 08:00:00 UTC');
    const done = { ...running, state: 'done', endedAt: '2026-11-20T08:01:33.000Z' } as const;
    const after = runCard(runWith({}, done));
    expect(after).toContain('- ✔ Restore the table: done in 1 min 33 s');
    expect(after).not.toMatch(/Now|look/);
  });

  it('says what a waiting step waits for and since when, why one was skipped, and no longer once it runs', () => {
    const note = 'the cluster is busy';
    expect(runCard(runWith({}, { state: 'waiting', note, waitingSince: at }))).toContain(
      `◷ waiting since 08:00:00 UTC: ${note}`,
    );
    expect(runCard(runWith({}, { state: 'skipped', note }))).toContain(`skipped, ${note}`);
    expect(runCard(runWith({}, { state: 'done', note }))).toContain(`done, ${note}`);
    expect(runCard(runWith({}, { state: 'running', note }))).not.toContain(note);
  });

  it('tells how long a run that ended took', () => {
    const ended = { outcome: 'failed', endedAt: '2026-11-20T08:12:00.000Z' } as const;
    expect(runCard(runWith(ended))).toContain(
      '✘ **failed** after 12 min: 2026-11-20 08:00:00 UTC to 08:12:00 UTC',
    );
    expect(runCard(runWith({ ...ended, endedAt: '2026-11-21T08:00:00.000Z' }))).toContain(
      'after 1 d: 2026-11-20 08:00:00 UTC to 2026-11-21 08:00:00 UTC',
    );
  });

  it('tells how a failed run goes on: by a command, and on the page it stands on', () => {
    const failure = { type: 'ClusterBusy', message: 'restore failed: busy', remedy: 'Wait.' };
    const card = runCard(
      runWith({ failure, outcome: 'failed' }, { state: 'failed', resetEventId: 57 }),
      place,
    );
    expect(card).toContain(`**Once it is mended**: \`undrop runs retry ${place.workflowId}\``);
    expect(card).toContain('on this page: **Reset**, to event 57');
    expect(card).toContain(`- \`undrop runs show ${place.workflowId}\``);
    expect(card).not.toMatch(/runs (cancel|watch)/);
  });

  it('gives the commands that show, follow and stop a run under way', () => {
    const card = runCard(runWith(), { ...place, workflowId: 'my run' });
    for (const command of ['show', 'watch', 'cancel'])
      expect(card).toContain(`- \`undrop runs ${command} 'my run'\``);
    expect(card).not.toContain('retry');
  });

  it('gives the command that shows what AWS says of each thing, and the page of an export', () => {
    const exportArn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/orders/export/0170-1f';
    const card = runCard(
      runWith({
        aws: [
          { kind: 'table restore request', id: 'r-1', step: 'restore' },
          { kind: 'restored table', id: 'dev.public.orders_back', step: 'restore' },
          { kind: 'export', id: exportArn, step: 'export' },
        ],
      }),
      place,
    );
    expect(card).toContain(
      '- `aws redshift describe-table-restore-status --cluster-identifier analytics --table-restore-request-id r-1`',
    );
    expect(card).toMatch(/- restored table `dev.public.orders_back`$/m);
    expect(card).toContain(
      'https://eu-central-1.console.aws.amazon.com/dynamodbv2/home?region=eu-central-1#table?name=orders',
    );
    expect(card).toContain(`\`aws dynamodb describe-export --export-arn ${exportArn}\``);
  });

  it('shows what was found before acting that is not in order, and the proof with what failed', () => {
    const card = runCard(
      runWith({
        findings: [
          { subject: 'cluster', level: 'ok', text: 'available' },
          { subject: 'disk', level: 'warning', text: 'nearly full', remedy: 'Resize.' },
        ],
        verdicts: [
          { level: 'rowCount', subject: 'row count', passed: false, expected: '5 rows', actual: '4 rows' },
          { level: 'structure', subject: 'columns', passed: true, expected: '3', actual: '3 columns' },
        ],
      }),
    );
    expect(card).toContain('**Found before acting**\n\n- warning: disk: nearly full\n');
    expect(card).toContain(
      '**Proof**\n\n- ✘ row count: expected 5 rows, found 4 rows\n- ✔ columns: 3 columns',
    );
  });

  describe('with a source that was chosen by time', () => {
    const rejected = (count: number): SourceChoice['rejected'] =>
      Array.from({ length: count }, (_, index) => ({
        source: { recoveryPointId: `late-${index}` },
        kind: 'recovery point',
        createdAt: at,
        reason: 'later than asked for',
      }));
    const choice = (changes: Partial<SourceChoice> = {}): SourceChoice => ({
      asOf: at,
      chosen: {
        source: { snapshotName: 'adhoc-weekly' },
        kind: 'serverless snapshot',
        of: 'adhoc',
        status: 'AVAILABLE',
        usable: true,
        createdAt: '2026-11-20T06:30:00.000Z',
      },
      ageSeconds: 5400,
      rejected: rejected(1),
      ...changes,
    });

    it('tells the choice with its age, and why a candidate was not taken', () => {
      const card = runCard(runWith({ choice: choice() }));
      expect(card).toContain(
        `**Source**: serverless snapshot \`adhoc-weekly\` of \`adhoc\`, 1 h 30 min before ${at}`,
      );
      expect(card).toContain(`- not recovery point \`late-0\` of ${at}: later than asked for`);
    });

    it('says that none could be taken', () => {
      const card = runCard(runWith({ choice: choice({ chosen: undefined }) }));
      expect(card).toContain(`**Source**: none at or before ${at}`);
    });

    it('stays short, whatever number of candidates there was', () => {
      const card = runCard(runWith({ choice: choice({ rejected: rejected(500) }) }));
      expect(card.match(/- not /g)).toHaveLength(5);
      expect(card).toContain('- and 495 more');
    });
  });

  it('shows every handle on AWS, and which of them nobody waits for any more', () => {
    const card = runCard(
      runWith({
        aws: [
          { kind: 'table restore request', id: 'r-1', step: 'restore', orphaned: true },
          { kind: 'statement', id: 's-1', step: 'verify' },
        ],
      }),
    );
    expect(card).toContain('**On AWS**');
    expect(card).toContain('- table restore request `r-1` (AWS goes on with it; nobody waits any more)');
    expect(card).toMatch(/- statement `s-1`$/m);
  });

  it('shows a failure with its type, its message and what to do', () => {
    const failure = {
      type: 'ClusterBusy',
      message: 'restore failed [cluster=analytics]: busy',
      remedy: 'Wait.',
    };
    const card = runCard(runWith({ failure }));
    expect(card).toContain('**Failed (ClusterBusy)**: restore failed \\[cluster=analytics\\]: busy');
    expect(card).toContain('**What to do**: Wait.');
  });
});

describe('a text from outside', () => {
  const special = /[`*_~<>&|[\]#]/;
  const hostile = fc.string({
    unit: fc.constantFrom(
      '`',
      '*',
      '_',
      '~',
      '<',
      '>',
      '&',
      '|',
      '[',
      ']',
      '\\',
      '#',
      '\n',
      '\r',
      'a',
      ' ',
      '(',
      ')',
    ),
    maxLength: 30,
  });
  const unescaped = (text: string) => text.replace(/\\[\s\S]/g, '').match(special);

  it('stays text: nothing in it opens a heading, a cell, a link, code or HTML, and no line is added', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const run = runWith({ title: text, failure: { type: 'AwsError', message: text, remedy: text } });
        Object.assign(run.steps[0]!, { title: text, name: text, state: 'waiting', note: text });
        const lines = runCard(run).split('\n');
        expect(lines).toHaveLength(14);
        expect(unescaped(lines[0]!.slice('### '.length))).toBeNull();
        expect(unescaped(lines[4]!.slice('**Failed (AwsError)**: '.length))).toBeNull();
        expect(unescaped(lines[6]!.slice('**What to do**: '.length))).toBeNull();
        expect(unescaped(lines[8]!.slice('**Now: '.length, -'**'.length))).toBeNull();
        expect(unescaped(lines[9]!)).toBeNull();
        expect(unescaped(lines[13]!)).toBeNull();
      }),
    );
  });

  it('reads as it was written, apart from white space', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = runCard(runWith({ title: text }))
          .split('\n')[0]!
          .slice('### '.length);
        expect(shown.replace(/\\([^a ()])/g, '$1')).toBe(text.replace(/\s+/g, ' '));
      }),
    );
  });

  it('cannot end the code span of a handle', () => {
    fc.assert(
      fc.property(hostile, (id) => {
        const card = runCard(runWith({ aws: [{ kind: 'restored table', id, step: 'restore' }] }));
        const shown = card.split('\n').at(-1)!;
        const fence = /^- restored table (`+)/.exec(shown)![1]!;
        const inside = shown.slice('- restored table '.length + fence.length, -fence.length);
        expect(shown.endsWith(fence)).toBe(true);
        expect(inside.match(/`+/g) ?? []).not.toContain(fence);
        expect(inside.trim()).toBe(id.replace(/\s+/g, ' ').trim());
      }),
    );
  });
});

describe('describeProgress', () => {
  it.each([
    [{ looks: 1 }, 'under way'],
    [{ looks: 1, awsStatus: 'PENDING' }, 'PENDING'],
    [{ looks: 1, awsStatus: 'IN_PROGRESS', doneMegaBytes: 5 }, 'IN_PROGRESS'],
    [{ looks: 1, awsStatus: 'IN_PROGRESS', doneMegaBytes: 0, totalMegaBytes: 10 }, 'IN_PROGRESS, 0 of 10 MB'],
    [{ looks: 1, awsStatus: 'creating', etaSeconds: 90 }, 'creating, about 1 min 30 s left'],
    [{ looks: 1, awsStatus: 'creating', etaSeconds: 0 }, 'creating'],
  ])('%j reads %s', (progress, text) => {
    expect(describeProgress(progress)).toBe(text);
  });
});
