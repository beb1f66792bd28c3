import { Rig, type Sources } from '../support/rig';
import { losses, submits } from '../support/submits';

/**
 * AWS does what it is asked, and the answer is lost on the way: the run must end well, and AWS must have done it once.
 * The runs of one operation go side by side, one for each way of losing the answer.
 */
describe.each(submits)('when the answer to $call is lost', (submit) => {
  let rig: Rig;
  let sources: Sources;
  const runOf = (loss: string) => `${rig.taskQueue}/${loss.replaceAll(' ', '-')}`;

  beforeAll(async () => {
    rig = await Rig.start();
    await rig.control.set({ restoreQueueLength: losses.length, serverlessRestoreQueueLength: losses.length });
    // An engine that still starts would be one more lost answer.
    await rig.warmUp();
    rig.loseConnectionsAfter(5_000);
    sources = await rig.sources();
    await rig.startWorker();
    for (const { loss, action } of losses) {
      const workflowId = runOf(loss);
      await rig.control.addFault({ operation: submit.call, match: submit.key(workflowId, sources), action });
      await rig.begin(submit.operation, submit.input(sources), { workflowId });
    }
  });

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  it.each(losses)('because $loss, the run ends well and AWS did it once', async ({ loss, action }) => {
    const workflowId = runOf(loss);
    const run = await rig.end(workflowId);
    expect(run.failure).toBeUndefined();
    expect(run.outcome).toBe('done');

    const requests = await rig.requests(submit.call, submit.key(workflowId, sources));
    expect(requests[0]?.fault).toMatch(action.kind);
    expect(requests).toHaveLength(submit.requestsAfterLoss);
    expect(requests.flatMap(({ effectIds }) => effectIds)).toHaveLength(1);
  });

  it('AWS did nothing else', async () => {
    const done = await rig.effectCounts(submit.effect);
    expect(Object.values(done)).toEqual(losses.map(() => 1));
  });
});
