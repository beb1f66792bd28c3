import { randomBytes } from 'node:crypto';
import { Connection, type Client } from '@temporalio/client';
import { OperationsClient } from '../../client';
import { runCli } from '../../client/cli/program';
import { registerCommand } from '../../client/search-attributes';
import { setUpNamespace } from '../../client/set-up';
import { loadClientConfig } from '../../config';
import { searchAttributes } from '../../domain/search-attributes';
import { temporalAddress } from '../support/stand-in-rig';
import { fakeIo } from './cli/fake-io';

const names = Object.keys(searchAttributes);
let connection: Connection;
beforeAll(async () => {
  connection = await Connection.connect({ address: temporalAddress() });
});
afterAll(() => connection?.close());

/** A namespace without any search attribute of ours, known to every part of the server. */
async function bareNamespace(): Promise<string> {
  const namespace = `bare-${randomBytes(4).toString('hex')}`;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  const known = () => connection.workflowService.countWorkflowExecutions({ namespace });
  while (
    !(await known().then(
      () => true,
      () => false,
    ))
  )
    await new Promise((resolve) => setTimeout(resolve, 100));
  return namespace;
}

async function setup(namespace: string, ...argv: string[]) {
  const terminal = fakeIo({ TEMPORAL_ADDRESS: temporalAddress(), TEMPORAL_NAMESPACE: namespace });
  const exitCode = await runCli(['setup', ...argv], terminal.io);
  return { exitCode, out: terminal.out(), err: terminal.err() };
}

describe('undrop setup', () => {
  it('registers what is missing, says what it did, and changes nothing the second time; runs can start at once', async () => {
    const namespace = await bareNamespace();
    const first = await setup(namespace, '-o', 'json');
    expect(first.exitCode).toBe(0);
    expect(JSON.parse(first.out)).toEqual({
      apiVersion: 'undrop/v1',
      address: temporalAddress(),
      namespace,
      registered: names,
      present: [],
    });
    const operations = await OperationsClient.connect(
      loadClientConfig({ TEMPORAL_ADDRESS: temporalAddress(), TEMPORAL_NAMESPACE: namespace }),
    );
    try {
      const started = await operations.start('copySnapshot', { sourceSnapshotIdentifier: 'rs:set-up' });
      expect(started.started).toBe(true);
    } finally {
      await operations.close();
    }
    const second = await setup(namespace);
    expect(second).toMatchObject({ exitCode: 0, err: expect.stringContaining('nothing was to be done') });
    for (const name of names) expect(second.out).toMatch(new RegExp(`✔ ${name} +was there\n`));
  });

  it('changes nothing where an attribute of that name has another type, and says how to mend it', async () => {
    const namespace = await bareNamespace();
    const int = 3;
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: { UndropTable: int },
    });
    const { exitCode, out, err } = await setup(namespace);
    expect(exitCode).toBe(6);
    expect(out).toBe('');
    expect(err).toContain('UndropTable is there with another type than Keyword');
    expect(err).toContain(
      `temporal operator search-attribute remove --address ${temporalAddress()} --namespace ${namespace} --name UndropTable`,
    );
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    expect(Object.keys(customAttributes)).not.toContain('UndropWarehouse');
  });

  it('says that a namespace is not there, with exit code 5', async () => {
    expect(await setup('nowhere')).toMatchObject({ exitCode: 5, err: expect.stringContaining('nowhere') });
  });

  it.each([
    ['localhost:7233', 7, 'not for you', 'may not register search attributes'],
    [
      'eu-central-1.aws.api.temporal.io:7233',
      12,
      'unknown service',
      'Temporal Cloud takes search attributes',
    ],
    ['data.a1b2c.tmprl.cloud:7233', 7, 'no', 'Temporal Cloud takes search attributes'],
  ])(
    'gives somebody who may not at %s the command for somebody who may',
    async (address, code, details, why) => {
      const refused = Object.assign(new Error(`${code} ${details}`), { code, details, metadata: {} });
      const client = {
        withDeadline: (_at: number, body: () => unknown) => body(),
        connection: { operatorService: { listSearchAttributes: () => Promise.reject(refused) } },
      } as unknown as Client;
      const failed = await setUpNamespace(client, { address, namespace: 'data', uiUrl: '' }).catch(
        (error: unknown) => error,
      );
      expect(failed).toMatchObject({
        type: 'NotAllowed',
        exit: 4,
        message: expect.stringContaining(why),
        remedy: expect.stringContaining(registerCommand({ address, namespace: 'data' })),
      });
    },
  );
});

describe('the command that registers the search attributes', () => {
  it('is the operator command of the temporal CLI, or tcld where Temporal Cloud is', () => {
    expect(registerCommand({ address: 'localhost:7233', namespace: 'data' }, ['A', 'B'])).toBe(
      'temporal operator search-attribute create --address localhost:7233 --namespace data --name A --type Keyword --name B --type Keyword',
    );
    expect(registerCommand({ address: 'data.a1b2c.tmprl.cloud:7233', namespace: 'data.a1b2c' }, ['A'])).toBe(
      'tcld namespace search-attributes add --namespace data.a1b2c --search-attribute "A=Keyword"',
    );
  });
});
