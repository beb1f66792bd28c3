import type { RunView } from '../../client';
import { failures } from '../../domain/failures';
import { fittedText } from '../../domain/notification/fit';
import {
  type EndedRun,
  type Notification,
  notificationId,
  notificationOf,
  type RunRecord,
} from '../../domain/notification/notification';
import { attributesOf, messageGroupOf, subjectLine } from '../../domain/notification/topic-message';
import { retryAfterMs, verdictOn } from '../../domain/notification/webhook-answer';
import { operationNames, operations, workflowIdOf } from '../../domain/operations';
import { notifySchema } from '../../domain/operations/notify';
import { newRun, note } from '../../domain/run-state';
import { utf8Length } from '../../domain/table-name';
import { parseInput } from '../../domain/validation';
import { isForbiddenAddress, isLoopback } from '../../domain/webhook-address';

const at = '2026-11-20T03:00:00.000Z';
const place = { uiUrl: 'http://ui.test', address: 'temporal:7233', namespace: 'default' };

function ended(change: Partial<EndedRun> = {}): EndedRun {
  return {
    workflowId: 'verify-table/analytics/dev.public.orders/3f9a1c2e',
    runId: 'run-1',
    operation: 'verifyTable',
    warehouse: 'analytics',
    table: 'dev.public.orders',
    title: 'verify dev.public.orders on analytics',
    outcome: 'done',
    startedAt: at,
    endedAt: at,
    input: { table: 'orders' },
    state: { ...newRun('verifyTable', 'Verify', at, [{ name: 'verify', title: 'Count' }]), outcome: 'done' },
    ...change,
  };
}
const sent = (run: EndedRun) => notificationOf('msg_1', run, place);

describe('the id of a notification', () => {
  const webhook = { webhook: 'oncall' };

  it('is the same for every attempt, and another for another end or receiver', () => {
    const ids = [
      notificationId('end-1', webhook),
      notificationId('end-2', webhook),
      notificationId('end-1', { webhook: 'other' }),
      notificationId('end-1', { topicArn: 'oncall' }),
    ];
    expect(notificationId('end-1', { ...webhook })).toBe(ids[0]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^msg_[0-9a-f]{32}$/);
  });
});

describe('what is sent', () => {
  it('is a RunView, as undrop runs show gives it', () => {
    const record: RunRecord = sent(ended({ result: { rows: 1 } })).data.run;
    const view: RunView = record;
    expect(view).toMatchObject({
      status: 'completed',
      links: {
        ui: expect.stringMatching(/^http:\/\/ui\.test\/namespaces\/default\/workflows\/verify-table%2F/),
      },
      result: { rows: 1 },
    });
    expect(view.failure).toBeUndefined();
  });

  it('has the failure with its remedy and codes', () => {
    const failure = { type: 'ClusterBusy', message: 'm', remedy: 'r' };
    const run = ended({ outcome: 'failed' });
    const { data, type } = sent({ ...run, state: { ...run.state, failure } });
    expect(type).toBe('undrop.run.failed');
    expect(data.run.failure).toEqual({ ...failure, exit: 1, http: 409 });
    expect(sent(ended({ outcome: 'cancelled' })).data.run).toMatchObject({
      status: 'cancelled',
      failure: { type: 'Cancelled', remedy: failures.Cancelled.remedy },
    });
  });

  it('is the same text for the same run', () => {
    expect(fittedText(sent(ended()))).toBe(fittedText(sent(ended())));
  });
});

describe('a notification that is too large', () => {
  const long = (bytes: number) => 'ü'.repeat(bytes / 2);
  const read = (text: string) => JSON.parse(text) as Notification;

  it('is sent whole when it just fits', () => {
    const whole = JSON.stringify(sent(ended()));
    expect(fittedText(sent(ended()), utf8Length(whole))).toBe(whole);
  });

  it('loses the result first, then the middle of the timeline, and says so', () => {
    const run = ended({ result: long(100_000) });
    for (let count = 0; count < 60; count += 1) note(run.state, at, `${count} ${long(5_000)}`);
    const { data, leftOut } = read(fittedText(sent(run)));
    expect(leftOut).toEqual(['result', 'the middle of the timeline']);
    expect(data.run.result).toBeUndefined();
    expect(data.run.state?.timeline.map(({ text }) => text.split(' ')[0])).toEqual(
      ['run', 0, 1, 2, 3, 4, 5, 6, 7, 8, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59].map(String),
    );
    expect(data.run.input).toEqual(run.input);
  });

  it('loses verdicts that passed before those that failed', () => {
    const run = ended();
    const verdict = { kind: 'row count', expected: long(3_000), actual: '' } as never as { passed: boolean };
    run.state.verdicts = [
      { ...verdict, passed: false },
      ...Array.from({ length: 99 }, () => ({ ...verdict, passed: true })),
    ] as never;
    const { data, leftOut } = read(fittedText(sent(run)));
    expect(leftOut).toEqual(['verdicts that passed']);
    expect(data.run.state?.verdicts).toHaveLength(1);
  });

  it('always fits in the end, with ids, outcome and failure', () => {
    const failure = { type: 'AwsError', message: long(400_000), remedy: 'r' };
    const run = ended({ outcome: 'failed', input: long(400_000), title: long(400_000) });
    run.state = { ...run.state, failure, steps: [{ name: long(400_000), title: '', state: 'done' }] };
    const text = fittedText(sent(run));
    expect(utf8Length(text)).toBeLessThan(240_000);
    expect(read(text).data.run).toMatchObject({ workflowId: run.workflowId, failure: { type: 'AwsError' } });
    expect(read(text).leftOut).toContain('state');
  });
});

