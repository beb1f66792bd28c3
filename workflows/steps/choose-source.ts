import { durationMs, formatDuration } from '../../domain/duration';
import {
  asOfMs,
  describeSource,
  type NamedSource,
  type RestoreSource,
  sourceIdentifier,
} from '../../domain/restore-source';
import { chooseSource, type SourceChoice, type SourceKind } from '../../domain/sources';
import { type Warehouse, warehouseHandles } from '../../domain/warehouse';
import { fail, failureTypeOf, worthQueueing } from '../failure';
import { submitWhenReady } from '../poll';
import type { Run, RunPlan, Step } from '../run';
import { listSources } from '../warehouse';

export interface ChosenSource {
  named: NamedSource;
  /** How it was chosen; absent when it was named. */
  choice?: SourceChoice;
}

/** The step of a plan in which a source is chosen by time; none where it is named. */
export const choosing = (source: RestoreSource): RunPlan['steps'] =>
  'asOf' in source ? [{ name: 'choose', title: `Choose ${describeSource(source)}` }] : [];

/**
 * A source by its name, or, as a step of its own, the newest usable one at or before the moment asked for. The choice,
 * its age and every rejected candidate with the reason become part of the run's record.
 * @param warehouse resolved, see workflows/warehouse.ts
 * @param kind the only kind that will do, when not every one does
 * @throws NoUsableSource naming the newest candidates and why each was rejected.
 */
export async function chosenSource(
  run: Run,
  warehouse: Warehouse,
  { source, deadline }: { source: RestoreSource; deadline: string },
  kind?: SourceKind,
): Promise<ChosenSource> {
  if (!('asOf' in source)) return { named: source };
  return run.step('choose', async (step) => {
    const { of, sources } = await submitWhenReady({
      step,
      what: 'list of the sources',
      handles: warehouseHandles(warehouse),
      deadlineMs: durationMs(deadline),
      waitable: (error) => worthQueueing(failureTypeOf(error)),
      send: () => listSources(warehouse),
    });
    // Counted from the start of the run: what came before this step may have waited for hours.
    const asOf = asOfMs(source.asOf, Date.parse(run.state.startedAt));
    const choice = chooseSource(sources, { of, asOf, now: Date.now(), ...(kind && { kind }) });
    step.chose(choice);
    if (choice.chosen === undefined) throw noUsableSource(of, choice);
    step.say(chosenText(choice, choice.chosen));
    return { named: choice.chosen.source, choice };
  });
}

/** What makes the names of a run that chooses by time: started again it may choose another source. */
export const nameKey = (step: Step, { named, choice }: ChosenSource): string =>
  choice === undefined ? step.name : `${step.name} ${sourceIdentifier(named)}`;

function chosenText(
  { ageSeconds = 0, asOf, rejected }: SourceChoice,
  chosen: NonNullable<SourceChoice['chosen']>,
): string {
  const age = formatDuration(ageSeconds * 1000);
  return `chose ${chosen.kind} ${sourceIdentifier(chosen.source)}, ${age} before ${asOf}; ${rejected.length} others not taken`;
}

function noUsableSource(of: string, { asOf, rejected }: SourceChoice) {
  const nearest = rejected.slice(0, 3).map((each) => `${sourceIdentifier(each.source)} (${each.reason})`);
  const why =
    nearest.length > 0
      ? `none of ${rejected.length} can be used: ${nearest.join(', ')}${rejected.length > 3 ? ', …' : ''}`
      : 'AWS lists none at all';
  return fail('NoUsableSource', 'choice of the source', { of, asOf }, why);
}
