import type { RunningChild } from '../../dev/process';
import { Rig, type Sources } from '../support/rig';
import { submits } from '../support/submits';

/**
 * The worker process is killed after AWS did what it was asked and before the answer arrived. Another process takes
 * the run over, knowing nothing but its history: the run must end well, and AWS must have done it once.
 */
describe('when the worker is killed between submit and reply', () => {
  let rig: Rig;
  let sources: Sources;
  let worker: RunningChild;

  beforeAll(async () => {
    rig = await Rig.start();
    sources = await rig.sources();
    worker = await rig.startWorkerProcess();
  });

  afterAll(async () => {
    await worker.stop();
    // Queries of ended runs and the replay need no worker of ours.
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  it.each(submits)('another one takes $call over, and AWS did it once', async (submit) => {
    const workflowId = `${rig.taskQueue}/${submit.call}`;
    const key = submit.key(workflowId, sources);
    await rig.control.addFault({
      operation: submit.call,
      match: key,
      action: { kind: 'hang', effect: 'kept' },
    });
    await rig.begin(submit.operation, submit.input(sources), { workflowId });
    await rig.untilDone(submit.call, key);

    process.kill(worker.pid, 'SIGKILL');
    expect(await worker.exited).toEqual({ code: null, signal: 'SIGKILL' });
    worker = await rig.startWorkerProcess();

    const run = await rig.end(workflowId);
    expect(run.failure).toBeUndefined();
    expect(run.outcome).toBe('done');
    const requests = await rig.requests(submit.call, key);
    expect(requests).toHaveLength(submit.requestsAfterLoss);
    expect(requests.flatMap(({ effectIds }) => effectIds)).toHaveLength(1);
    expect(Object.values(await rig.effectCounts(submit.effect)).filter((times) => times > 1)).toEqual([]);
  });
});
