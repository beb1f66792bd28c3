import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeStatementCommand, ListStatementsCommand } from '@aws-sdk/client-redshift-data';
import { failures } from '../../domain/failures';
import type { RecordedExpectation } from '../../domain/operations/expectations';
import type { RecordExpectationResult } from '../../domain/operations/record-expectation';
import type { VerifyTableInput, VerifyTableResult } from '../../domain/operations/verify-table';
import type { Verdict } from '../../domain/verdict';
import type { RunView } from '../../client';
import { runCli } from '../../client/cli/program';
import { fakeIo } from '../client/cli/fake-io';
import { cluster, Rig } from '../support/rig';
import { temporalAddress } from '../support/stand-in-rig';

const dev = { database: 'dev', schema: 'public' };
/** What the table `good` is: one column of each kind, keys, nulls and empty texts. */
const good = `create table public.good (
  id bigint not null, region varchar(12), amount numeric(12,2), weight double precision, paid boolean,
  placed_at timestamptz, extra super) distkey (region) sortkey (placed_at, id)`;
const goodRows = `insert into public.good select 9007199254740993 + g, case when g % 7 = 0 then null when g % 5 = 0 then '' else 'r' || g % 3 end,
  g * 1.25, g / 3.0, g % 2 = 0, timestamptz '2026-01-01 00:00Z' + g * interval '1 hour', ('{"n": ' || g || '}')::super
  from generate_series(0, 199) g`;

