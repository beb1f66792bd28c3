import { ApplicationFailure, CancelledFailure } from '@temporalio/client';
import { OperationsClient } from '../../client';
import { checkConnection, splitAddress } from '../../client/connection-checks';
import { identify, shellQuoted } from '../../client/links';
import { listQuery } from '../../client/list-runs';
import { runFailureOf } from '../../client/run-failure';
import { clientErrorOf } from '../../client/temporal-errors';
import { parseWorkflowId } from '../../client/workflow-id';
import { loadClientConfig } from '../../config';
import { workflowIdOf } from '../../domain/operations';

const attempted = { what: 'start', address: 'localhost:7233', namespace: 'data', workflowId: 'w' };
const grpcError = (code: number, details: string) =>
  Object.assign(new Error(`${code} ${details}`), { code, details, metadata: {} });

describe('clientErrorOf', () => {
  it.each([
    [7, 'no', 'NotAllowed', 4],
    [16, 'who?', 'NotAllowed', 4],
    [14, 'away', 'TemporalUnreachable', 1],
    [4, 'late', 'TemporalUnreachable', 1],
    [5, 'namespace x is not there', 'NamespaceNotFound', 5],
    [5, 'workflow execution already completed', 'RunNotFound', 5],
    [
      3,
      'Namespace data has no mapping defined for search attribute UndropTable',
      'SearchAttributesMissing',
      6,
    ],
    [3, 'bad page token', 'TemporalError', 1],
    [13, 'oh', 'TemporalError', 1],
  ])('makes of gRPC status %d "%s" the failure %s with exit code %d', (code, details, type, exit) => {
    const error = clientErrorOf(
      Object.assign(new Error('x'), { cause: grpcError(code, details) }),
      attempted,
    );
    expect(error).toMatchObject({ type, exit, message: expect.stringContaining(details) });
  });

  it('gives with missing search attributes the one command that registers all four', () => {
    const error = clientErrorOf(grpcError(3, 'search attribute UndropTable is not defined'), attempted);
    expect(error).toHaveProperty(
      'remedy',
      expect.stringMatching(
        /temporal operator search-attribute create --address localhost:7233 --namespace data .*UndropOperation.*UndropWarehouse.*UndropTable.*UndropOutcome --type Keyword/,
      ),
    );
  });

  it.each([[null], [undefined], [42], [{}], ['text'], [new Error('mine')]])('leaves %p as it is', (value) => {
    expect(clientErrorOf(value, attempted)).toBe(value);
  });
});

describe('runFailureOf', () => {
  const told = { remedy: 'do this', state: { steps: [] } };

  it('finds the row of the table under the failures around it, and takes remedy and state from its details', () => {
    const inner = ApplicationFailure.create({ type: 'SnapshotNotFound', message: 'gone', details: [told] });
    const outer = ApplicationFailure.create({ type: 'Other', message: 'outer', cause: inner });
    expect(runFailureOf(outer)).toMatchObject({
      failure: { type: 'SnapshotNotFound', message: 'gone', remedy: 'do this', exit: 5 },
      state: told.state,
    });
    expect(runFailureOf(new CancelledFailure('c', [told]))).toMatchObject({
      failure: { type: 'Cancelled', exit: 1 },
      state: told.state,
    });
  });

  it.each([[null], [42], ['x'], [{}], [{ state: { steps: 'no' }, remedy: 7 }], [[]]])(
    'is not put off by details like %j',
    (detail) => {
      const failure = ApplicationFailure.create({ type: 'RestoreFailed', message: 'm', details: [detail] });
      expect(runFailureOf(failure)).toEqual({
        failure: expect.objectContaining({ type: 'RestoreFailed', exit: 1 }),
      });
    },
  );

  it('names a failure that is not in the table by its type, with exit code 1', () => {
    expect(
      runFailureOf(ApplicationFailure.create({ type: 'TypeError', message: 'x is undefined' })).failure,
    ).toMatchObject({ type: 'TypeError', exit: 1 });
    expect(runFailureOf(undefined).failure).toMatchObject({ type: 'Unexpected', exit: 1 });
  });
});

describe('connection', () => {
  it('fails at once where nothing listens, with how far it got', async () => {
    const config = loadClientConfig({ TEMPORAL_ADDRESS: '127.0.0.1:1' });
    await expect(OperationsClient.connect(config)).rejects.toMatchObject({
      type: 'TemporalUnreachable',
      checks: [{ name: 'TCP', ok: false, advice: expect.stringContaining('Start Temporal') }],
    });
  });

  it('stops at the first layer that fails', async () => {
    const checks = await checkConnection('no-such-host.invalid:7233', { tls: true });
    expect(checks).toEqual([expect.objectContaining({ name: 'DNS', ok: false, advice: expect.any(String) })]);
  });

  it.each([
    ['localhost', { host: 'localhost', port: 7233 }],
    ['a.b:1', { host: 'a.b', port: 1 }],
    ['[::1]:5', { host: '::1', port: 5 }],
  ])('reads the address %s', (address, parts) => {
    expect(splitAddress(address)).toEqual(parts);
  });
});

describe('names of runs', () => {
  it('are told apart again into warehouse and table', () => {
    const input = {
      warehouse: { clusterIdentifier: 'analytics' },
      source: { snapshotIdentifier: 's' },
      table: { database: 'dev', schema: 'public', table: 'orders' },
    };
    expect(parseWorkflowId(workflowIdOf('restoreTable', input))).toEqual({
      warehouse: 'analytics',
      table: 'dev.public.orders',
    });
    expect(parseWorkflowId('my own id')).toEqual({ warehouse: '', table: '' });
  });

  it('travel encoded in links and quoted in commands', () => {
    const { links, temporalCommand } = identify(
      { uiUrl: 'http://ui', address: 'h:1', namespace: 'n' },
      "a/b c'd",
      'r',
    );
    expect(links.ui).toBe("http://ui/namespaces/n/workflows/a%2Fb%20c'd/r/timeline");
    expect(temporalCommand).toContain(`--workflow-id 'a/b c'\\''d' --run-id r`);
    expect(shellQuoted('plain/id_1.x:y')).toBe('plain/id_1.x:y');
    expect(shellQuoted('$(x)')).toBe("'$(x)'");
  });

  it('cannot break out of a visibility query', () => {
    expect(listQuery({ table: "x' OR '1'='1", operation: 'exportTable' })).toBe(
      "WorkflowType IN ('exportTable') AND UndropTable = 'x\\' OR \\'1\\'=\\'1'",
    );
  });
});
