import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCli } from '../../client/cli/program';
import { fakeIo } from '../client/cli/fake-io';
import { cluster, Rig } from '../support/rig';
import { temporalAddress } from '../support/stand-in-rig';

/** The commands about databases and SQL, from the command line to the simulated AWS and back. */
describe('the CLI', () => {
  let rig: Rig;
  let env: Record<string, string>;
  let folder: string;
  const dev = ['--cluster', cluster, '--database', 'dev'];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'undrop-query-'));
    rig = await Rig.start();
    env = {
      TEMPORAL_ADDRESS: temporalAddress(),
      UNDROP_TASK_QUEUE: rig.taskQueue,
      UNDROP_UI_URL: 'http://ui.test',
    };
    await rig.startWorker();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await rig.close();
  });

  async function undrop(argv: string[], options: { stdin?: string; tty?: boolean } = {}) {
    const terminal = fakeIo(env, options);
    const exitCode = await runCli(argv, terminal.io);
    return { exitCode, out: terminal.out(), err: terminal.err() };
  }
  const query = (sql: string | string[], ...more: string[]) =>
    undrop(['query', ...[sql].flat(), ...dev, ...more]);
  const twoRows = "select 1 as n, 'a' as name union all select 22, null order by n";

  describe('lists and describes', () => {
    it('databases', async () => {
      const { exitCode, out, err } = await undrop(['databases', 'list', '--cluster', cluster]);
      expect(exitCode).toBe(0);
      expect(out.split('\n')[0]).toBe('DATABASE');
      expect(out).toContain('\ndev\n');
      expect(err).toBe('');
    });

    it('schemas', async () => {
      const { out } = await undrop(['schemas', 'list', ...dev, '--schema', 'pub%', '-o', 'json']);
      expect(JSON.parse(out)).toEqual({ schemas: ['public'] });
    });

    it('tables, page by page', async () => {
      const argv = ['tables', 'list', ...dev, '--schema', 'public', '-o', 'csv'];
      expect((await undrop([...argv, '--table', 'ord%'])).out).toBe(
        'SCHEMA,TABLE,TYPE\npublic,orders,TABLE\n',
      );
      const { err } = await undrop(['tables', 'list', ...dev, '--schema', 'public', '--limit', '1']);
      const [, token] = /^there are more: --page (\S+)$/m.exec(err)!;
      const next = await undrop([...argv, '--limit', '1', '--page', token!]);
      expect(next.out.trimEnd().split('\n')).toHaveLength(2);
    });

    it.each([
      [['public.orders', ...dev]],
      [['dev.public.orders', '--cluster', cluster]],
      [['orders', ...dev, '--schema', 'public']],
    ])('a table named as %j', async (argv) => {
      const { exitCode, out } = await undrop(['tables', 'describe', ...argv]);
      expect(exitCode).toBe(0);
      expect(out.split('\n').slice(0, 5)).toEqual([
        'COLUMN       TYPE           NULLABLE  DEFAULT',
        'order_id     int8           no        -',
        'customer_id  int4           no        -',
        'status       varchar(16)    no        -',
        'amount       numeric(12,2)  no        -',
      ]);
    });

    it('says that a table is not there: exit code 5', async () => {
      const { exitCode, err, out } = await undrop(['tables', 'describe', 'nowhere', ...dev]);
      expect(exitCode).toBe(5);
      expect(out).toBe('');
      expect(err).toContain('there is no such table');
      expect(err).toContain('What to do:');
    });
  });

  describe('query', () => {
    it('prints the rows as an aligned table; what else there is to say is on stderr', async () => {
      const { exitCode, out, err } = await query(twoRows);
      expect(exitCode).toBe(0);
      expect(out).toBe(' n  name\n 1  a\n22  NULL\n');
      expect(err).toBe('2 rows\n');
    });

    it('prints CSV, JSON and YAML', async () => {
      expect((await query(twoRows, '-o', 'csv')).out).toBe('n,name\n1,a\n22,\n');
      expect(JSON.parse((await query(twoRows, '-o', 'json')).out)).toMatchObject({
        apiVersion: 'undrop/v1',
        workflowId: expect.stringMatching(/^query\/analytics\/dev\/[0-9a-f]{8}$/),
        columns: [{ name: 'n', typeName: 'int4' }, { name: 'name' }],
        rows: [
          [1, 'a'],
          [22, null],
        ],
        totalRows: 2,
        truncated: false,
      });
      expect((await query(twoRows, '-o', 'yaml')).out).toContain('totalRows: 2\n');
    });

    it('takes parameters, with anything in them', async () => {
      const { out } = await query('select :a as a, :b as b', '--param', 'a=x=y', '--param', "b='; --");
      expect(out).toBe("a    b\nx=y  '; --\n");
    });

    it('reads the SQL from a file or from standard input', async () => {
      const file = path.join(folder, 'report.sql');
      writeFileSync(file, 'select 5\n  as five');
      expect((await undrop(['query', '--file', file, ...dev])).out).toBe('five\n   5\n');
      expect((await undrop(['query', '--file', '-', ...dev], { stdin: 'select 6 as six' })).out).toBe(
        'six\n  6\n',
      );
    });

    it('says how much there is beyond what was asked for', async () => {
      const { err, out } = await query('select g from generate_series(1, 1234) g', '--max-rows', '2');
      expect(out.trimEnd().split('\n')).toHaveLength(3);
      expect(err).toMatch(/^the first 2 of 1,234 rows: /);
    });

    it('runs several statements as one batch', async () => {
      const { out, err } = await query([
        'create table public.made as select 1 as a',
        'select a from public.made',
      ]);
      expect(out).toBe('a\n1\n');
      expect(err).toMatch(/^statement 1: done.*\nstatement 2: 1 row\n$/);
    });

    it('runs each time it is asked, and once for one id', async () => {
      await query('create table public.asked (n int)');
      const insert = 'insert into public.asked values (1)';
      expect((await query(insert)).err).toBe('done, 1 row affected\n');
      await query(insert);
      expect(await rig.control.count(cluster, 'dev', 'public.asked')).toBe(2);
      const once = ['--workflow-id', `${rig.taskQueue}/once`];
      await query(insert, ...once);
      await query(insert, ...once);
      expect(await rig.control.count(cluster, 'dev', 'public.asked')).toBe(3);
    });

    it('fails with the words of the database: exit code 1, nothing on stdout', async () => {
      const { exitCode, out, err } = await query('select * from nowhere');
      expect(exitCode).toBe(1);
      expect(out).toBe('');
      expect(err).toMatch(/^StatementFailed {2}.*relation "nowhere" does not exist/);
      expect(err).toContain('What to do');
    });

    it('keeps terminals safe from what is in a row', async () => {
      expect((await query("select chr(27) || '[2J' || chr(10) as evil")).out).toBe('evil\n\\u001b[2J\\n\n');
    });

    it('detaches on Ctrl-C; the query goes on, and runs show has its rows later', async () => {
      await rig.control.set({ statementSeconds: 60 });
      const terminal = fakeIo(env);
      const ended = runCli(
        ['query', 'select 77 as later', ...dev, '--workflow-id', `${rig.taskQueue}/later`],
        terminal.io,
      );
      while ((await rig.requests('ExecuteStatement', { Sql: 'select 77 as later' })).length === 0)
        await new Promise((resolve) => setTimeout(resolve, 50));
      terminal.interrupt();
      expect(await ended).toBe(130);
      expect(terminal.err()).toContain(`undrop runs watch ${rig.taskQueue}/later`);
      expect(terminal.out()).toBe('');
      await rig.control.set({ statementSeconds: 0.05 });
      await rig.control.advance(60);
      await rig.end(`${rig.taskQueue}/later`);
      const shown = await undrop(['runs', 'show', `${rig.taskQueue}/later`]);
      expect(shown.out).toContain('\nRows\n  later\n     77\n');
    });

    it('leaves when its time is up: exit code 3', async () => {
      await rig.control.set({ statementSeconds: 60 });
      const workflowId = `${rig.taskQueue}/leaves`;
      const { exitCode, err } = await query('select 78', '--timeout', '1s', '--workflow-id', workflowId);
      await rig.control.set({ statementSeconds: 0.05 });
      await rig.control.advance(60);
      await rig.end(workflowId);
      expect(exitCode).toBe(3);
      expect(err).toContain('the time is up: the run goes on');
    });

    it('is started as other operations are, from a file of input', async () => {
      const input = { warehouse: { clusterIdentifier: cluster }, database: 'dev', sql: 'select 79 as n' };
      const argv = ['query', 'start', '-f', '-', '--wait', '-o', 'json'];
      const { exitCode, out } = await undrop(argv, { stdin: JSON.stringify(input) });
      expect(exitCode).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ operation: 'runQuery', result: { rows: [[79]] } });
    });
  });

  describe('statements', () => {
    let id: string;
    beforeAll(async () => {
      const { out } = await query(twoRows, '--statement-name', 'shown-later', '-o', 'json');
      id = (JSON.parse(out) as { statementId: string }).statementId;
    });

    it('are listed, by the begin of their name', async () => {
      const { out } = await undrop(['statements', 'list', '--name', 'shown-']);
      expect(out).toMatch(
        new RegExp(
          `^STATUS +CREATED +ID +NAME +SQL\nFINISHED +\\S+ \\S+Z +${id} +shown-later +select 1 as n`,
        ),
      );
    });

    it('are shown, and their rows read again', async () => {
      const { out } = await undrop(['statements', 'show', id]);
      expect(out).toMatch(/^status +FINISHED$/m);
      expect(out).toMatch(/^resultRows +2$/m);
      expect((await undrop(['statements', 'result', id, '-o', 'csv'])).out).toBe('n,name\n1,a\n22,\n');
    });

    it('are cancelled; one that has ended is left alone', async () => {
      const { exitCode, out, err } = await undrop(['statements', 'cancel', id]);
      expect(exitCode).toBe(0);
      expect(out).toContain('no');
      expect(err).toContain('had already ended');
    });

    it('are not there: exit code 5', async () => {
      const { exitCode, err } = await undrop(['statements', 'show', '00000000-0000-4000-8000-000000000000']);
      expect(exitCode).toBe(5);
      expect(err).toContain('What to do:');
    });
  });

  describe('refuses', () => {
    it.each<[string, string[], RegExp]>([
      [
        'a query without anything',
        ['query'],
        /<sql> \(sql\): is missing[^]*--database \(database\): is missing/,
      ],
      [
        'a query without a warehouse',
        ['query', 'select 1', '--database', 'dev'],
        /give --cluster or --workgroup/,
      ],
      ['two warehouses', ['query', 'select 1', ...dev, '--workgroup', 'adhoc'], /exclude each other/],
      [
        'SQL and a file',
        ['query', 'select 1', '--file', '-', ...dev],
        /<sql>, --file \(sql\): exclude each other/,
      ],
      [
        'a file that is not there',
        ['query', '--file', '/not/there.sql', ...dev],
        /\[file=\/not\/there\.sql\]: it is not there/,
      ],
      [
        'a parameter without a value',
        ['query', 'select :a', '--param', 'a', ...dev],
        /--param \(parameters\): must be name=value/,
      ],
      [
        'a parameter given twice',
        ['query', 'select :a', '--param', 'a=1', '--param', 'a=2', ...dev],
        /must not name a parameter twice/,
      ],
      ['an empty parameter', ['query', 'select :a', '--param', 'a=', ...dev], /AWS takes no empty parameter/],
      [
        'too many rows',
        ['query', 'select 1', '--max-rows', '1000000', ...dev],
        /--max-rows \(maxRows\): must be at most 10000/,
      ],
      [
        'a time that is none',
        ['query', 'select 1', '--timeout', 'soon', ...dev],
        /--timeout \(timeout\): must be a duration/,
      ],
      [
        'a table with too many parts',
        ['tables', 'describe', 'a.b.c.d', ...dev],
        /<table> \(table\): must be \[database\.\]/,
      ],
      ['a describe without a table', ['tables', 'describe', ...dev], /missing required argument 'table'/],
      ['an id that is none', ['statements', 'show', 'x'], /<id> \(id\): must be a statement id/],
      [
        'a state that is none',
        ['statements', 'list', '--status', 'DONE'],
        /--status \(status\): must be SUBMITTED or/,
      ],
      ['a limit of 0', ['tables', 'list', ...dev, '--limit', '0'], /--limit \(limit\): must be at least 1/],
      [
        'a database user on a workgroup',
        ['schemas', 'list', '--workgroup', 'adhoc', '--database', 'dev', '--db-user', 'u'],
        /--db-user \(dataApi\.dbUser\): cannot be given for a workgroup/,
      ],
      ['CSV of what is no table', ['runs', 'list', '-o', 'csv'], /this command gives no CSV/],
    ])('%s: exit code 2, nothing on stdout', async (_what, argv, message) => {
      const before = (await rig.control.operations()).length;
      const { exitCode, out, err } = await undrop(argv);
      expect(exitCode).toBe(2);
      expect(err).toMatch(message);
      expect(out).toBe('');
      expect((await rig.control.operations()).length).toBe(before);
    });
  });

  it('says so when no worker answers: exit code 1', async () => {
    const other = fakeIo({ ...env, UNDROP_TASK_QUEUE: `${rig.taskQueue}-nobody` });
    expect(await runCli(['databases', 'list', '--cluster', cluster], other.io)).toBe(1);
    expect(other.err()).toMatch(/no worker on task queue \S+-nobody answered within 5 s/);
    expect(other.err()).toContain('What to do: Start a worker');
  });

  it.each([
    ['databases list', /undrop databases list --cluster/],
    ['schemas list', /undrop schemas list --cluster/],
    ['tables list', /undrop tables list --cluster/],
    ['tables describe', /undrop tables describe public\.orders/],
    ['statements list', /undrop statements list --status STARTED/],
    ['statements show', /undrop statements show d9b6/],
    ['statements result', /undrop statements result \S+ -o csv/],
    ['statements cancel', /undrop statements cancel d9b6/],
    ['query', /undrop query "select status/],
    ['query start', /undrop query start --cluster/],
  ])('helps with %s, with an example', async (command, example) => {
    const { exitCode, out } = await undrop(['help', ...command.split(' ')]);
    expect(exitCode).toBe(0);
    expect(out).toContain(`Usage: undrop ${command}`);
    expect(out).toMatch(example);
  });
});
