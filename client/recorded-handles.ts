import type { Client } from '@temporalio/client';
import { firstValue } from './first-value';
import { HandlesFromHistory, type RecordedHandle } from './handles-from-history';
import { historyAfter } from './history-pages';
import { isPassing } from './temporal-errors';

/** A run, and how many events its history had when it was looked at. */
export interface RecordedRun {
  workflowId: string;
  runId: string;
  historyLength: number;
}

/**
 * The ids on AWS of a run that nobody can be asked about: activities that have ended left them in the Event History,
 * which the server has with or without a worker. A person who is called at night needs the id of the restore that AWS
 * is doing just then.
 *
 * A watcher keeps one of these: it looks each second, perhaps for a night, and each reading goes on where the last one
 * ended. Another execution (reset, continued as new) has a history of its own and begins anew.
 */
export class RecordedHandles {
  private runId: string | undefined;
  /** Id of the last event that was taken for good. */
  private takenTo = 0;
  private handles: HandlesFromHistory;

  constructor(private readonly client: Client) {
    this.handles = this.begun();
  }

  /** Better than nothing while nobody answers; what cannot be read now is read at the next look. */
  async of({ workflowId, runId, historyLength }: RecordedRun): Promise<RecordedHandle[]> {
    if (runId !== this.runId) {
      [this.runId, this.takenTo, this.handles] = [runId, 0, this.begun()];
    }
    try {
      const upTo = { after: this.takenTo, length: historyLength };
      for await (const event of historyAfter(this.client, { workflowId, runId }, upTo))
        await this.handles.take(event);
      // Not the last event that came: the server adds some about a task in progress, which others replace later.
      this.takenTo = historyLength;
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
    return this.handles.all();
  }

  private begun(): HandlesFromHistory {
    return new HandlesFromHistory((payloads) => firstValue(this.client, payloads));
  }
}
