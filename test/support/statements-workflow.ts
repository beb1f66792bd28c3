/** A run with a long Event History: it asks for statements one after the other, the last of them from other workers. */
import { proxyActivities } from '@temporalio/workflow';

interface Statements {
  executeStatement(name: string): Promise<{ id: string }>;
}

export async function runStatements({ early, lateQueue }: { early: number; lateQueue: string }) {
  const startToCloseTimeout = '1 minute';
  const { executeStatement } = proxyActivities<Statements>({ startToCloseTimeout });
  for (let at = 0; at < early; at += 1) await executeStatement(`early-${at}`);
  const late = proxyActivities<Statements>({ startToCloseTimeout, taskQueue: lateQueue });
  await late.executeStatement('late');
}
