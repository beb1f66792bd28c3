import { reasonNotToRunAgain } from '../../../domain/retry/judge-query';
import type { StepRecord } from '../../../domain/run-state';
import type { Standing } from '../../../domain/retry/standing';

const nowMs = Date.parse('2026-11-20T08:00:00Z');
const begunAgo = (hours: number): StepRecord => ({
  name: 'query',
  title: 'query',
  state: 'failed',
  startedAt: new Date(nowMs - hours * 3_600_000).toISOString(),
});
const statement = (state: Standing['state']): Standing => ({ state, text: `the statement is ${state}` });
const writes = { sql: "insert into hits values ('home')" };

describe('whether SQL may be run again by a run that goes on', () => {
  it.each<[string, Parameters<typeof reasonNotToRunAgain>[0], number, Standing[]]>([
    ['it only reads, however long ago', { sql: 'select 1' }, 100, []],
    ['it failed, and the database took it back', writes, 1, [statement('failed')]],
    ['it is done, and is read back', writes, 1, [statement('stands')]],
    ['it still runs', writes, 1, [statement('running')]],
    ['it was not submitted yet', writes, 1, []],
    [
      'a transaction failed as a whole',
      { sqls: ['delete from a', 'delete from b'], executionMode: 'TRANSACTION' },
      1,
      [statement('failed')],
    ],
  ])('yes: %s', (_, input, hours, statements) => {
    expect(reasonNotToRunAgain(input, begunAgo(hours), statements, nowMs)).toBeUndefined();
  });

  it('yes: the step never began', () => {
    const { startedAt: _, ...pending } = begunAgo(100);
    expect(reasonNotToRunAgain(writes, pending, [], nowMs)).toBeUndefined();
  });

  it.each<[string, Parameters<typeof reasonNotToRunAgain>[0], number, Standing[], RegExp]>([
    ['AWS has forgotten it', writes, 1, [statement('gone')], /AWS has forgotten/],
    ['it could not be looked at', writes, 1, [statement('unseen')], /the statement is unseen; it does more/],
    ['its id was lost more than a day ago', writes, 25, [], /AWS has forgotten/],
    [
      'a batch that commits as it goes failed half-way',
      { sqls: ['delete from a', 'delete from b'], executionMode: 'AUTO_COMMIT' },
      1,
      [statement('failed')],
      /does that part twice/,
    ],
  ])('no: %s', (_, input, hours, statements, why) => {
    expect(reasonNotToRunAgain(input, begunAgo(hours), statements, nowMs)).toMatch(why);
  });
});
