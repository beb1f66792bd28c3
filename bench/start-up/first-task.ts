// A worker process of the start-up benchmark: from its start to the end of the first workflow task, then it ends.
import path from 'node:path';
import { NativeConnection, Worker, DefaultLogger, Runtime } from '@temporalio/worker';

/** argv: address, task queue, `bundle` or `source`. Prints one line when its first run has been done. */
async function main(): Promise<void> {
  const [address = '', taskQueue = '', kind = ''] = process.argv.slice(2);
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const compiled = path.join(__dirname, '..', '..');
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    taskQueue,
    ...(kind === 'bundle'
      ? { workflowBundle: { codePath: path.join(compiled, 'workflow-bundle.js') } }
      : { workflowsPath: path.join(compiled, 'workflows', 'index.js') }),
  });
  // An input that the schema refuses: the whole way through the bundle, without AWS.
  await worker.runUntil(async () => {
    const { Client, Connection } = await import('@temporalio/client');
    const client = new Client({ connection: await Connection.connect({ address }) });
    await client.workflow
      .execute('copySnapshot', { taskQueue, workflowId: `${taskQueue}/first`, args: [{}] })
      .catch(() => undefined);
    await client.connection.close();
  });
  await connection.close();
}

void main();
