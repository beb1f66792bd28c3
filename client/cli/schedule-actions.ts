import { parseDurationMs } from '../../domain/duration';
import type { Overlap, ScheduleChanges, ScheduleInput } from '../../domain/schedules/definition';
import type { SchedulesClient } from '../schedules/schedules-client';
import { operationEntries } from './commands';
import { confirmed } from './confirm';
import { exitCodes } from './exit-codes';
import { wantsColours } from './io';
import { printData } from './output';
import { painter } from './painter';
import { applyLines, backfillLines, changeLines, listLines, scheduleLines } from './render-schedule';
import { byFlags, type DefinitionFlags, definitionFromFlags } from './schedule-definition-flags';
import { readScheduleFile } from './schedule-file';
import { withOperations, type Session } from './session';

const withSchedules = <T>(session: Session, body: (schedules: SchedulesClient) => Promise<T>) =>
  withOperations(session, ({ schedules }) => body(schedules));

const painterOf = ({ io }: Session) => painter(wantsColours(io, io.stdout));

function print(session: Session, data: unknown, text: () => string[]): void {
  printData(session.io.stdout, session.options.output, data, text);
}

export async function createAction(session: Session, id: string, given: DefinitionFlags): Promise<number> {
  const { given: members, problems } = await definitionFromFlags(session, given);
  const definition = { ...members, id, operation: given.entry!.operation } as ScheduleInput;
  const result = await withSchedules(session, (schedules) =>
    byFlags(`the schedule ${id} was not made`, given.flags, problems, () => schedules.create(definition)),
  );
  session.io.stderr.write(
    result.created ? `made: ${id}\n` : `${id} was there before, the same; nothing was changed\n`,
  );
  print(session, result, () => scheduleLines(result.schedule, painterOf(session)));
  return exitCodes.done;
}

export async function updateAction(
  session: Session,
  id: string,
  given: DefinitionFlags & { reset: readonly string[] },
): Promise<number> {
  const result = await withSchedules(session, async (schedules) => {
    const before =
      given.entry || given.file !== undefined ? await schedules.show(id, 'schedule update') : undefined;
    const { given: members, problems } = await definitionFromFlags(session, given, before?.definition.input);
    const defaults = Object.fromEntries(given.reset.map((member) => [member, null]));
    const changes: ScheduleChanges = {
      ...defaults,
      ...members,
      ...(given.entry && { operation: given.entry.operation }),
    };
    return byFlags(`the schedule ${id} was not changed`, given.flags, problems, () =>
      schedules.update(id, changes),
    );
  });
  if (result.changes.length === 0) session.io.stderr.write(`${id} is so already; nothing was changed\n`);
  print(session, result, () => [
    ...changeLines(result.changes, painterOf(session)),
    ...(result.changes.length > 0 ? [''] : []),
    ...scheduleLines(result.schedule, painterOf(session)),
  ]);
  return exitCodes.done;
}

export interface ApplyFlags {
  file: string;
  scope?: string;
  prune?: boolean;
  dryRun?: boolean;
  yes?: boolean;
}

/** `undrop schedules apply`: the difference first, then, unless nothing differs, the question, then the work. */
export async function applyAction(session: Session, flags: ApplyFlags): Promise<number> {
  const { io } = session;
  const { schedules: given, scope } = await readScheduleFile(flags.file, io);
  const set = flags.scope ?? scope;
  const options = { ...(set !== undefined && { scope: set }), ...(flags.prune && { prune: true }) };
  return withSchedules(session, async (schedules) => {
    const planned = await schedules.apply(given, { ...options, dryRun: true });
    const changing = planned.schedules.filter(({ action }) => action !== 'unchanged').length;
    const lines = () => applyLines(planned, painterOf(session));
    if (flags.dryRun || changing === 0) {
      print(session, planned, lines);
      io.stderr.write(
        changing === 0 ? 'nothing differs; nothing was changed\n' : 'dry run: nothing was changed\n',
      );
      return exitCodes.done;
    }
    if (!flags.yes) io.stderr.write(`${lines().join('\n')}\n`);
    if (
      !(await confirmed(
        io,
        `Apply ${changing === 1 ? 'this change' : `these ${changing} changes`}?`,
        flags.yes,
      ))
    ) {
      io.stderr.write('nothing was changed\n');
      return exitCodes.refused;
    }
    const applied = await schedules.apply(given, options);
    print(session, applied, () => applyLines(applied, painterOf(session)));
    return exitCodes.done;
  });
}

