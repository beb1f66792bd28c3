import { defineSearchAttributeKey } from '@temporalio/common';
import type { ScheduleSummary as TemporalSummary } from '@temporalio/client';
import { operationNames, type OperationName } from '../../domain/operations';
import type { SearchAttributeName } from '../../domain/search-attributes';
import { listRuns, quoted } from '../list-runs';
import { apiVersion, type RunSummary } from '../run-view';
import { limited, type ScheduleContext } from './context';
import { specInWords } from './in-words';
import { identifySchedule } from './links';
import { isOurs, specOfDescription } from './read-schedule';
import type { ScheduleList, ScheduleSummary } from './schedule-view';

export interface ScheduleFilter {
  operation?: OperationName;
  /** As it stands in the input: `dev.public.orders`. */
  table?: string;
  warehouse?: string;
  /** Those that apply made with this set. */
  scope?: string;
}

/** Schedules whose newest runs are asked for at once. */
const together = 50;

export interface ScheduleListOptions {
  /** False leaves out the newest run of each, which costs a request each. */
  newestRuns?: boolean;
}

/** All schedules of ours, by id, each with its newest run. */
export async function listSchedules(
  context: ScheduleContext,
  filter: ScheduleFilter = {},
  { newestRuns: withRuns = true }: ScheduleListOptions = {},
): Promise<ScheduleList> {
  const { client, place } = context;
  const operations = filter.operation === undefined ? operationNames : [filter.operation];
  const parts = [
    `UndropOperation IN (${operations.map(quoted).join(', ')})`,
    ...(filter.table === undefined ? [] : [`UndropTable = ${quoted(filter.table)}`]),
    ...(filter.warehouse === undefined ? [] : [`UndropWarehouse = ${quoted(filter.warehouse)}`]),
  ];
  const found = await limited(context, async () => {
    const all: TemporalSummary[] = [];
    for await (const one of client.schedule.list({ query: parts.join(' AND ') })) {
      if (isOurs(one.memo) && (filter.scope === undefined || one.memo?.scope === filter.scope)) all.push(one);
    }
    return all.sort((a, b) => (a.scheduleId < b.scheduleId ? -1 : 1));
  });
  const schedules: ScheduleSummary[] = [];
  for (let at = 0; at < found.length; at += together) {
    const some = found.slice(at, at + together);
    const newest = withRuns ? await newestRuns(context, some) : new Map<string, RunSummary>();
    schedules.push(...some.map((one) => summaryOf(place, one, newest.get(one.scheduleId))));
  }
  return { apiVersion, schedules };
}

/** The newest run of each schedule: asked for one by one, since the newest of all may be of one schedule. */
async function newestRuns(
  { client, place }: ScheduleContext,
  schedules: TemporalSummary[],
): Promise<Map<string, RunSummary>> {
  const runs = await Promise.all(
    schedules.map(async ({ scheduleId }) => {
      const { runs } = await listRuns(client, place, { schedule: scheduleId, limit: 1 });
      return [scheduleId, runs[0]] as const;
    }),
  );
  return new Map(runs.flatMap(([id, run]) => (run ? [[id, run] as const] : [])));
}

function summaryOf(
  place: ScheduleContext['place'],
  found: TemporalSummary,
  last: RunSummary | undefined,
): ScheduleSummary {
  const { scheduleId, action, spec, state, info, memo } = found;
  const attribute = (name: SearchAttributeName) =>
    found.typedSearchAttributes?.get(defineSearchAttributeKey(name, 'KEYWORD'));
  return {
    ...identifySchedule(place, scheduleId),
    operation: action?.workflowType ?? attribute('UndropOperation') ?? 'unknown',
    warehouse: attribute('UndropWarehouse') ?? '',
    table: attribute('UndropTable') ?? '',
    when: spec ? specInWords(specOfDescription(spec)) : '',
    paused: state.paused,
    ...(state.note && { note: state.note }),
    ...(info.nextActionTimes[0] && { next: info.nextActionTimes[0].toISOString() }),
    ...(last && { last }),
    ...(typeof memo?.scope === 'string' && { scope: memo.scope }),
  };
}
