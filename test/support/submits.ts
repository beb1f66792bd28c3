import type { OperationInputs, OperationName } from '../../domain/operations';
import { messageGroupOf } from '../../domain/notification/topic-message';
import {
  clientToken,
  keptRecoveryPointName,
  restoredTableName,
  snapshotCopyName,
  statementName,
} from '../../domain/names';
import { cluster, ordersArn, runsTopic, type Sources } from './rig';

/** One of the calls that start something on AWS, with what makes it recognisable. */
export interface Submit<O extends OperationName = OperationName> {
  operation: O;
  /** The AWS call. */
  call: string;
  /** What the simulator calls its effect. */
  effect: string;
  input: (sources: Sources) => OperationInputs[O];
  /** The parameters that every request of the run of this id has, and no other run's. */
  key: (workflowId: string, sources: Sources) => Record<string, string>;
  /** Requests AWS gets when the first answer is lost: the same one again, unless it cannot be recognised. */
  requestsAfterLoss: number;
}

const submit = <O extends OperationName>(definition: Submit<O>) => definition as unknown as Submit;

const restoredOf = (table: string, workflowId: string) => restoredTableName(table, workflowId, 'restore');
const adhoc = { workgroupName: 'adhoc', namespaceName: 'adhoc' };
const eventsLive = { database: 'dev', schema: 'public', table: 'events_live' };

export const submits: Submit[] = [
  submit({
    operation: 'copySnapshot',
    call: 'CopyClusterSnapshot',
    effect: 'CopyClusterSnapshot',
    input: ({ snapshot }) => ({
      sourceSnapshotIdentifier: snapshot,
      sourceSnapshotClusterIdentifier: cluster,
    }),
    key: (workflowId, { snapshot }) => ({
      TargetSnapshotIdentifier: snapshotCopyName(snapshot, workflowId, 'copy'),
    }),
    requestsAfterLoss: 2,
  }),
  submit({
    operation: 'restoreTable',
    call: 'RestoreTableFromClusterSnapshot',
    effect: 'RestoreTable',
    input: ({ snapshot }) => ({
      warehouse: { clusterIdentifier: cluster },
      source: { snapshotIdentifier: snapshot },
      table: { database: 'dev', schema: 'public', table: 'orders' },
      settle: '1 second',
    }),
    key: (workflowId) => ({ NewTableName: restoredOf('orders', workflowId) }),
    requestsAfterLoss: 1,
  }),
  submit({
    operation: 'keepRecoveryPoint',
    call: 'ConvertRecoveryPointToSnapshot',
    effect: 'ConvertRecoveryPointToSnapshot',
    input: ({ recoveryPoint }) => ({ namespaceName: 'adhoc', source: { recoveryPointId: recoveryPoint } }),
    key: (workflowId, { recoveryPoint }) => ({
      snapshotName: keptRecoveryPointName('adhoc', recoveryPoint, workflowId, 'keep'),
    }),
    requestsAfterLoss: 2,
  }),
  submit({
    operation: 'restoreTable',
    call: 'RestoreTableFromRecoveryPoint',
    effect: 'RestoreTable',
    input: ({ recoveryPoint }) => ({
      warehouse: adhoc,
      source: { recoveryPointId: recoveryPoint },
      table: eventsLive,
      settle: '1 second',
    }),
    key: (workflowId) => ({ newTableName: restoredOf('events_live', workflowId) }),
    requestsAfterLoss: 1,
  }),
  submit({
    operation: 'restoreTable',
    call: 'RestoreTableFromSnapshot',
    effect: 'RestoreTable',
    input: () => ({
      warehouse: adhoc,
      source: { snapshotName: 'adhoc-weekly' },
      table: eventsLive,
      settle: '1 second',
    }),
    key: (workflowId) => ({ newTableName: restoredOf('events_live', workflowId) }),
    requestsAfterLoss: 1,
  }),
  submit({
    operation: 'verifyTable',
    call: 'ExecuteStatement',
    effect: 'ExecuteStatement',
    input: () => ({
      warehouse: { clusterIdentifier: cluster },
      table: { database: 'dev', schema: 'public', table: 'customers' },
      rowCount: { atLeast: 1 },
    }),
    key: (workflowId) => ({ StatementName: statementName(workflowId, 'verify.count') }),
    requestsAfterLoss: 2,
  }),
  submit({
    operation: 'exportTable',
    call: 'ExportTableToPointInTime',
    effect: 'ExportTableToPointInTime',
    input: () => ({ tableArn: ordersArn, s3Bucket: 'exports' }),
    key: (workflowId) => ({ ClientToken: clientToken(workflowId, 'export') }),
    requestsAfterLoss: 2,
  }),
  submit({
    operation: 'verifyTable',
    call: 'Publish',
    effect: 'Publish',
    input: () => ({
      warehouse: { clusterIdentifier: cluster },
      table: { database: 'dev', schema: 'public', table: 'customers' },
      rowCount: { atLeast: 1 },
      notify: { topics: [`${runsTopic}.fifo`] },
    }),
    key: (workflowId) => ({ MessageGroupId: messageGroupOf({ workflowId }) }),
    requestsAfterLoss: 2,
  }),
];

/** The ways in which an answer is lost although AWS did what was asked. */
export const losses = [
  { loss: 'the connection is cut', action: { kind: 'drop-after' } },
  { loss: 'half of the answer arrives', action: { kind: 'truncate' } },
  {
    loss: 'AWS says 503',
    action: { kind: 'error', code: 'ServiceUnavailable', status: 503, effect: 'kept' },
  },
  { loss: 'a proxy says 200 with a broken page', action: { kind: 'html', effect: 'kept' } },
  {
    loss: 'a proxy says 200 with a well-formed page',
    action: { kind: 'html', body: '<html><body><p>Please wait</p></body></html>', effect: 'kept' },
  },
  { loss: 'no answer ever comes', action: { kind: 'hang', effect: 'kept' } },
];
