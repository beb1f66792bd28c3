import type { Command } from 'commander';
import { attributeOf, type FlagValues } from '../flags';
import type { RunAction } from './operation';
import { sourcesListAction, sourcesListFlags } from './sources-list';

/** Fills in `undrop sources`: its sub-command. */
export function describeSources(sources: Command, run: RunAction): void {
  const list = sources.command('list');
  list.description(
    'List what a table can be restored from, newest first: snapshots of a cluster, or recovery points and snapshots of a serverless namespace, with ages, sizes and when AWS deletes them. With --as-of: which one a run told this time would choose, and why no other',
  );
  for (const flag of sourcesListFlags) list.option(`${flag.flag} ${flag.value}`, flag.description);
  list.addHelpText(
    'after',
    '\nExamples:\n  undrop sources list --cluster analytics\n  undrop sources list --workgroup adhoc --as-of 2h -o json',
  );
  list.action(() => {
    const values: FlagValues = Object.fromEntries(
      sourcesListFlags.map((flag) => [
        flag.flag,
        list.getOptionValue(attributeOf(flag)) as string | undefined,
      ]),
    );
    return run(list, (session) => sourcesListAction(session, values));
  });
}
