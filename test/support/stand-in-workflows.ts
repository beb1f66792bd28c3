/**
 * Stand-ins for the real workflows, registered under the operations' names: they answer `runState` as the real ones do
 * and do nothing. What one does is told by the table it is about: `slow_…` waits for the signal `finish` (or to be
 * cancelled), `refused_…` fails as the failure table says, `mismatch_…` fails its verification, others end at once. A run
 * about `…_of_two` has a second step, which it never begins.
 */
import {
  ApplicationFailure,
  condition,
  defineQuery,
  defineSignal,
  isCancellation,
  setHandler,
} from '@temporalio/workflow';
import { failures, type FailureType } from '../../domain/failures';
import { newRun, stepOf, type RunState } from '../../domain/run-state';

const now = () => new Date().toISOString();

async function standIn(operation: string, subject: string): Promise<{ subject: string }> {
  const state: RunState = newRun(operation, `stand-in for ${subject}`, now(), [
    { name: 'restore', title: `restore ${subject}` },
    ...(subject.endsWith('_of_two') ? [{ name: 'verify', title: `verify ${subject}` }] : []),
  ]);
  setHandler(defineQuery<RunState>('runState'), () => state);
  let finished = !subject.startsWith('slow');
  setHandler(defineSignal('finish'), () => void (finished = true));
  const step = stepOf(state, 'restore');
  step.state = 'running';
  step.startedAt = now();
  step.resetEventId = 3;
  const end = (outcome: RunState['outcome']) => {
    state.outcome = outcome;
    step.state = outcome === 'running' ? 'running' : outcome;
    step.endedAt = state.endedAt = now();
  };
  try {
    await condition(() => finished);
  } catch (error) {
    if (isCancellation(error)) end('cancelled');
    throw error;
  }
  if (subject.startsWith('refused')) fail('TargetTableExists');
  if (subject.startsWith('mismatch')) fail('VerificationMismatch');
  end('done');
  return { subject };

  function fail(type: FailureType): never {
    end('failed');
    const { remedy } = failures[type];
    state.failure = { type, message: `restore of table failed [table=${subject}]: as told`, remedy };
    state.aws.push({ kind: 'export', id: 'arn:left-behind', step: 'restore', orphaned: true });
    throw ApplicationFailure.create({
      type,
      nonRetryable: true,
      message: state.failure.message,
      details: [{ remedy, state }],
    });
  }
}

type AboutTable = { table: { table: string } };

export const restoreTable = (input: AboutTable) => standIn('restoreTable', input.table.table);
export const verifyTable = (input: AboutTable) => standIn('verifyTable', input.table.table);
export const recoverTable = (input: AboutTable) => standIn('recoverTable', input.table.table);
export const copySnapshot = (input: { sourceSnapshotIdentifier?: string; asOf?: string }) =>
  standIn('copySnapshot', input.sourceSnapshotIdentifier ?? `the newest of ${input.asOf}`);
export const exportTable = (input: { tableArn: string }) =>
  standIn('exportTable', input.tableArn.split('/')[1]!);
export const keepRecoveryPoint = (input: { namespaceName: string }) =>
  standIn('keepRecoveryPoint', input.namespaceName);
export const recordExpectation = (input: AboutTable) => standIn('recordExpectation', input.table.table);
export const runQuery = (input: { database: string }) => standIn('runQuery', input.database);
