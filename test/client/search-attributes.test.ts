import { randomBytes } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { OperationsClient } from '../../client';
import { loadClientConfig } from '../../config';
import { temporalAddress } from '../support/stand-in-rig';

const input = {
  warehouse: { clusterIdentifier: 'c' },
  source: { snapshotIdentifier: 's' },
  table: { database: 'd', table: 't' },
};

describe('a Temporal namespace without the search attributes', () => {
  it('is named at the start of a run, with the command that registers them; nothing is started', async () => {
    const namespace = `bare-${randomBytes(4).toString('hex')}`;
    const connection = await Connection.connect({ address: temporalAddress() });
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    });
    const config = loadClientConfig({ TEMPORAL_ADDRESS: temporalAddress(), TEMPORAL_NAMESPACE: namespace });
    const operations = await OperationsClient.connect(config);
    try {
      let failed: { type?: string; remedy?: string };
      // A namespace takes a moment until every part of the server knows it.
      do
        failed = (await operations
          .start('restoreTable', input)
          .catch((error: unknown) => error)) as typeof failed;
      while (failed.type === 'NamespaceNotFound');
      expect(failed).toMatchObject({
        type: 'SearchAttributesMissing',
        exit: 6,
        remedy: expect.stringContaining(`--namespace ${namespace}`),
      });
      const listed = await operations.list();
      expect(listed.runs).toEqual([]);
    } finally {
      await operations.close();
      await connection.close();
    }
  });
});