export interface ListFlags {
  operation?: string;
  table?: string;
  warehouse?: string;
  scope?: string;
}

export async function listAction(
  session: Session,
  { operation: command, ...rest }: ListFlags,
): Promise<number> {
  const operation = operationEntries.find((entry) => entry.command === command)?.operation;
  const list = await withSchedules(session, (schedules) =>
    schedules.list({ ...rest, ...(operation && { operation }) }),
  );
  print(session, list, () => listLines(list, painterOf(session)));
  return exitCodes.done;
}

export async function showAction(session: Session, id: string): Promise<number> {
  const schedule = await withSchedules(session, (schedules) => schedules.show(id));
  print(session, schedule, () => scheduleLines(schedule, painterOf(session)));
  return exitCodes.done;
}

export async function pauseAction(
  session: Session,
  id: string,
  pause: boolean,
  note?: string,
): Promise<number> {
  const schedule = await withSchedules(session, (schedules) =>
    pause ? schedules.pause(id, note) : schedules.resume(id, note),
  );
  print(session, schedule, () => scheduleLines(schedule, painterOf(session)));
  return exitCodes.done;
}

export async function triggerAction(session: Session, id: string, overlap?: string): Promise<number> {
  const result = await withSchedules(session, (schedules) =>
    schedules.trigger(id, overlap as Overlap | undefined),
  );
  print(session, result, () =>
    result.run
      ? [`started: ${result.run.workflowId}`, `Watch     undrop runs watch ${result.run.workflowId}`]
      : [`asked for; it waits. See what becomes of it: undrop schedules show ${id}`],
  );
  return exitCodes.done;
}

export interface BackfillFlags {
  from: string;
  to?: string;
  overlap?: string;
  dryRun?: boolean;
  yes?: boolean;
}

export async function backfillAction(session: Session, id: string, flags: BackfillFlags): Promise<number> {
  const { io } = session;
  const request = {
    from: momentOf(flags.from, io.now()),
    to: momentOf(flags.to ?? '0s', io.now()),
    ...(flags.overlap !== undefined && { overlap: flags.overlap as Overlap }),
  };
  return withSchedules(session, async (schedules) => {
    const planned = await schedules.backfill(id, { ...request, dryRun: true });
    const starting = planned.times.filter(({ starts }) => starts).length;
    if (flags.dryRun || starting === 0) {
      print(session, planned, () => backfillLines(planned, painterOf(session)));
      io.stderr.write(starting === 0 ? 'there is nothing to start\n' : 'dry run: nothing was started\n');
      return exitCodes.done;
    }
    if (!flags.yes) io.stderr.write(`${backfillLines(planned, painterOf(session)).join('\n')}\n`);
    if (
      !(await confirmed(io, `Start ${starting === 1 ? 'this run' : `these ${starting} runs`}?`, flags.yes))
    ) {
      io.stderr.write('nothing was started\n');
      return exitCodes.refused;
    }
    const done = await schedules.backfill(id, request);
    print(session, done, () => backfillLines(done, painterOf(session)));
    return exitCodes.done;
  });
}

/** An age as a moment; anything else as it is, for the client to judge. */
function momentOf(text: string, now: number): string {
  const ms = parseDurationMs(text);
  return ms === undefined ? text : new Date(now - ms).toISOString();
}

export async function deleteAction(session: Session, id: string, yes: boolean): Promise<number> {
  const { io } = session;
  return withSchedules(session, async (schedules) => {
    const { when, next } = await schedules.show(id, 'schedule delete');
    const question = `Delete the schedule ${id}, which comes ${when}${next[0] ? `, next at ${next[0]}` : ''}?`;
    if (!(await confirmed(io, question, yes))) {
      io.stderr.write('nothing was changed\n');
      return exitCodes.refused;
    }
    await schedules.delete(id);
    print(session, { id, deleted: true }, () => [`deleted: ${id}`]);
    return exitCodes.done;
  });
}
