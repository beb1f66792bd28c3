import {
  changed,
  completed,
  type ScheduleDefinition,
  scheduleDefinitionSchema,
  type ScheduleInput,
} from '../../../domain/schedules/definition';
import { scheduleProblems } from '../../../domain/schedules/check';
import { changesBetween } from '../../../domain/schedules/diff';
import { parseInput } from '../../../domain/validation';

const now = Date.parse('2026-11-28T12:00:00Z');
const nightly: ScheduleInput = {
  id: 'nightly-orders',
  operation: 'restore-table',
  input: {
    warehouse: { clusterIdentifier: 'analytics' },
    source: { asOf: '24h' },
    table: { database: 'dev', table: 'orders' },
  },
  when: { cron: '0 2 * * *' },
};

function read(given: object): ScheduleDefinition {
  const parsed = parseInput(scheduleDefinitionSchema, { ...nightly, ...given });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return completed(parsed.value);
}
const refused = (given: object) => {
  const parsed = parseInput(scheduleDefinitionSchema, { ...nightly, ...given });
  return parsed.ok ? [] : parsed.problems.map(({ field, problem }) => `${field}: ${problem}`);
};
const problems = (given: object) =>
  scheduleProblems(read(given), now).map(({ field, problem }) => `${field}: ${problem}`);
const withInput = (more: object) => ({ input: { ...nightly.input, ...more } });

describe('a schedule', () => {
  it('has sensible defaults, and knows an operation by its command', () => {
    expect(read({})).toEqual({
      ...nightly,
      operation: 'restoreTable',
      timeZone: 'UTC',
      overlap: 'skip',
      catchupWindow: '1h',
      pauseOnFailure: false,
    });
    expect(problems({})).toEqual([]);
  });

  it('is refused with everything that is wrong at once', () => {
    expect(
      refused({
        id: 'no spaces',
        operation: 'drop-table',
        when: { cron: ['0 25 * * *'], offset: '3h' },
        timeZone: '+01:00',
        jitter: 'soon',
        overlap: 'hope',
        catchupWindow: '5s',
        startAt: 'tomorrow',
        remainingActions: 0,
        colour: 'red',
      }).map((line) => line.split(':')[0]),
    ).toEqual(
      expect.arrayContaining([
        'id',
        'operation',
        'when.cron.0',
        'timeZone',
        'jitter',
        'overlap',
        'catchupWindow',
        'startAt',
        'remainingActions',
        'colour',
      ]),
    );
    expect(refused({ when: {} })).toEqual(['when.cron: is missing: give cron, every or calendars']);
    expect(refused({ when: { every: '1h', offset: '1h' } })).toEqual([
      'when.offset: must be shorter than every',
    ]);
    expect(refused({ when: { calendars: [{ hour: 2, minute: '61' }] } })).toEqual([
      expect.stringContaining('when.calendars.0: has "61" as minute'),
    ]);
  });

  it('is refused when it never comes', () => {
    const never = ['when: never comes: there is no such time from now on'];
    expect(problems({ when: { cron: '0 0 30 2 *' } })).toEqual(never);
    expect(problems({ endAt: '2026-11-28T13:00:00Z' })).toEqual(never);
  });

  it('is refused when the operation would refuse its input at the times to come', () => {
    expect(problems(withInput({ deadline: 'soon', tabel: 1 }))).toEqual([
      expect.stringContaining('input.deadline: must be a duration'),
      'input.tabel: is not a field of this input',
    ]);
    expect(problems(withInput({ target: { table: 'orders_{{today}}' } }))).toEqual([
      expect.stringContaining('input.target.table: has {{today}}, which is no template'),
    ]);
    // 120 characters of name and 8 of date are one too many for Redshift.
    expect(problems(withInput({ target: { table: `${'x'.repeat(120)}{{scheduled:yyyyMMdd}}` } }))).toEqual([
      'input.target.table: must be at most 127 bytes long',
    ]);
  });

  it('takes times of an export from its own time', () => {
    const exported = (specification: object) => ({
      operation: 'export-table',
      input: {
        tableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/orders',
        s3Bucket: 'exports',
        s3Prefix: 'nightly/{{scheduled:yyyy/MM/dd}}',
        exportType: 'INCREMENTAL_EXPORT',
        incrementalExportSpecification: specification,
      },
    });
    expect(
      problems(exported({ exportFromTime: '{{scheduled-24h}}', exportToTime: '{{scheduled}}' })),
    ).toEqual([]);
    expect(
      problems(exported({ exportFromTime: '{{scheduled-25h}}', exportToTime: '{{scheduled}}' })),
    ).toEqual([expect.stringContaining('must span from 15 minutes to 24 hours')]);
  });
});

