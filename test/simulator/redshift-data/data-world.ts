import {
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  RedshiftDataClient,
  type DescribeStatementResponse,
  type ExecuteStatementInput,
  type Field,
} from '@aws-sdk/client-redshift-data';
import { startSimulator, type Simulator } from '../../../simulator';
import type { Settings } from '../../../simulator/core/settings';
import { addCluster } from '../../../simulator/redshift/setup';

/** What every call of these tests goes to. */
export const target = { ClusterIdentifier: 'analytics', Database: 'dev' };

export interface DataWorld {
  simulator: Simulator;
  data: RedshiftDataClient;
  /** Sends a statement and lets virtual time pass until it has ended. */
  finish(sql: string, more?: Partial<ExecuteStatementInput>): Promise<DescribeStatementResponse>;
  /** Rows of a statement that must have finished. */
  rows(sql: string, more?: Partial<ExecuteStatementInput>): Promise<Field[][]>;
  /** How many effects of a kind there were. */
  effects(kind: string): string[];
  close(): Promise<void>;
}

/**
 * Cluster `analytics` with an empty database `dev` on the real SQL engine, cluster `asleep` which is paused, and a clock
 * that stands still: a statement ends when the test says so.
 */
export async function startDataWorld(
  settings: Partial<Settings> = {},
  seedSql: string[] = [],
): Promise<DataWorld> {
  const simulator = await startSimulator({
    start: new Date('2026-03-01T12:00:00Z'),
    settings: { clockSpeed: 0, statementSeconds: 10, ...settings },
    seed: ({ world, rooms }) => {
      addCluster(rooms.redshift.context, { identifier: 'analytics' });
      addCluster(rooms.redshift.context, { identifier: 'asleep', state: 'paused' });
      world.prepareWarehouse('analytics', async (warehouse) => {
        for (const sql of seedSql) await warehouse.run('dev', [{ sql }]);
      });
    },
  });
  const data = new RedshiftDataClient({
    endpoint: simulator.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'tester', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  async function finish(sql: string, more: Partial<ExecuteStatementInput> = {}) {
    const { Id } = await data.send(new ExecuteStatementCommand({ ...target, Sql: sql, ...more }));
    await simulator.advance(simulator.world.settings.statementSeconds);
    return data.send(new DescribeStatementCommand({ Id }));
  }
  return {
    simulator,
    data,
    finish,
    async rows(sql, more) {
      const { Id, Status, Error: error } = await finish(sql, more);
      if (Status !== 'FINISHED') throw new Error(`statement ended as ${Status}: ${error}`);
      const { Records } = await data.send(new GetStatementResultCommand({ Id }));
      return Records ?? [];
    },
    effects: (kind) => simulator.effects.list({ kind }).map(({ businessKey }) => businessKey),
    async close() {
      data.destroy();
      await simulator.close();
    },
  };
}
