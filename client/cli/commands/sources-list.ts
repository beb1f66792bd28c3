import type { LookUpInput } from '../../../domain/look-ups';
import type { SourceList, SourceListed } from '../../../domain/look-ups/sources';
import type { NamedSource } from '../../../domain/restore-source';
import type { Problem } from '../../../domain/validation';
import { exitCodes } from '../exit-codes';
import { flagProblemText, inputFromFlags, nameFlags, type Flag, type FlagValues } from '../flags';
import { wantsColours } from '../io';
import { lazy } from '../lazy';
import { printData } from '../output';
import { painter, type Painter } from '../painter';
import { withOperations, type Session } from '../session';
import { UsageError } from '../usage-error';

const oneOf = (flag: string, field: string, description: string): Flag => ({
  flag,
  path: `warehouse.${field}`,
  group: 'warehouse',
  alternative: field,
  type: 'text',
  value: field === 'clusterIdentifier' ? '<id>' : '<name>',
  description,
});

export const sourcesListFlags: readonly Flag[] = [
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
];

/** `undrop sources list`: asks the worker what can be restored from. */
export async function sourcesListAction(session: Session, values: FlagValues): Promise<number> {
  const { io, options } = session;
  const { input, problems } = inputFromFlags(sourcesListFlags, values);
  if (problems.length > 0) throw refused(problems.map(flagProblemText));
  const list = await withOperations(session, (operations) =>
    operations.lookUp('sources', input as LookUpInput<'sources'>).catch((error: unknown) => {
      const told = (error as { problems?: readonly Problem[] }).problems;
      throw told ? refused(nameFlags(sourcesListFlags, [], told).map(flagProblemText)) : error;
    }),
  );
  printData(io.stdout, options.output, list, () =>
    sourceLines(list, painter(wantsColours(io, io.stdout)), lazy.duration().formatDuration),
  );
  if (list.choice && !list.choice.chosen)
    io.stderr.write(`nothing at or before ${list.choice.asOf} can be restored from\n`);
  return exitCodes.done;
}

const refused = (lines: string[]) => new UsageError('sources were not listed', lines);

/** Sources as a table; names last, whole, so that they can be copied. */
export function sourceLines(
  { of, sources, choice }: SourceList,
  paint: Painter,
  duration: (ms: number) => string,
): string[] {
  if (sources.length === 0) return [`no sources of ${of}`];
  const against = new Map(choice?.rejected.map(({ source, reason }) => [nameOf(source), reason]));
  const rows = sources.map((source) => [
    `${source.createdAt.slice(0, 19).replace('T', ' ')}Z`,
    duration(source.ageSeconds * 1000),
    source.kind,
    source.sizeMegaBytes === undefined ? '-' : `${grouped(source.sizeMegaBytes)} MB`,
    expiryText(source, duration),
    stateText(source, choice ? against.get(nameOf(source.source)) : source.problem),
    nameOf(source.source),
  ]);
  const head = ['ROWS OF', 'AGE', 'KIND', 'SIZE', 'EXPIRES', 'STATE', 'NAME'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  return [
    paint.bold(`  ${line(head)}`),
    ...rows.map((row, index) => {
      const { chosen, problem } = sources[index]!;
      if (chosen) return `${paint.green('✔')} ${line(row)}`;
      return problem === undefined && !choice ? `  ${line(row)}` : paint.dim(`  ${line(row)}`);
    }),
  ];
}

function stateText({ chosen, status }: SourceListed, problem: string | undefined): string {
  if (chosen) return 'chosen';
  return problem ?? status;
}

/** `in 3 h`; what AWS keeps for ever, or says nothing about, is `-`. */
function expiryText({ remainingSeconds }: SourceListed, duration: (ms: number) => string): string {
  if (remainingSeconds === undefined) return '-';
  return remainingSeconds > 0 ? `in ${duration(remainingSeconds * 1000)}` : 'expired';
}

const nameOf = (source: NamedSource): string => Object.values(source)[0] as string;

const grouped = (value: number) => String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