describe('names that must differ from run to run', () => {
  const once = (line: string) => expect.stringContaining(line);

  it.each([
    ['restore-table', withInput({ target: { table: 'orders_drill' } }), 'target.table'],
    [
      'recover-table',
      withInput({ copy: { targetSnapshotIdentifier: 'nightly' }, source: { asOf: '24h' } }),
      'copy.targetSnapshotIdentifier',
    ],
    [
      'keep-recovery-point',
      { input: { namespaceName: 'adhoc', source: { asOf: '1h' }, snapshotName: 'nightly' } },
      'snapshotName',
    ],
    [
      'copy-snapshot',
      {
        input: {
          asOf: '24h',
          sourceSnapshotClusterIdentifier: 'analytics',
          targetSnapshotIdentifier: 'nightly',
        },
      },
      'targetSnapshotIdentifier',
    ],
    [
      'export-table',
      {
        input: {
          tableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/orders',
          s3Bucket: 'exports',
          clientToken: 'nightly',
        },
      },
      'clientToken',
    ],
  ])('are refused when they are fixed: %s', (operation, given, field) => {
    expect(problems({ operation, ...given })).toEqual([
      once(
        `input.${field}: is the same for every run, and would be taken from the second one on: put the time`,
      ),
    ]);
  });

  it('may be fixed where there is one run only', () => {
    expect(problems({ ...withInput({ target: { table: 'orders_drill' } }), remainingActions: 1 })).toEqual(
      [],
    );
  });

  const drill = (table: string, when: object, more: object = {}) =>
    problems({ ...withInput({ target: { table } }), when, ...more });

  it('are fine with enough of the time in them', () => {
    expect(drill('orders_{{scheduled:yyyyMMdd}}', { cron: '0 2 * * *' })).toEqual([]);
    expect(drill('orders_{{scheduled:yyyyMMdd_HHmm}}', { every: '15m' })).toEqual([]);
    expect(
      problems(withInput({ target: { table: 'orders', schema: 'drill_{{scheduled:yyyyMMdd}}' } })),
    ).toEqual([]);
  });

  it('are refused with too little of it, naming the two runs', () => {
    expect(drill('orders_{{scheduled:yyyyMMdd}}', { every: '12h' })).toEqual([
      once(
        'input.target.table: is the same for the runs of 2026-11-29T00:00:00Z and 2026-11-29T12:00:00Z: put more',
      ),
    ]);
    expect(drill('orders_{{scheduled:MMdd}}', { cron: '0 2 28 * *' })).toEqual([
      once('the runs of 2026-12-28T02:00:00Z and 2027-12-28T02:00:00Z'),
    ]);
  });

  it('are refused when the clock of a time zone shows them twice in a night of autumn', () => {
    const when = { every: '1h', offset: '30m' };
    expect(drill('orders_{{scheduled:yyyyMMddHHmm@Europe/Berlin}}', when)).toEqual([
      once('the runs of 2027-10-31T00:30:00Z and 2027-10-31T01:30:00Z'),
    ]);
    expect(drill('orders_{{scheduled:yyyyMMddHHmm}}', when)).toEqual([]);
  });
});

describe('the difference of two schedules', () => {
  const fields = (before: object, after: object) =>
    changesBetween(read(before), read(after)).map(({ field }) => field);

  it.each([
    [{ catchupWindow: '1h' }, { catchupWindow: '60 minutes' }],
    [{ when: { cron: '0 2 * * mon-fri' } }, { when: { cron: ['0 2 * * 1-5'] } }],
    [{ when: { cron: '0 2 * * *' } }, { when: { calendars: [{ hour: 2 }] } }],
    [{ startAt: '2026-12-01T00:00:00Z' }, { startAt: '2026-12-01T01:00:00+01:00' }],
    [{ operation: 'restoreTable' }, { operation: 'restore-table' }],
    [{ timeZone: 'UTC' }, {}],
    [{ paused: true }, {}],
    [{ remainingActions: 7 }, {}],
  ])('is none between words for the same: %j and %j', (before, after) => {
    expect(fields(before, after)).toEqual([]);
  });

  it('names each member, and what of the input it is', () => {
    const before = { ...withInput({ deadline: '2h' }), paused: true, jitter: '5m' };
    const after = {
      ...withInput({ target: { table: 'x_{{scheduled:yyyyMMdd}}' } }),
      paused: false,
      overlap: 'buffer-one',
    };
    expect(changesBetween(read(before), read(after))).toEqual([
      { field: 'input.deadline', before: '2h' },
      { field: 'input.target', after: { table: 'x_{{scheduled:yyyyMMdd}}' } },
      { field: 'jitter', before: '5m' },
      { field: 'overlap', before: 'skip', after: 'buffer-one' },
      { field: 'paused', before: true, after: false },
    ]);
  });

  it('comes of what an update gives, and of nothing else', () => {
    const before = read({ jitter: '5m', overlap: 'buffer-one', note: 'why' });
    expect(
      changesBetween(before, changed(before, { when: { every: '1h' } })).map(({ field }) => field),
    ).toEqual(['when']);
    expect(changed(before, { jitter: null, overlap: null })).toEqual(
      read({ note: 'why', jitter: undefined, overlap: 'skip' }),
    );
  });
});
