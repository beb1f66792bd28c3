import { z } from 'zod';
import { createProgram } from '../../../client/cli/program';
import { operationEntries } from '../../../client/cli/commands';
import { commonFlags } from '../../../client/cli/common-flags';
import { attributeOf, flagProblemText, inputFromFlags, nameFlags } from '../../../client/cli/flags';
import { operationNames, operations } from '../../../domain/operations';
import { parseInput } from '../../../domain/validation';
import { fakeIo } from './fake-io';

const entryOf = (command: string) => operationEntries.find((entry) => entry.command === command)!;
const flagsOf = (command: string) => entryOf(command).load().flags;

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  const?: unknown;
}

/** Every field at the end of a path, through all alternatives; `copy` itself where it can be false. */
function leavesOf(schema: JsonSchema, path: string): string[] {
  const shapes = schema.anyOf ?? schema.oneOf;
  if (shapes) return [...new Set(shapes.flatMap((one) => leavesOf(one, path)))];
  if (!schema.properties) return [path];
  return Object.entries(schema.properties).flatMap(([key, inner]) =>
    leavesOf(inner, path === '' ? key : `${path}.${key}`),
  );
}

describe.each(operationNames.map((name) => [name]))('the flags of %s', (name) => {
  const entry = operationEntries.find(({ operation }) => operation === name)!;
  const { flags: own, example, fileOnly = [] } = entry.load();
  const flags = [...own, ...commonFlags];

  it('are listed under the command and the words of the operations registry', () => {
    expect(entry).toMatchObject({ command: operations[name].command, summary: operations[name].summary });
  });

  it('reach every field of the input, and no other', () => {
    const leaves = leavesOf(
      z.toJSONSchema(operations[name].schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema,
      '',
    );
    const reached = flags.flatMap(({ path, type }) =>
      type === 'table' ? ['database', 'schema', 'table'].map((part) => `${path}.${part}`) : [path],
    );
    const covers = (path: string) => (leaf: string) => leaf === path || leaf.startsWith(`${path}.`);
    const whole = [...fileOnly, ...flags.filter(({ type }) => type === 'run').map(({ path }) => path)];
    for (const path of whole) expect(leaves.filter(covers(path))).not.toEqual([]);
    const single = (path: string) => !whole.some((one) => covers(one)(path));
    expect(reached.filter(single).sort()).toEqual(leaves.filter(single).sort());
  });

  it('have names of their own, apart from the options that every command has', () => {
    const program = createProgram([entry.command], fakeIo().io, () => Promise.resolve());
    const start = program.commands.find((command) => command.name() === entry.command)!.commands[0]!;
    const attributes = [...program.options, ...start.options].map((option) => option.attributeName());
    expect(attributes).toHaveLength(new Set(attributes).size);
    for (const flag of flags)
      expect(start.options.map((option) => option.attributeName())).toContain(attributeOf(flag));
  });

  it('are required where the schema requires them; of several ways to say what is needed, each is told', () => {
    const { input } = inputFromFlags(flags, {});
    const parsed = parseInput(operations[name].schema, input);
    const named = parsed.ok ? [] : nameFlags(flags, [], parsed.problems);
    const single = named.filter(({ problem }) => problem === 'is missing');
    const required = flags.filter((flag) => flag.required);
    expect(single.map(({ field }) => field).sort()).toEqual(required.map(({ path }) => path).sort());
    expect(single.flatMap((problem) => problem.flags).sort()).toEqual(
      required.map(({ flag }) => flag).sort(),
    );
    for (const { problem } of named.filter((other) => !single.includes(other)))
      expect(problem).toMatch(/^is missing: give --[a-z-]+(, --[a-z-]+)* or --[a-z-]+$/);
  });

  it('are used rightly in the example of the help', () => {
    const words = example
      .replace(/\\\n/g, ' ')
      .split(/\s+/)
      .filter((word) => word.startsWith('--'));
    for (const word of words)
      expect([...flags.map(({ flag }) => flag), '--wait', '--timeout']).toContain(word);
  });
});

describe('inputFromFlags', () => {
  const restore = { '--cluster': 'analytics', '--snapshot': 's', '--database': 'dev', '--table': 'orders' };

  it('builds the input of a recovery from flags alone', () => {
    const { input, problems } = inputFromFlags(flagsOf('recover-table'), {
      ...restore,
      '--target-table': 'orders_before',
      '--retention-days': '-1',
      '--about': '120,000',
      '--tolerance': '0.5',
      '--case-sensitive': true,
      '--export-bucket': 'exports',
      '--export-from': '2026-11-20T08:00:00Z',
    });
    expect(problems).toEqual([]);
    expect(input).toEqual({
      warehouse: { clusterIdentifier: 'analytics' },
      source: { snapshotIdentifier: 's' },
      table: { database: 'dev', table: 'orders' },
      target: { table: 'orders_before' },
      copy: { manualSnapshotRetentionPeriod: -1 },
      verify: { rowCount: { about: 120_000, tolerancePercent: 0.5 } },
      enableCaseSensitiveIdentifier: true,
      export: {
        s3Bucket: 'exports',
        incrementalExportSpecification: { exportFromTime: '2026-11-20T08:00:00Z' },
      },
    });
  });

  it('lets flags override the file, field by field, and leaves the file as it was', () => {
    const file = { table: { database: 'dev', table: 'a' }, copy: { targetSnapshotIdentifier: 'kept' } };
    const { input } = inputFromFlags(flagsOf('recover-table'), { '--table': 'b' }, file);
    expect(input).toMatchObject({
      table: { database: 'dev', table: 'b' },
      copy: { targetSnapshotIdentifier: 'kept' },
    });
    expect(file.table.table).toBe('a');
  });

  it('takes the copy away with --no-copy, and refuses it together with flags about the copy', () => {
    const flags = flagsOf('recover-table');
    expect(
      inputFromFlags(flags, { '--no-copy': true }, { copy: { targetSnapshotIdentifier: 'x' } }).input,
    ).toMatchObject({ copy: false });
    expect(inputFromFlags(flags, { '--no-copy': true, '--copy-as': 'x' }).problems).toEqual([
      { field: 'copy', flags: ['--no-copy', '--copy-as'], problem: 'exclude each other' },
    ]);
  });

  it('replaces the expectation of the file by another one, but only refines the same', () => {
    const flags = flagsOf('verify-table');
    const file = { rowCount: { about: 10, tolerancePercent: 1 } };
    expect(inputFromFlags(flags, { '--rows': '5' }, file).input).toMatchObject({ rowCount: { exactly: 5 } });
    expect(inputFromFlags(flags, { '--rows': '5' }, file).input).not.toMatchObject({
      rowCount: { about: 10 },
    });
    expect(inputFromFlags(flags, { '--tolerance': '2' }, file).input).toMatchObject({
      rowCount: { about: 10, tolerancePercent: 2 },
    });
  });

  it('refuses two expectations at once', () => {
    const { problems } = inputFromFlags(flagsOf('verify-table'), { '--rows': '5', '--same-as': 'x' });
    expect(problems.map(flagProblemText)).toEqual([
      '--rows, --same-as (rowCount): exclude each other: give one',
    ]);
  });

  const adhoc = { warehouse: { workgroupName: 'adhoc', namespaceName: 'data' } };

  it('lets a cluster take the place of the file’s workgroup, but a namespace only complete it', () => {
    const flags = flagsOf('restore-table');
    expect(inputFromFlags(flags, { '--cluster': 'analytics' }, adhoc).input).toMatchObject({
      warehouse: { clusterIdentifier: 'analytics' },
    });
    expect(inputFromFlags(flags, { '--cluster': 'analytics' }, adhoc).input).not.toMatchObject(adhoc);
    expect(inputFromFlags(flags, { '--namespace-name': 'other' }, adhoc).input).toMatchObject({
      warehouse: { workgroupName: 'adhoc', namespaceName: 'other' },
    });
  });

  it('lets a moment take the place of the file’s snapshot', () => {
    const named = { source: { snapshotIdentifier: 's' } };
    expect(inputFromFlags(flagsOf('recover-table'), { '--as-of': '2h' }, named).input).toMatchObject({
      source: { asOf: '2h' },
    });
    expect(inputFromFlags(flagsOf('recover-table'), { '--as-of': '2h' }, named).input).not.toMatchObject(
      named,
    );
    expect(
      inputFromFlags(
        flagsOf('copy-snapshot'),
        { '--as-of': '2h' },
        { sourceSnapshotIdentifier: 's', targetSnapshotIdentifier: 't' },
      ).input,
    ).toEqual({ asOf: '2h', targetSnapshotIdentifier: 't' });
  });

  it.each([
    ['restore-table', { '--cluster': 'a', '--workgroup': 'b' }, '--cluster, --workgroup (warehouse)'],
    ['restore-table', { '--snapshot': 'a', '--as-of': '2h' }, '--snapshot, --as-of (source)'],
    [
      'keep-recovery-point',
      { '--recovery-point': 'a', '--as-of': '2h' },
      '--recovery-point, --as-of (source)',
    ],
    ['copy-snapshot', { '--snapshot': 'a', '--as-of': '2h' }, '--snapshot, --as-of ((input))'],
  ])('refuses two of one kind of flag: %s %j', (command, values, told) => {
    const { problems } = inputFromFlags(flagsOf(command), values);
    expect(problems.map(flagProblemText)).toEqual([`${told}: exclude each other: give one`]);
  });

  it.each([
    ['orders', { table: 'orders' }],
    ['sales.orders', { schema: 'sales', table: 'orders' }],
    ['dev.sales.orders', { database: 'dev', schema: 'sales', table: 'orders' }],
  ])('reads --same-as %s', (text, sameAs) => {
    expect(inputFromFlags(flagsOf('verify-table'), { '--same-as': text }).input).toMatchObject({
      rowCount: { sameAs },
    });
  });

  it.each(['a.b.c.d', 'a..b', ''])('refuses --same-as "%s"', (text) => {
    expect(inputFromFlags(flagsOf('verify-table'), { '--same-as': text }).problems).toHaveLength(1);
  });

  it.each(['abc', '1.5', '', '1e3', '12,34', 'Infinity'])(
    'refuses --rows "%s" and names the flag',
    (text) => {
      const { problems } = inputFromFlags(flagsOf('verify-table'), { '--rows': text });
      expect(problems.map(flagProblemText)).toEqual([
        `--rows (rowCount.exactly): must be a whole number, not "${text}"`,
      ]);
    },
  );
});

describe('the flags of expectations', () => {
  it('prove every level of a table, without the row count', () => {
    const { input, problems } = inputFromFlags(flagsOf('verify-table'), {
      '--cluster': 'analytics',
      '--structure-same-as': 'sales.orders',
      '--structure-ignore': 'order, sort key,',
      '--content-same-as': 'orders_old',
      '--content-columns': 'id,amount',
      '--chunks': '8',
      '--chunk-by': 'id',
    });
    expect(problems).toEqual([]);
    expect(input).toEqual({
      warehouse: { clusterIdentifier: 'analytics' },
      table: {},
      structure: { sameAs: { schema: 'sales', table: 'orders' }, ignore: ['order', 'sort key'] },
      content: { sameAs: { table: 'orders_old' }, columns: ['id', 'amount'], chunks: 8, chunkBy: 'id' },
    });
  });

  it('compare a restored table with the original, which need not be named', () => {
    const flags = flagsOf('recover-table');
    expect(inputFromFlags(flags, { '--same-structure': true, '--same-content': true }).input).toMatchObject({
      verify: { structure: true, content: true },
    });
    expect(
      inputFromFlags(flags, { '--same-structure': true, '--structure-ignore': 'order' }).input,
    ).toMatchObject({ verify: { structure: { ignore: ['order'] } } });
  });

  it('replace the list of the file by another table', () => {
    const file = { structure: { columns: [{ name: 'id', type: 'int' }] } };
    expect(
      inputFromFlags(flagsOf('verify-table'), { '--structure-same-as': 'orders' }, file).input,
    ).toMatchObject({ structure: { sameAs: { table: 'orders' } } });
  });

  it('say in the help what only a file can give', () => {
    for (const command of ['verify-table', 'recover-table'])
      expect(entryOf(command).load().fileOnly?.join(' ')).toMatch(/structure\.columns .*assertions/);
  });
});

describe('nameFlags', () => {
  it('names the flag of each field, and of fields above and below it', () => {
    const flags = flagsOf('verify-table');
    const named = nameFlags(
      flags,
      [],
      [
        { field: 'table.database', problem: 'is missing' },
        { field: 'table', problem: 'is missing' },
        { field: 'rowCount', problem: 'is missing' },
        { field: 'rowCount.sameAs.table', problem: 'must not be empty' },
        { field: 'mistake', problem: 'is not a field of this input' },
      ],
    );
    expect(named.map(flagProblemText)).toEqual([
      '--database (table.database): is missing',
      '--database, --table (table): is missing',
      'rowCount: is missing: give --rows, --at-least, --about, --same-as, --structure-same-as, --content-same-as or --expect-from',
      '--same-as (rowCount.sameAs.table): must not be empty',
      'mistake: is not a field of this input',
    ]);
  });

  it('does not tell twice what a flag has told', () => {
    const told = [{ field: 'rowCount.exactly', flags: ['--rows'], problem: 'must be a whole number' }];
    expect(
      nameFlags(flagsOf('verify-table'), told, [{ field: 'rowCount.exactly', problem: 'expected number' }]),
    ).toEqual(told);
  });
});
