import type { Client } from '@temporalio/client';
import { askRun } from '../../client/ask-run';

const question = { workflowId: 'w', runId: 'r', taskQueue: 'undrop', query: 'runState' };
const grpcError = (code: number) =>
  Object.assign(new Error(String(code)), { code, details: '', metadata: {} });
const late = () => Promise.reject(grpcError(4));
const between = () => Promise.reject(grpcError(1));

/** A client that gets these answers, one after the other; `asked` is how long each question may have taken. */
function clientWith(answers: (() => Promise<string>)[], pollers: object[]) {
  const asked: number[] = [];
  const client = {
    options: { namespace: 'default' },
    withDeadline: (deadline: number, body: () => unknown) => {
      asked.push(Math.round((deadline - Date.now()) / 1000));
      return body();
    },
    workflow: { getHandle: () => ({ query: () => answers.shift()!() }) },
    workflowService: {
      describeTaskQueue: () => {
        asked.pop();
        return Promise.resolve({ pollers });
      },
    },
  } as unknown as Client;
  return { client, asked };
}

it('asks again when a worker polls and the question was lost on its way', async () => {
  const { client, asked } = clientWith([late, between, () => Promise.resolve('state')], [{}]);
  expect(await askRun(client, question, [1_000, 2_000, 3_000])).toBe('state');
  expect(asked).toEqual([1, 2, 3]);
});

it('asks once where no worker polls, and not more often than it was told', async () => {
  const alone = clientWith([late], []);
  await expect(askRun(alone.client, question, [1_000, 2_000])).rejects.toMatchObject({ code: 4 });
  expect(alone.asked).toEqual([1]);
  const slow = clientWith([late, late], [{}]);
  await expect(askRun(slow.client, question, [1_000, 2_000])).rejects.toMatchObject({ code: 4 });
  expect(slow.asked).toEqual([1, 2]);
});

it('does not repeat a question that was refused', async () => {
  const { client, asked } = clientWith([() => Promise.reject(grpcError(3))], [{}]);
  await expect(askRun(client, question, [1_000, 2_000])).rejects.toMatchObject({ code: 3 });
  expect(asked).toEqual([1]);
});
