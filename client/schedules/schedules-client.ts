import type { Overlap, ScheduleChanges, ScheduleInput } from '../../domain/schedules/definition';
import { applySchedules, type ApplyOptions } from './apply';
import { backfillSchedule } from './backfill';
import { limited, ours, type ScheduleContext } from './context';
import { listSchedules, type ScheduleFilter, type ScheduleListOptions } from './list-schedules';
import { viewOf } from './look-at-schedule';
import { readSchedule } from './read-schedule';
import type {
  ApplyResult,
  BackfillRequest,
  BackfillResult,
  CreateResult,
  ScheduleList,
  ScheduleView,
  TriggerResult,
  UpdateResult,
} from './schedule-view';
import { triggerSchedule } from './trigger';
import { validChange, validDefinition } from './valid-definition';
import { changeSchedule, createSchedule, differences } from './write-schedule';

/** Runs a piece of work, and says of an error of Temporal's what was being done. */
type Named = <T>(what: string, body: () => Promise<T>) => Promise<T>;

/**
 * Operations at times that come again, as Temporal Schedules. Takes and gives plain JSON. Schedules that Undrop did not
 * make are not seen, and never touched.
 */
export class SchedulesClient {
  constructor(
    private readonly context: ScheduleContext,
    private readonly named: Named,
  ) {}

  /**
   * Makes a schedule. Asked for again with the same definition, it is the same schedule.
   * @throws InvalidInputError with every problem, nothing was made then; ClientError `ScheduleExists`.
   */
  async create(given: ScheduleInput): Promise<CreateResult> {
    const definition = validDefinition(given, this.context.now());
    const created = await this.named('schedule create', () => createSchedule(this.context, definition));
    return { created, schedule: await this.show(definition.id) };
  }

  /** All schedules of Undrop, by id. A new one may be missing for a moment: Temporal's list lags behind. */
  async list(filter: ScheduleFilter = {}, options: ScheduleListOptions = {}): Promise<ScheduleList> {
    return this.named('list of schedules', () => listSchedules(this.context, filter, options));
  }

  /**
   * @param what for whose sake it is looked at, as errors name it: `schedule delete`.
   * @throws ClientError `ScheduleNotFound`.
   */
  async show(id: string, what = 'schedule show'): Promise<ScheduleView> {
    return this.named(what, async () => {
      const { described } = await ours(this.context, what, id);
      return viewOf(this.context, described);
    });
  }

  /** Stops it from starting runs until it is resumed; a run that goes on is not affected. */
  async pause(id: string, note = 'paused with Undrop'): Promise<ScheduleView> {
    return this.patched('schedule pause', id, (handle) => handle.pause(note));
  }

  /** Lets it start runs again. Times that passed meanwhile are not made up for: backfill does that. */
  async resume(id: string, note = 'resumed with Undrop'): Promise<ScheduleView> {
    return this.patched('schedule resume', id, (handle) => handle.unpause(note));
  }

  /** Asks for a run now. @throws ClientError `ScheduleBusy`, `ScheduleNotFound`. */
  async trigger(id: string, overlap?: Overlap): Promise<TriggerResult> {
    return this.named('schedule trigger', () => triggerSchedule(this.context, id, overlap));
  }

  /** Starts the runs of times that have passed and were not done. @throws InvalidInputError, ClientError `ScheduleNotFound`. */
  async backfill(id: string, request: BackfillRequest): Promise<BackfillResult> {
    return this.named('schedule backfill', () => backfillSchedule(this.context, id, request));
  }

  /**
   * Changes what is given and nothing else; `null` takes a member back to its default. `input` and `when` are given whole.
   * @throws InvalidInputError with every problem, nothing was changed then; ClientError `ScheduleNotFound`.
   */
  async update(id: string, changes: ScheduleChanges): Promise<UpdateResult> {
    return this.named('schedule update', async () => {
      const { handle, described } = await ours(this.context, 'schedule update', id);
      const wanted = validChange(readSchedule(described).definition, changes, this.context.now());
      const { remainingActions } = changes;
      const before = described.state.remainingActions;
      const made = [
        ...differences(this.context, described, wanted),
        ...(remainingActions === undefined || (remainingActions ?? undefined) === before
          ? []
          : [{ field: 'remainingActions', before, after: remainingActions ?? undefined }]),
      ];
      if (made.length > 0) await changeSchedule(this.context, handle, wanted, { remainingActions });
      return { changes: made, schedule: await this.show(id) };
    });
  }

  /** Removes the schedule. Its runs are not affected, neither those that go on. */
  async delete(id: string): Promise<void> {
    await this.named('schedule delete', async () => {
      const { handle } = await ours(this.context, 'schedule delete', id);
      await limited(this.context, () => handle.delete());
    });
  }

  /** Makes schedules as defined: created, changed, or left alone where they are so already. @throws as applySchedules. */
  async apply(definitions: readonly unknown[], options: ApplyOptions = {}): Promise<ApplyResult> {
    return this.named('apply of schedules', () => applySchedules(this.context, definitions, options));
  }

  private patched(
    what: string,
    id: string,
    patch: (handle: Awaited<ReturnType<typeof ours>>['handle']) => Promise<void>,
  ): Promise<ScheduleView> {
    return this.named(what, async () => {
      const { handle } = await ours(this.context, what, id);
      await limited(this.context, () => patch(handle));
      return this.show(id);
    });
  }
}