describe('a message to a topic', () => {
  it('has a subject that SNS takes: 100 printable ASCII characters on one line', () => {
    expect(subjectLine(ended())).toBe('Undrop: done: verify dev.public.orders on analytics');
    const odd = subjectLine(ended({ title: `größer\n${'x'.repeat(200)}` }));
    expect(odd).toMatch(/^Undrop: done: gr\?\?er x+\.\.\.$/);
    expect(odd).toHaveLength(100);
  });

  it('has no attribute without a value', () => {
    expect(attributesOf('msg_1', ended({ table: '' }))).toEqual({
      id: 'msg_1',
      operation: 'verifyTable',
      outcome: 'done',
      warehouse: 'analytics',
    });
  });

  it('is in the group of its workflow id', () => {
    expect(messageGroupOf(ended())).toMatch(/^undrop-[0-9a-f]{32}$/);
    expect(messageGroupOf(ended({ runId: 'run-2' }))).toBe(messageGroupOf(ended()));
  });
});

describe("a receiver's answer", () => {
  it.each([
    [200, 'taken'],
    [204, 'taken'],
    [299, 'taken'],
    [101, 'refused'],
    [301, 'refused'],
    [308, 'refused'],
    [400, 'refused'],
    [404, 'refused'],
    [410, 'refused'],
    [408, 'later'],
    [425, 'later'],
    [429, 'later'],
    [500, 'later'],
    [503, 'later'],
  ])('HTTP %s is %s', (status, verdict) => expect(verdictOn(status)).toBe(verdict));

  it('may ask for a pause in seconds or by a date, of an hour at most', () => {
    const now = Date.parse('2026-11-20T03:00:00Z');
    expect(retryAfterMs('120', now)).toBe(120_000);
    expect(retryAfterMs('Fri, 20 Nov 2026 03:00:30 GMT', now)).toBe(30_000);
    expect(retryAfterMs('Fri, 20 Nov 2026 02:00:00 GMT', now)).toBe(0);
    expect(retryAfterMs('999999', now)).toBe(3_600_000);
    expect(retryAfterMs('soon', now)).toBeUndefined();
    expect(retryAfterMs(undefined, now)).toBeUndefined();
  });
});

describe('the address of a webhook', () => {
  // As the URL parser writes each: the disguises are its business, what they come to is ours.
  it.each([
    'https://169.254.169.254/',
    'https://2852039166/',
    'https://0xa9fea9fe/',
    'https://0251.0376.0251.0376/',
    'https://169.254.43518/',
    'https://[::ffff:169.254.169.254]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://[::169.254.169.254]/',
    'https://[64:ff9b::169.254.169.254]/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://[FD00:0EC2:0:0::254]/',
    'https://169.254.170.2/',
    'https://0.0.0.0/',
    'https://0/',
    'https://[::]/',
  ])('is not %s', (url) => expect(isForbiddenAddress(new URL(url).hostname)).toBe(true));

  it.each(['https://hooks.example.com/', 'https://10.0.0.8/', 'https://127.0.0.1/', 'https://[fd12::1]/'])(
    'may be %s',
    (url) => expect(isForbiddenAddress(new URL(url).hostname)).toBe(false),
  );

  it('is of this machine for these hosts alone', () => {
    expect(['localhost', '127.0.0.1', '127.9.9.9', '[::1]'].every(isLoopback)).toBe(true);
    expect(['localhost.evil.test', '128.0.0.1', 'my127.0.0.1.test', '[::2]'].some(isLoopback)).toBe(false);
  });
});

describe('notify in an input', () => {
  it('names webhooks and topics, no URLs; every problem is told at once', () => {
    const wrong = parseInput(notifySchema, {
      on: ['sometimes'],
      webhooks: ['https://hooks.example.com/T0/secret'],
      topics: ['undrop-runs'],
      patience: 'long',
    });
    expect(wrong).toMatchObject({
      ok: false,
      problems: [
        { field: 'on.0' },
        { field: 'webhooks.0', problem: expect.stringContaining('not a URL') },
        { field: 'topics.0', problem: expect.stringContaining('arn:aws:sns:') },
        { field: 'patience' },
      ],
    });
    expect(parseInput(notifySchema, {})).toMatchObject({ ok: false, problems: [{ field: 'webhooks' }] });
    expect(parseInput(notifySchema, { webhooks: ['a', 'a'] })).toMatchObject({ ok: false });
  });

  it.each(operationNames)('is taken by %s, and does not make it another run', (name) => {
    const { shape } = operations[name].schema as unknown as { shape: Record<string, unknown> };
    expect(shape).toHaveProperty('notify');
    const input = { warehouse: {}, table: {}, tableArn: 'a:b:c:d:e:table/f', source: {} } as never;
    const told = { ...(input as object), notify: { webhooks: ['oncall'] } } as never;
    expect(workflowIdOf('restoreTable', told)).toBe(workflowIdOf('restoreTable', input));
  });

  it('is of the run, not of the export that is a step of it', () => {
    const { shape } = operations.recoverTable.schema;
    expect(Object.keys(shape.export.unwrap().shape)).not.toContain('notify');
  });
});
