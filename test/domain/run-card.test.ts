import * as fc from 'fast-check';
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
  it('shows title and steps as a Markdown table', () => {
    expect(runCard(runWith()).split('\n')).toEqual([
      '### Restore orders',
      '',
      '| Step | State |',
      '| --- | --- |',
      '| Restore the table | ○ pending |',
    ]);
  });

  it.each([
    ['pending', '○ pending'],
    ['running', '▶ running'],
    ['waiting', '⏳ waiting'],
    ['done', '✔ done'],
    ['skipped', '– skipped'],
    ['failed', '✘ failed'],
    ['cancelled', '■ cancelled'],
  ] as const)('has a sign for a step that is %s', (state, sign) => {
    expect(runCard(runWith({}, { state }))).toContain(`| ${sign} |`);
  });

  it('shows the progress of a running step, and the time a done one took', () => {
    const progress = {
      awsStatus: 'IN_PROGRESS',
      doneMegaBytes: 1200,
      totalMegaBytes: 2880.4,
      etaSeconds: 4,
      looks: 3,
    };
    expect(runCard(runWith({}, { state: 'running', progress }))).toContain(
      '▶ running, IN_PROGRESS, 1,200 of 2,880 MB, about 4 s left |',
    );
    const done = { state: 'done', startedAt: at, endedAt: '2026-11-20T08:01:33.000Z', progress } as const;
    expect(runCard(runWith({}, done))).toContain('✔ done in 1 min 33 s |');
  });

  it('says what a waiting step waits for and why one was skipped, and no longer once it runs', () => {
    const text = 'the cluster is busy';
    expect(runCard(runWith({}, { state: 'waiting', note: text }))).toContain(`**restore**: ${text}`);
    expect(runCard(runWith({}, { state: 'skipped', note: text }))).toContain(`**restore**: ${text}`);
    expect(runCard(runWith({}, { state: 'running', note: text }))).not.toContain(text);
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
        expect(lines).toHaveLength(11);
        expect(unescaped(lines[0]!.slice('### '.length))).toBeNull();
        expect(unescaped(lines[4]!.slice('| '.length, -' | ⏳ waiting |'.length))).toBeNull();
        expect(unescaped(lines[6]!.replaceAll('**', ''))).toBeNull();
        expect(unescaped(lines[8]!.slice('**Failed (AwsError)**: '.length))).toBeNull();
        expect(unescaped(lines[10]!.slice('**What to do**: '.length))).toBeNull();
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
