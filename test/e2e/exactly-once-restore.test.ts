import { DescribeTableRestoreStatusCommand, type TableRestoreStatus } from '@aws-sdk/client-redshift';
import type { RestoreTableInput, RestoreTableResult } from '../../domain/operations/restore-table';
import type { RunView } from '../../client';
import { cluster, quickSettings, Rig, seed } from '../support/rig';
import { until } from '../support/until';

const call = 'RestoreTableFromClusterSnapshot';

/**
 * The call without a token: whether a lost request was heard is found out by looking, and AWS's lists may lag, or show
 * only what is still running. `settle` must be longer than the lag; when it is not, the name of the table is the second wall.
 */
describe('a table restore whose answer is lost', () => {
  let rig: Rig;
  let snapshot: string;

  beforeAll(async () => {
    rig = await Rig.start();
    snapshot = await rig.automatedSnapshot();
    await rig.startWorker();
  });

  beforeEach(() => rig.control.set({ ...quickSettings, restoreListMode: 'all', listLagSeconds: 0 }));

  afterAll(async () => {
    expect(await rig.replayAll()).toEqual([]);
    await rig.close();
  });

  const input = (more: Partial<RestoreTableInput> = {}): RestoreTableInput => ({
    warehouse: { clusterIdentifier: cluster },
    source: { snapshotIdentifier: snapshot },
    table: { database: 'dev', schema: 'public', table: 'orders' },
    settle: '1 second',
    ...more,
  });

  async function losingTheAnswer(
    more?: Partial<RestoreTableInput>,
    action: object = { kind: 'drop-after' },
    times = 1,
  ) {
    const before = (await rig.control.operations(call)).length;
    await rig.control.addFault({ operation: call, action, times });
    const run = await rig.run('restoreTable', input(more));
    const requests = (await rig.control.operations(call)).slice(before);
    return { run, result: run.result as RestoreTableResult, requests };
  }

  /** How the requests for the run's table ended on AWS, in order. */
  async function endsOnAws({ state }: RunView): Promise<TableRestoreStatus['Status'][]> {
    const name = state?.aws
      .find(({ kind }) => kind === 'restored table')
      ?.id.split('.')
      .pop();
    const answer = await rig.clients.redshift.send(
      new DescribeTableRestoreStatusCommand({ ClusterIdentifier: cluster }),
    );
    return (answer.TableRestoreStatusDetails ?? [])
      .filter(({ NewTableName }) => NewTableName === name)
      .map(({ Status }) => Status);
  }

  const rowsOf = ({ table: { database, schema, table } }: RestoreTableResult) =>
    rig.control.count(cluster, database, `"${schema}"."${table}"`);

  it.each(['all', 'in-progress'])(
    'is taken over while it runs, when AWS lists requests late but before the settling ends [%s]',
    async (restoreListMode) => {
      await rig.control.set({ restoreListMode, listLagSeconds: 1.5, restoreSeconds: 12 });
      const { run, result, requests } = await losingTheAnswer({ settle: '2 seconds' });
      expect(run.failure).toBeUndefined();
      expect(result).toMatchObject({ adopted: true, sends: 1 });
      expect(run.state?.aws[0]?.id).toMatch(/^[0-9a-f-]{36}$/);
      expect(requests.map(({ outcome, effectIds }) => [outcome, effectIds.length])).toEqual([['dropped', 1]]);
      await rig.control.set({ restoreListMode: 'all' });
      expect(await endsOnAws(run)).toEqual(['SUCCEEDED']);
    },
  );

  it('is taken over by its table, when it has ended and AWS lists only what runs', async () => {
    await rig.control.set({ restoreListMode: 'in-progress' });
    const { run, result, requests } = await losingTheAnswer({ settle: '3 seconds' });
    expect(run.failure).toBeUndefined();
    expect(result).toMatchObject({ adopted: true, sends: 1 });
    expect(requests).toHaveLength(1);
    expect(await rowsOf(result)).toBe(seed.options.orderRows);
  });

  it('is taken over under a name of the user’s own too', async () => {
    const { run, result, requests } = await losingTheAnswer({ target: { table: 'orders_of_friday' } });
    expect(run.failure).toBeUndefined();
    expect(result).toMatchObject({ adopted: true, sends: 1, table: { table: 'orders_of_friday' } });
    expect(requests).toHaveLength(1);
  });

  it('is sent once more when AWS did not hear it', async () => {
    const { run, result, requests } = await losingTheAnswer({}, { kind: 'drop-before' });
    expect(run.failure).toBeUndefined();
    expect(result).toMatchObject({ adopted: false, sends: 2 });
    expect(requests.map(({ effectIds }) => effectIds.length)).toEqual([0, 1]);
    expect(await endsOnAws(run)).toEqual(['SUCCEEDED']);
  });

  it('is left to a person when AWS shows nothing of three sends', async () => {
    const { run, requests } = await losingTheAnswer({}, { kind: 'drop-before' }, 3);
    expect(run.failure).toMatchObject({ type: 'Unresolved', message: expect.stringMatching(/sent 3 times/) });
    expect(requests.map(({ outcome, effectIds }) => [outcome, effectIds.length])).toEqual(
      Array.from({ length: 3 }, () => ['dropped', 0]),
    );
  });

  describe('and that AWS lists only after the settling', () => {
    it('becomes two requests but one table, when AWS queues the second', async () => {
      await rig.control.set({ listLagSeconds: 8, restoreSeconds: 12 });
      const { run, result, requests } = await losingTheAnswer();
      expect(requests.map(({ effectIds }) => effectIds.length)).toEqual([1, 1]);
      expect(run.failure).toBeUndefined();
      await rig.control.set({ listLagSeconds: 0 });
      expect(await endsOnAws(run)).toEqual(['SUCCEEDED', 'FAILED']);
      expect(result).toMatchObject({ adopted: true, sends: 2 });
      expect(await rowsOf(result)).toBe(seed.options.orderRows);
    });

    it('becomes two requests but one table, when AWS queues the second and lists only what runs', async () => {
      await rig.control.set({ restoreListMode: 'in-progress', listLagSeconds: 30, restoreSeconds: 5 });
      const { run, result, requests } = await losingTheAnswer();
      expect(requests.map(({ effectIds }) => effectIds.length)).toEqual([1, 1]);
      expect(run.failure).toBeUndefined();
      await rig.control.set({ restoreListMode: 'all', listLagSeconds: 0 });
      expect(await endsOnAws(run)).toEqual(['SUCCEEDED', 'FAILED']);
      expect(result).toMatchObject({ adopted: true, sends: 2 });
    });

    it('stays one request, when AWS has no room for a second', async () => {
      await rig.control.set({ listLagSeconds: 30, restoreSeconds: 15, restoreQueueLength: 0 });
      const { run, result, requests } = await losingTheAnswer();
      expect(run.failure).toBeUndefined();
      expect(requests.map(({ effectIds }) => effectIds.length)).toEqual([
        1,
        ...requests.slice(1).map(() => 0),
      ]);
      expect(requests.at(1)?.outcome).toBe('InProgressTableRestoreQuotaExceededFault');
      expect(result.adopted).toBe(true);
      await rig.control.set({ listLagSeconds: 0 });
      expect(await endsOnAws(run)).toEqual(['SUCCEEDED']);
    });
  });

  it('makes no second table when it arrives after the run sent it again', async () => {
    rig.loseConnectionsAfter(2_000);
    const { run, result } = await losingTheAnswer({}, { kind: 'latency', milliseconds: 6_000 });
    expect(run.failure).toBeUndefined();
    expect(result).toMatchObject({ adopted: false, sends: 2 });
    await until(async () => {
      const requests = await rig.control.operations('RestoreTableFromClusterSnapshot');
      const late = requests.findLast(({ fault }) => fault?.endsWith('latency'));
      return late?.tookMs !== undefined || undefined;
    }, 'the late request');
    expect(await endsOnAws(run)).toEqual(['SUCCEEDED']);
    expect(await rowsOf(result)).toBe(seed.options.orderRows);
  });
});
