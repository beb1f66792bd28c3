import { chooseSource, type SourceChoice } from '../../domain/sources';
import {
  asOfMs,
  describeSource,
  type NamedSource,
  type RestoreSource,
  sourceIdentifier,
} from '../../domain/restore-source';
import type { Warehouse } from '../../domain/warehouse';
import { formatDuration } from '../../domain/duration';
import { fail } from '../failure';
import type { Step } from '../run';
import { listSources } from '../warehouse';

export interface ChosenSource {
  named: NamedSource;
  choice?: SourceChoice;
}

/**
 * A source by its name, or the newest usable one at or before the moment asked for. The choice, its age and every
 * rejected candidate with the reason become part of the run's record.
 * @param warehouse resolved, see workflows/warehouse.ts
 * @throws NoUsableSource naming the newest candidates and why each was rejected.
 */
export async function chooseSourceOnce(
  step: Step,
  warehouse: Warehouse,
  source: RestoreSource,
): Promise<ChosenSource> {
  if (!('asOf' in source)) return { named: source };
  const { of, sources } = await listSources(warehouse);
  const choice = chooseSource(sources, of, asOfMs(source.asOf, Date.now()), Date.now());
  step.chose(choice);
  if (choice.chosen) {
    const age = formatDuration((choice.ageSeconds ?? 0) * 1000);
    step.say(
      `chose ${choice.chosen.kind} ${sourceIdentifier(choice.chosen.source)}, ${age} before ${choice.asOf}; ${choice.rejected.length} others not taken`,
    );
    return { named: choice.chosen.source, choice };
  }
  const nearest = choice.rejected
    .slice(0, 3)
    .map((each) => `${sourceIdentifier(each.source)} (${each.reason})`);
  const why =
    nearest.length > 0
      ? `none of ${choice.rejected.length} can be used: ${nearest.join(', ')}`
      : 'AWS lists none at all';
  throw fail(
    'NoUsableSource',
    'choice of the source',
    { of, asOf: choice.asOf },
    `${describeSource(source)}: ${why}`,
  );
}
