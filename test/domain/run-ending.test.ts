import { runEnding } from '../../domain/run-ending';
import { newRun } from '../../domain/run-state';

const at = '2026-11-20T08:00:00.000Z';
const run = newRun('restoreTable', 'Restore orders', at, [{ name: 'restore', title: 'Restore the table' }]);
run.steps[0]!.state = 'failed';
run.aws = [{ kind: 'table restore request', id: 'r-1', step: 'restore', orphaned: true }];
run.endedAt = '2026-11-20T08:12:00.000Z';

it('tells in plain lines how a run failed, what is on AWS, and how to go on', () => {
  const failure = { type: 'DeadlinePassed', message: 'table restore failed: late', remedy: 'Start again.' };
  expect(runEnding({ ...run, outcome: 'failed', failure }, 'my run').split('\n')).toEqual([
    'Restore orders: failed after 12 min',
    'DeadlinePassed: table restore failed: late',
    'What to do: Start again.',
    'Steps: Restore the table (failed)',
    'On AWS: table restore request r-1 (AWS goes on with it; nobody waits any more)',
    "More: undrop runs show 'my run'",
    "Once it is mended: undrop runs retry 'my run'",
  ]);
});

it('asks for nothing when the run is done', () => {
  const done = { ...run, outcome: 'done' as const, aws: [], steps: [] };
  expect(runEnding(done, 'a')).toBe('Restore orders: done after 12 min\nSteps: \nMore: undrop runs show a');
});
