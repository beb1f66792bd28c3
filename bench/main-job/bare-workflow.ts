import { proxyActivities } from '@temporalio/workflow';

const { nothing } = proxyActivities<{ nothing(): Promise<string> }>({ startToCloseTimeout: '15 seconds' });

/** As many activities as asked for, one after the other, each doing nothing: the floor that Temporal itself sets. */
export async function bare(activities: number): Promise<void> {
  for (let done = 0; done < activities; done += 1) await nothing();
}
