import { operationExamples } from '../../client/http/examples';
import { operationNames, operations as registry, type OperationName } from '../../domain/operations';
import { standInRig, type StandInRig } from '../support/stand-in-rig';
import { apiRig, type ApiRig } from './api-rig';

let rig: StandInRig;
let api: ApiRig;
beforeAll(async () => {
  rig = await standInRig();
  await rig.startWorker();
  api = await apiRig(rig.operations);
});
afterAll(async () => {
  await api?.app.close();
  await rig?.close();
});

const inputOf = (operation: OperationName) =>
  Object.values<{ value: object }>(operationExamples[operation])[0]!.value;
const start = (operation: OperationName, body: object, key: string) =>
  api.post(`/v1/${registry[operation].command}`, body, { 'idempotency-key': `${rig.cluster}/${key}` });
interface Answer {
  started?: boolean;
  runId?: string;
  workflowId?: string;
  type?: string;
}
const told = async (response: Response) => (await response.json()) as Answer;

describe.each(operationNames)('an Idempotency-Key of %s', (operation) => {
  const input = inputOf(operation);

  it('is one run, however many ask at once', async () => {
    const key = `at-once-${operation}`;
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => start(operation, input, key).then(told)),
    );
    expect(answers.filter(({ started }) => started)).toHaveLength(1);
    expect(new Set(answers.map(({ runId }) => runId)).size).toBe(1);
    expect(new Set(answers.map(({ workflowId }) => workflowId))).toEqual(new Set([`${rig.cluster}/${key}`]));
  });

  it('means one body for ever: another one is 409, and the run is left alone', async () => {
    const key = `body-${operation}`;
    const { runId } = await told(await start(operation, input, key));
    const other = await start(operation, { ...input, deadline: '2 hours' }, key);
    expect(other.status).toBe(409);
    expect(await told(other)).toMatchObject({ type: 'urn:undrop:failure:WorkflowIdTaken' });
    expect((await rig.operations.show(`${rig.cluster}/${key}`)).runId).toBe(runId);
  });

  it('means one operation for ever: another one is 409', async () => {
    const key = `operation-${operation}`;
    await start(operation, input, key);
    const another = operation === 'exportTable' ? 'copySnapshot' : 'exportTable';
    const other = await start(another, inputOf(another), key);
    expect(other.status).toBe(409);
    expect(await told(other)).toMatchObject({
      type: 'urn:undrop:failure:WorkflowIdTaken',
      detail: expect.stringContaining(`another operation (${operation})`),
    });
  });
});

it('lets one of two bodies win that come at once under one key, and refuses the other', async () => {
  const input = inputOf('restoreTable');
  const bodies = [input, { ...input, deadline: '2 hours' }];
  const answers = await Promise.all(bodies.map((body) => start('restoreTable', body, 'race')));
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([202, 409]);
});
