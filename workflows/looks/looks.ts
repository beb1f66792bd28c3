import type { Finding } from '../../domain/plan/finding';
import type { Sizes } from '../../domain/plan/estimate';

/** What was found out about one part of a run, named as its failures name it. */
export interface Looks {
  /** What the findings are about, in the words of a failure: `restore of the table`. */
  what: string;
  handles: Record<string, string | undefined>;
  findings: Finding[];
  sizes: Sizes;
  /** Steps that the run will skip, by name, with the reason. */
  notNeeded?: Record<string, string>;
}

/** Under which circumstances is looked. */
export interface Manner {
  /** Id of the run that would act: names are made from it. */
  asRun: string;
  nowMs: number;
  /** For a plan: a source that a run chooses in a step of its own is chosen too. */
  thorough: boolean;
}
