import type { SourceListed } from '../../../domain/look-ups/sources';
import type { NamedSource } from '../../../domain/restore-source';
import type { Flag } from '../flags';
import { lazy } from '../lazy';
import { lookUpCommand } from '../look-up-command';
import type { Cell } from '../table';

const oneOf = (flag: string, field: string, description: string): Flag => ({
  flag,
  path: `warehouse.${field}`,
  group: 'warehouse',
  alternative: field,
  type: 'text',
  value: field === 'clusterIdentifier' ? '<id>' : '<name>',
  description,
});

const listSources = lookUpCommand({
  kind: 'sources',
  name: 'list',
  description:
    'List what a table can be restored from, newest first: snapshots of a cluster, or recovery points and snapshots of a serverless namespace, with ages, sizes and when AWS deletes them. With --as-of: which one a run told this time would choose, and why no other',
  flags: [
    oneOf('--cluster', 'clusterIdentifier', 'provisioned cluster, or else:'),
    oneOf('--workgroup', 'workgroupName', 'serverless workgroup: the sources of its namespace, or else:'),
    oneOf('--namespace-name', 'namespaceName', 'serverless namespace'),
    {
      flag: '--as-of',
      path: 'asOf',
      type: 'text',
      value: '<time>',
      description:
        'mark what this time would choose: ISO, or a duration before now such as 24h; with the reasons against the others',
    },
  ],
  example: 'undrop sources list --workgroup adhoc --as-of 2h',
  view: ({ of, sources, choice }) => {
    const against = new Map(choice?.rejected.map(({ source, reason }) => [nameOf(source), reason]));
    const rows = sources.map((source): Cell[] => [
      `${source.createdAt.slice(0, 19).replace('T', ' ')}Z`,
      lazy.duration().formatDuration(source.ageSeconds * 1000),
      source.kind,
      source.sizeMegaBytes,
      expiryText(source),
      stateText(source, choice ? against.get(nameOf(source.source)) : source.problem),
      nameOf(source.source),
    ]);
    const notes = sources.length === 0 ? [`AWS lists no sources of ${of}`] : [];
    if (choice && !choice.chosen) notes.push(`nothing at or before ${choice.asOf} can be restored from`);
    return {
      tables: [{ columns: ['ROWS OF', 'AGE', 'KIND', 'MB', 'EXPIRES', 'STATE', 'NAME'], rows }],
      notes,
    };
  },
});

export const sourcesCommands = [listSources];

function stateText({ chosen, status }: SourceListed, problem: string | undefined): string {
  return chosen ? '✔ chosen' : (problem ?? status);
}

/** `in 3 h`; undefined for what AWS keeps for ever, or says nothing about. */
function expiryText({ remainingSeconds }: SourceListed): string | undefined {
  if (remainingSeconds === undefined) return undefined;
  return remainingSeconds > 0 ? `in ${lazy.duration().formatDuration(remainingSeconds * 1000)}` : 'expired';
}

const nameOf = (source: NamedSource): string => Object.values(source)[0] as string;