describe('the levels of verifyTable', () => {
  let rig: Rig;
  const sql = (text: string) => rig.control.sql(cluster, 'dev', text);

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.startWorker();
    await sql(good);
    await sql(goodRows);
  });

  afterEach(async () => {
    await rig.control.clearFaults();
    await sql('drop table if exists public.twin');
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  /** A table like `good`, its rows in another order, then changed. */
  const twin = async (...changes: string[]) => {
    await sql(good.replace('public.good', 'public.twin'));
    await sql('insert into public.twin select * from public.good order by id desc');
    for (const change of changes) await sql(change);
  };
  const verify = (expected: Partial<VerifyTableInput>, table = 'twin') =>
    rig.run('verifyTable', {
      warehouse: { clusterIdentifier: cluster },
      table: { ...dev, table },
      deadline: '1 minute',
      ...expected,
    } as VerifyTableInput);
  const passed = (run: RunView) => {
    expect(run.failure).toBeUndefined();
    const { verdicts } = run.result as VerifyTableResult;
    expect(verdicts.filter((verdict) => !verdict.passed)).toEqual([]);
    return verdicts;
  };
  /** The failed verdicts, which the message names one by one, and which the record keeps. */
  const failed = (run: RunView) => {
    const { exit, http, remedy } = failures.VerificationMismatch;
    expect(run.failure).toMatchObject({ type: 'VerificationMismatch', exit, http, remedy });
    expect(exit).toBe(7);
    const some = run.state!.verdicts!.filter((verdict) => !verdict.passed);
    for (const { subject, expected, actual } of some.slice(0, 6))
      expect(run.failure!.message).toContain(`${subject}: expected ${expected}, found ${actual}`);
    return some;
  };
  const startedStatement = async () => {
    let last: string | undefined;
    for (let round = 0; round < 200; round += 1) {
      const { Statements } = await rig.clients.redshiftData.send(
        new ListStatementsCommand({ Status: 'SUBMITTED' }),
      );
      // One that is seen twice is one of the slow ones.
      if (last !== undefined && Statements?.[0]?.Id === last) return last;
      last = Statements?.[0]?.Id;
      await sleep(50);
    }
    throw new Error('no statement is running');
  };
  const subjects = (verdicts: readonly Verdict[]) => verdicts.map(({ subject }) => subject);

  const everything: Partial<VerifyTableInput> = {
    rowCount: { exactly: 200 },
    structure: { sameAs: { table: 'good' } },
    content: { sameAs: { table: 'good' } },
    assertions: [
      { name: 'no negative amounts', sql: 'select * from {table} where amount < 0', expect: 'no rows' },
      { name: 'ids are unique', sql: 'select count(*) = count(distinct id) from {table}', expect: 'true' },
    ],
  };

  it('all pass for a table that is the same, whatever the order of its rows', async () => {
    await twin();
    const run = await verify(everything);
    const verdicts = passed(run);
    expect(verdicts.map(({ level, subject }) => `${level}: ${subject}`)).toEqual([
      'rowCount: row count',
      'structure: columns',
      'structure: column types',
      'structure: nullability',
      'structure: column order',
      'structure: distribution',
      'structure: sort key',
      ...['id', 'region', 'amount', 'weight', 'paid', 'placed_at', 'extra'].map(
        (c) => `content: column ${c}`,
      ),
      'content: rows',
      'assertion: no negative amounts',
      'assertion: ids are unique',
    ]);
    expect(run.state).toMatchObject({
      steps: expect.arrayContaining([
        expect.objectContaining({
          name: 'verify',
          title: 'Prove dev.public.twin: row count, structure, content, 2 assertions',
        }),
      ]),
      verdicts,
    });
    expect(verdicts.find(({ subject }) => subject === 'column id')!.actual).toBe(
      '0 nulls, 200 distinct, from 9007199254740993 to 9007199254741192, sum 1801439850948218500',
    );
  });

  it('asks everything by a statement of its own, each once, and only reads', async () => {
    await twin();
    const before = (await rig.control.effects('ExecuteStatement')).length;
    const run = await verify(everything);
    const made = (await rig.control.effects('ExecuteStatement')).slice(before);
    expect(new Set(made.map(({ businessKey }) => businessKey)).size).toBe(made.length);
    expect(run.state!.aws.map(({ id }) => id).sort()).toEqual(
      made.map(({ detail }) => String(detail!.id)).sort(),
    );
    for (const { detail } of made) expect(String(detail!.sql)).toMatch(/^select /);
    const names = (await rig.control.operations('ExecuteStatement'))
      .map(({ parameters }) => String(parameters.StatementName))
      .filter((name) => name.startsWith(`undrop:${run.workflowId}:verify`))
      .map((name) => name.split(':verify.')[1]);
    expect(names).toEqual(
      [
        'count',
        'columns-other',
        'distribution-other',
        'columns',
        'distribution',
        'figures-1-other',
        'figures-1',
        'rows-1-other',
        'rows-1',
        'assertion-1',
        'assertion-2',
      ].map((key) => `${key}:1`),
    );
  });

  it.each<{ what: string; changes: string[]; subjects: string[]; actual: RegExp }>([
    {
      what: 'a column that is gone',
      changes: ['alter table twin drop column paid'],
      subjects: ['columns'],
      actual: /^6 columns, without paid$/,
    },
    {
      what: 'a column that is new',
      changes: ['alter table twin add column note varchar(5)'],
      subjects: ['columns'],
      actual: /^8 columns, with note$/,
    },
    {
      what: 'another type',
      changes: ['alter table twin alter column amount type numeric(14,2)'],
      subjects: ['column types'],
      actual: /^amount numeric\(14,2\)$/,
    },
    {
      what: 'another nullability',
      changes: ['alter table twin alter column id drop not null'],
      subjects: ['nullability'],
      actual: /^id null$/,
    },
  ])('structure does not pass with $what', async ({ changes, subjects: told, actual }) => {
    await twin(...changes);
    const verdicts = failed(await verify({ structure: { sameAs: { table: 'good' } } }));
    expect(subjects(verdicts)).toEqual(told);
    expect(verdicts[0]!.actual).toMatch(actual);
  });

  it('structure does not pass with other keys, unless told to leave them', async () => {
    await sql(
      `create table public.twin (region varchar(12), id bigint not null, amount numeric(12,2), weight double precision,
        paid boolean, placed_at timestamptz, extra super) diststyle all`,
    );
    const run = await verify({ structure: { sameAs: { table: 'good' } } });
    expect(failed(run).map(({ subject, expected, actual }) => [subject, expected, actual])).toEqual([
      [
        'column order',
        'id, region, amount, weight, paid, placed_at, extra',
        'region, id, amount, weight, paid, placed_at, extra',
      ],
      ['distribution', 'KEY(region)', 'ALL'],
      ['sort key', 'placed_at, id', 'none'],
    ]);
    const ignore = ['order', 'distribution', 'sort key'] as const;
    passed(await verify({ structure: { sameAs: { table: 'good' }, ignore: [...ignore] } }));
  });

  it('structure can be given as a list, also of an empty table', async () => {
    await twin('delete from twin');
    const columns = [
      { name: 'id', type: 'int8', nullable: false },
      { name: 'region', type: 'varchar(12)' },
      { name: 'amount', type: 'decimal(12, 2)' },
      { name: 'weight', type: 'float' },
      { name: 'paid', type: 'bool' },
      { name: 'placed_at', type: 'timestamptz' },
      { name: 'extra', type: 'super', nullable: true },
    ];
    const keys = { distribution: 'key(region)', sortKey: ['placed_at', 'id'] };
    expect(passed(await verify({ structure: { columns, ...keys } }))).toHaveLength(6);
    const shuffled = { columns: [...columns].reverse(), distribution: 'EVEN', sortKey: [] };
    expect(subjects(failed(await verify({ structure: shuffled })))).toEqual([
      'column order',
      'distribution',
      'sort key',
    ]);
    passed(await verify({ structure: { columns: [...columns].reverse(), ordered: false } }));
  });

  it.each<{ what: string; change: string; subjects: string[] }>([
    {
      what: 'one cent',
      change: 'update twin set amount = amount + 0.01 where id % 200 = 3',
      subjects: ['column amount', 'rows'],
    },
    {
      what: 'null for the empty text',
      change: "update twin set region = null where region = ''",
      subjects: ['column region', 'rows'],
    },
    {
      what: 'a row that is missing',
      change: 'delete from twin where id = 9007199254741000',
      subjects: ['column id', 'rows'],
    },
    {
      what: 'a digit that a number would lose',
      change: 'update twin set id = id + 1000 where id = 9007199254740993',
      subjects: ['column id', 'rows'],
    },
    {
      what: 'the inside of a SUPER',
      change: `update twin set extra = '{"n": 0}' where id = 9007199254741000`,
      subjects: ['rows'],
    },
    {
      what: 'values swapped between rows, which no aggregate shows',
      change: `update twin set paid = not paid where id in (9007199254740994, 9007199254740995)`,
      subjects: ['rows'],
    },
  ])('content does not pass with $what', async ({ change, subjects: told }) => {
    await twin(change);
    const run = await verify({ content: { sameAs: { table: 'good' } } });
    expect(subjects(failed(run))).toEqual(expect.arrayContaining(told));
    expect(failed(run).length).toBeLessThanOrEqual(told.length + 5);
    // The table is left for a person to look at.
    expect(Number((await sql('select count(*) from twin'))[0]![0])).toBeGreaterThan(198);
  });

  it('content is proved part by part, and the parts that differ are named', async () => {
    await twin("update twin set region = 'x' where id = 9007199254741000");
    for (const more of [{}, { chunkBy: 'id' }]) {
      const run = await verify({
        content: { sameAs: { table: 'good' }, columns: ['id', 'region'], chunks: 4, ...more },
      });
      const parts = run.state!.verdicts!.filter(({ subject }) => subject.startsWith('rows'));
      expect(parts.map(({ subject }) => subject).sort()).toEqual(
        [1, 2, 3, 4].map((part) => `rows, part ${part} of 4`),
      );
      // By the whole row, the changed one may be in another part than before.
      const bad = parts.filter((verdict) => !verdict.passed).length;
      expect('chunkBy' in more ? bad === 1 : bad === 1 || bad === 2).toBe(true);
    }
  });

  it('content looks at the columns that are named, and says which of them are not there', async () => {
    await twin('update twin set amount = 0', 'alter table twin drop column extra');
    passed(await verify({ content: { sameAs: { table: 'good' }, columns: ['ID', 'region', 'paid'] } }));
    const run = await verify({ content: { sameAs: { table: 'good' }, columns: ['id', 'extra', 'nowhere'] } });
    expect(failed(run).map(({ subject, expected, actual }) => `${subject}: ${expected} / ${actual}`)).toEqual(
      [
        'column extra: a column of dev.public.good / no such column in dev.public.twin',
        'column nowhere: no such column in dev.public.good / no such column in dev.public.twin',
      ],
    );
  });

  it('content cannot be parted by a column that is not there', async () => {
    await twin();
    const run = await verify({ content: { sameAs: { table: 'good' }, chunks: 2, chunkBy: 'nowhere' } });
    expect(run.failure).toMatchObject({
      type: 'InvalidInput',
      message: 'hash of the rows failed [table=dev.public.good, chunkBy=nowhere]: there is no such column',
    });
  });

  it('assertions that fail are told with what they gave, and so is SQL that the database refuses', async () => {
    await twin('update twin set amount = -1 where id % 200 < 2');
    const run = await verify({
      assertions: [
        {
          name: 'no negative amounts',
          sql: 'select id, amount from {table} where amount < 0 order by id',
          expect: 'no rows',
        },
        { name: 'all are paid', sql: 'select bool_and(paid) from {table}', expect: 'true' },
        { name: 'a slip of the pen', sql: 'select colour from {table}', expect: 'no rows' },
        { name: 'there are rows', sql: 'select count(*) > 0 from {table}', expect: 'true' },
      ],
    });
    expect(failed(run)).toEqual([
      {
        level: 'assertion',
        subject: 'no negative amounts',
        passed: false,
        expected: 'no rows',
        actual: expect.stringMatching(/^2 rows: \(90071992547\d+, -1\.00\), \(90071992547\d+, -1\.00\)$/),
      },
      { level: 'assertion', subject: 'all are paid', passed: false, expected: 'true', actual: 'false' },
      {
        level: 'assertion',
        subject: 'a slip of the pen',
        passed: false,
        expected: 'no rows',
        actual: expect.stringMatching(/^a statement that failed: .*column "colour" does not exist/),
      },
    ]);
    expect(run.state!.verdicts).toContainEqual(
      expect.objectContaining({ subject: 'there are rows', passed: true }),
    );
  });

  it('all verdicts are collected: one level does not hide another', async () => {
    await twin('delete from twin where id % 2 = 0', 'alter table twin drop column extra');
    const run = await verify(everything);
    expect(new Set(failed(run).map(({ level }) => level))).toEqual(
      new Set(['rowCount', 'structure', 'content']),
    );
    expect(run.failure!.message).toMatch(
      /^proof of the table failed \[table=dev\.public\.twin\]: row count: /,
    );
    expect(run.failure!.message).toMatch(/and \d+ more \(see the verdicts of the run\)$/);
    expect(run.state!.verdicts!.filter((verdict) => verdict.passed).length).toBeGreaterThan(5);
  });

  it('a table to compare with that is not there ends the run', async () => {
    await twin();
    for (const level of ['structure', 'content'] as const) {
      const run = await verify({ [level]: { sameAs: { schema: 'sales', table: 'nowhere' } } });
      expect(run.failure).toMatchObject({ type: 'NotFound', exit: 5 });
      expect(run.failure!.message).toContain(
        '[table=dev.sales.nowhere]: there is no such table to compare with',
      );
    }
  });

  it('cancelled in the middle, leave no statement running', async () => {
    await twin();
    const workflowId = await rig.begin('verifyTable', {
      warehouse: { clusterIdentifier: cluster },
      table: { ...dev, table: 'twin' },
      content: { sameAs: { table: 'good' } },
    });
    await rig.until(workflowId, ({ state }) => (state?.aws.length ?? 0) >= 2);
    await rig.control.set({ statementSeconds: 600 });
    const id = await startedStatement();
    await rig.operations.cancel(workflowId, 'enough');
    const run = await rig.end(workflowId);
    await rig.control.set({ statementSeconds: 0.05 });
    expect(run.outcome).toBe('cancelled');
    expect(run.state!.timeline.map(({ text }) => text)).toContain(`cancelled the statement ${id}`);
    const { Status } = await rig.clients.redshiftData.send(new DescribeStatementCommand({ Id: id }));
    expect(Status).toBe('ABORTED');
  });

  describe('what was recorded', () => {
    const record = async (more: { moment?: string; rowHash?: boolean } = {}) => {
      const run = await rig.run('recordExpectation', {
        warehouse: { clusterIdentifier: cluster },
        table: { ...dev, table: 'twin' },
        ...more,
      });
      expect(run.failure).toBeUndefined();
      return { run, expectation: (run.result as RecordExpectationResult).expectation };
    };

    it('is the row count, the structure, the figures of each column, and on demand a hash of all rows', async () => {
      await twin();
      const { run, expectation } = await record({ moment: 'before release 42', rowHash: true });
      expect(expectation).toMatchObject({
        format: 'undrop/expectation/v1',
        table: { ...dev, table: 'twin' },
        moment: 'before release 42',
        rowCount: 200,
        distribution: 'KEY(region)',
        sortKey: 'placed_at, id',
        rowHash: {
          columns: ['id', 'region', 'amount', 'weight', 'paid', 'placed_at', 'extra'],
          hash: expect.stringMatching(/^-?\d+$/),
        },
      } satisfies Partial<RecordedExpectation>);
      expect(expectation.columns).toHaveLength(7);
      expect(expectation.figures[0]).toEqual({
        column: 'id',
        nulls: '0',
        distinct: '200',
        min: '9007199254740993',
        max: '9007199254741192',
        sum: '1801439850948218500',
      });
      expect(Math.abs(Date.now() - Date.parse(expectation.recordedAt))).toBeLessThan(600_000);
      expect(run.title).toBe('record dev.public.twin on analytics');
      const { expectation: plain } = await record();
      expect(plain.rowHash).toBeUndefined();
      expect(plain.moment).toBeUndefined();
    });

    it('is met by the table as it was, and by a copy under another name', async () => {
      await twin();
      const { expectation } = await record({ rowHash: true });
      const verdicts = passed(await verify({ expectation }));
      expect(subjects(verdicts)).toContain(`row count, as recorded at ${expectation.recordedAt}`);
      expect(subjects(verdicts)).toContain(`rows, as recorded at ${expectation.recordedAt}`);
      passed(await verify({ expectation }, 'good'));
    });

    it('is not met after a change, which is told with the name of the moment', async () => {
      await twin();
      const { expectation } = await record({ moment: 'before release 42', rowHash: true });
      await sql('delete from twin where id = 9007199254741000');
      await sql('alter table twin drop column weight');
      const told = subjects(failed(await verify({ expectation })));
      for (const subject of ['row count', 'columns', 'column id', 'column weight', 'rows'])
        expect(told).toContain(`${subject}, as recorded before release 42`);
      expect(told).not.toContain('column paid, as recorded before release 42');
    });

    it('of a table that is not there is no expectation', async () => {
      const run = await rig.run('recordExpectation', {
        warehouse: { clusterIdentifier: cluster },
        table: { ...dev, table: 'nowhere' },
        skipPreflight: true,
      } as never);
      expect(run.failure).toMatchObject({ type: 'StatementFailed' });
    });
  });

  it('cannot be asked for with nothing, too much, or SQL that writes: every problem is told, nothing is started', async () => {
    const asked = {
      warehouse: { clusterIdentifier: cluster },
      table: { ...dev, table: 'good' },
      structure: { sameAs: { table: 'twin' }, ignore: ['colour'] },
      content: { sameAs: {}, chunks: 0 },
      assertions: [
        { name: 'a', sql: 'delete from good', expect: 'no rows' },
        { name: 'a', sql: 'select 1; select 2', expect: 'perhaps' },
      ],
      expectation: { format: 'undrop/expectation/v2' },
    };
    const refused = await rig.begin('verifyTable', asked as never).catch((error: Error) => error.message);
    for (const problem of [
      'structure.ignore.0: must be types or nullability or order or distribution or sort key',
      'content.sameAs.table: is missing',
      'content.chunks: must be at least 1',
      'assertions.0.sql: must only read: it has to begin with SELECT or WITH',
      'assertions.1.sql: must be one statement',
      'assertions.1.expect: must be true or no rows',
      'expectation.format: must be undrop/expectation/v1',
      'expectation.rowCount: is missing',
    ])
      expect(refused).toContain(problem);
    const nothing = { warehouse: asked.warehouse, table: asked.table };
    await expect(rig.begin('verifyTable', nothing)).rejects.toThrow(
      'rowCount: is missing, and so is every other expectation (structure, content, assertions, expectation): give at least one',
    );
  });

  it('and what was recorded can be asked for with the CLI, which shows each verdict', async () => {
    const undrop = async (...argv: string[]) => {
      const env = {
        TEMPORAL_ADDRESS: temporalAddress(),
        UNDROP_TASK_QUEUE: rig.taskQueue,
        UNDROP_UI_URL: 'http://ui.test',
      };
      const terminal = fakeIo(env);
      const exitCode = await runCli(argv, terminal.io);
      return { exitCode, out: terminal.out(), err: terminal.err() };
    };
    const table = (name: string) => ['--cluster', cluster, '--database', 'dev', '--table', name];
    await twin();
    const recorded = await undrop(
      'record-expectation',
      'start',
      ...table('twin'),
      '--moment',
      'by hand',
      '--row-hash',
      '--wait',
      '-o',
      'json',
    );
    expect(recorded).toMatchObject({ exitCode: 0 });
    const { workflowId, runId } = JSON.parse(recorded.out) as RunView;
    rig.track({ workflowId, runId });
    await sql('delete from twin where id % 2 = 0');
    const levels = ['--structure-same-as', 'good', '--content-same-as', 'good', '--content-columns', 'paid'];
    const proof = await undrop(
      'verify-table',
      'start',
      ...table('twin'),
      '--expect-from',
      workflowId,
      ...levels,
      '--wait',
    );
    expect(proof).toMatchObject({ exitCode: 7 });
    expect(proof.out).toMatch(
      /✘ row count, as recorded by hand +expected exactly 200 rows\n +found +100 rows/,
    );
    expect(proof.out).toMatch(/✔ column types +the types of 7 columns/);
    const piped = await undrop(
      'verify-table',
      'start',
      ...table('good'),
      '--expect-from',
      workflowId,
      '--wait',
    );
    expect(piped).toMatchObject({ exitCode: 0 });
    const wrong = await undrop('verify-table', 'start', ...table('good'), '--expect-from', 'no-such-run');
    expect(wrong).toMatchObject({ exitCode: 5 });
    const verifyRun = await rig.begin('verifyTable', {
      warehouse: { clusterIdentifier: cluster },
      table: { ...dev, table: 'good' },
      rowCount: { exactly: 200 },
    });
    await rig.end(verifyRun);
    const other = await undrop('verify-table', 'start', ...table('good'), '--expect-from', verifyRun);
    expect(other).toMatchObject({ exitCode: 2 });
    expect(other.err).toContain(
      '--expect-from (expectation): must name a run of record-expectation that is done: it is a run of verifyTable',
    );
  });

  it('of recoverTable compare with the original where no other table is named', async () => {
    const run = await rig.run('recoverTable', {
      warehouse: { clusterIdentifier: cluster },
      source: { snapshotIdentifier: await rig.automatedSnapshot() },
      copy: false,
      table: { ...dev, table: 'orders' },
      verify: {
        structure: true,
        content: { columns: ['order_id', 'status'] },
        assertions: [{ name: 'as many as once', sql: 'select count(*) = 500 from {table}', expect: 'true' }],
      },
    });
    // The original has lost most of its rows: that is what the restored table is compared with.
    expect(subjects(failed(run))).toEqual(['column order_id', 'rows']);
    expect(run.state!.verdicts).toContainEqual(
      expect.objectContaining({ subject: 'as many as once', passed: true }),
    );
    expect(run.state!.steps.find(({ name }) => name === 'restore')).toMatchObject({ state: 'done' });
  });
});
