import { runCli } from '../../../client/cli/program';
import { readChanges, retryFlagProblems } from '../../../client/cli/retry-flags';
import type { FlagProblem } from '../../../client/cli/flags';
import { retryLines } from '../../../client/cli/render-retry';
import { painter } from '../../../client/cli/painter';
import type { RetryResult } from '../../../client';
import { fakeIo } from './fake-io';

const changesOf = (...texts: string[]) => {
  const problems: FlagProblem[] = [];
  const changes = readChanges(texts, problems);
  return { changes, problems: problems.map(({ problem }) => problem) };
};

describe('--with', () => {
  it('reads values as YAML has them; null takes a field away', () => {
    const { changes, problems } = changesOf(
      'table.table=orders',
      'verify.rowCount.exactly=5',
      'source.snapshotIdentifier=rs:analytics-2026-11-20-03-00-00',
      'source.asOf=2026-11-20T03:00:00Z',
      'copy=false',
      'export={tableArn: a, s3Bucket: b}',
      'target=null',
      'sql=select 1 where a = 2',
      'statementName=',
      'dataApi.dbUser="7"',
    );
    expect(problems).toEqual([]);
    expect(changes).toEqual({
      'table.table': 'orders',
      'verify.rowCount.exactly': 5,
      'source.snapshotIdentifier': 'rs:analytics-2026-11-20-03-00-00',
      'source.asOf': '2026-11-20T03:00:00Z',
      copy: false,
      export: { tableArn: 'a', s3Bucket: 'b' },
      target: null,
      sql: 'select 1 where a = 2',
      statementName: '',
      'dataApi.dbUser': '7',
    });
  });

  it('says everything that is wrong', () => {
    expect(changesOf('table', '=x', 'a=1', 'a=2', 'b={').problems).toEqual([
      'must be a path and a value, such as table.table=orders, not table',
      'must be a path and a value, such as table.table=orders, not =x',
      'names a twice',
      expect.stringMatching(/^holds no YAML or JSON for b: /),
    ]);
  });

  it('is absent when nothing was changed', () => {
    expect(changesOf().changes).toBeUndefined();
  });
});

describe('the flags of runs retry', () => {
  it.each<[string | undefined, object, string[]]>([
    ['a/run', {}, []],
    ['a/run', { from: 'copy', with: ['a=1'], runId: 'r' }, []],
    ['a/run', { record: '-' }, []],
    [undefined, { allFailed: true, since: '24h', operation: 'query', yes: true, cancelled: true }, []],
    [undefined, {}, ['<run>']],
    ['a/run', { since: '24h', yes: true }, ['--since', '--yes']],
    ['a/run', { record: '-', with: ['a=1'], from: 'copy' }, ['--with', '--from']],
    [undefined, { allFailed: true }, ['--since']],
    [
      'a/run',
      { allFailed: true, since: '24h', from: 'copy', wait: true, with: ['a=1'] },
      ['--all-failed', '--from', '--wait', '--with'],
    ],
  ])('of %s with %j: what is wrong is said of %j', (run, flags, wrong) => {
    expect(retryFlagProblems(run, { with: [], ...flags }).flatMap((each) => each.flags)).toEqual(wrong);
  });

  it('are checked before anything is asked, all at once', async () => {
    const terminal = fakeIo({});
    const exitCode = await runCli(['runs', 'retry', '--timeout', 'soon', '--with', 'x'], terminal.io);
    expect(exitCode).toBe(2);
    for (const said of ['--timeout: needs --wait', '--with: must be a path', '<run>: is missing'])
      expect(terminal.err()).toContain(said);
    expect(terminal.out()).toBe('');
  });

  it('--all-failed needs --yes where nobody can be asked', async () => {
    const terminal = fakeIo({});
    expect(await runCli(['runs', 'retry', '--all-failed', '--since', '24h'], terminal.io)).toBe(2);
    expect(terminal.err()).toContain('--yes: is needed where nobody can be asked');
  });
});

describe('what came of a retry', () => {
  const result: RetryResult = {
    apiVersion: 'undrop/v1',
    workflowId: 'recover-table/a/dev.public.orders/3f9a1c2e',
    runId: 'r2',
    links: { ui: 'http://ui.test/r2' },
    temporalCommand: 'temporal workflow show',
    operation: 'recoverTable',
    title: 'Recover dev.public.orders',
    retried: true,
    of: { workflowId: 'recover-table/a/dev.public.orders/3f9a1c2e', runId: 'r1' },
    from: 'restore',
    because: 'it failed (AccessDenied)',
    kept: [{ step: 'copy', text: 'the snapshot s is there (available)' }],
    steppedBack: [],
    notes: [],
  };

  it('says from where, what is kept and how to follow it', () => {
    expect(retryLines(result, painter(false))).toEqual([
      'retried  Recover dev.public.orders',
      '',
      'From      restore: it failed (AccessDenied)',
      'Kept      copy: the snapshot s is there (available)',
      'Run       recover-table/a/dev.public.orders/3f9a1c2e',
      'Watch     undrop runs watch recover-table/a/dev.public.orders/3f9a1c2e',
      'UI        http://ui.test/r2',
      'Temporal  temporal workflow show',
    ]);
  });

  it('says what is done over, and why, in the order in which it will be', () => {
    const steppedBack = [
      { step: 'restore', why: 'the table is not there any more' },
      { step: 'copy', why: 'the snapshot is not there any more' },
    ];
    const dry = {
      ...result,
      retried: false,
      reason: 'dry run' as const,
      from: 'copy',
      kept: [],
      steppedBack,
    };
    expect(retryLines({ ...dry, notes: ['look at it'] }, painter(false))).toEqual([
      'dry run  Recover dev.public.orders',
      '',
      'From      copy',
      'Over      copy: the snapshot is not there any more',
      'Over      restore: the table is not there any more',
      'Note      look at it',
      'Run       recover-table/a/dev.public.orders/3f9a1c2e',
    ]);
  });
});
