import { CancellationScope, patched, sleep } from '@temporalio/workflow';
import { requestToAdopt, type RestoreIdentity, type TableRestoreFacts } from '../../domain/aws/table-restore';
import { formatDuration } from '../../domain/duration';
import { displayTable } from '../../domain/table-name';
import type { DataApiAccess, Warehouse } from '../../domain/warehouse';
import { fail, failureTypeOf, worthQueueing } from '../failure';
import { submitWhenReady } from '../poll';
import { look } from '../proxies';
import type { Step } from '../run';
import type { RestoreCalls } from '../warehouse';

// R1. Never two requests of ours for one table: nothing is sent before looking, and never again before settling and looking.
// R2. A request whose answer was lost is found by what it asked for, not by guessing; if it cannot be found, a person decides.
// R3. A table that we did not make is never touched: an existing target ends the run before anything is sent.
// R4. When AWS's lists lag longer than `settle`, a second send is stopped by the name of the table; the first one is then found.
// R5. A run that was reset into the middle of this sends on the word of an old look: what that request is refused for is ours.

/** Sends of one restore, all together; a further unknown outcome is not resolved by sending more. */
const maximumSends = 3;

export interface SubmittedRestore {
  restore: TableRestoreFacts;
  adopted: boolean;
  sends: number;
  /** Requests for the same table that were there before, and are not ours. */
  known: ReadonlySet<string>;
}

export interface RestoreRequest extends RestoreIdentity {
  warehouse: Warehouse;
  calls: RestoreCalls;
  access?: DataApiAccess;
  /** Made by the run from its own identity: a table of this name can only be ours. */
  nameIsOurs: boolean;
  settleMs: number;
  deadlineMs: number;
}

/**
 * Asks AWS for a table restore so that at most one request of ours is ever heard, although the call has no client token
 * (docs/adr/0004): look, send once, and when the answer is lost settle, look again, adopt.
 * @throws TargetTableExists, Unresolved, and every refusal of RestoreTableFromClusterSnapshot.
 */
export async function submitRestore(step: Step, request: RestoreRequest): Promise<SubmittedRestore> {
  const whenReady = <T>(what: string, send: () => Promise<T>) =>
    submitWhenReady({
      step,
      what,
      handles: handlesOf(request),
      deadlineMs: request.deadlineMs,
      waitable: (error) => worthQueueing(failureTypeOf(error)),
      send,
    });
  const before = await whenReady('list of the table restores', () => matching(request));
  const ours = requestToAdopt(before);
  // R1: whoever asked for exactly this and is still being served, asked for us too.
  if (ours && ours.status !== 'SUCCEEDED') return adopted(step, ours, 0, new Set());
  const { exists } = await whenReady('look for the table', () => findTarget(request));
  // R1: it came to its end while nobody looked. AWS may list only requests that still run, hence the table; and one that
  // was restored and dropped since is asked for anew.
  if (exists && request.nameIsOurs) return adopted(step, ours ?? restoredUnseen(request), 0, new Set());
  if (exists) refuseTarget(request); // R3

  const known = new Set(before.map((restore) => restore.tableRestoreRequestId));
  for (let sends = 1; ; sends += 1) {
    const sent = await send(step, request).catch(async (error: unknown) => {
      if (failureTypeOf(error) !== 'TargetTableExists' || !mayBeOurs(sends)) throw error;
      return takeOver(step, request, known, sends, error); // R4, R5
    });
    if (sent && 'sends' in sent) return sent;
    if (sent) return { restore: sent, adopted: false, sends, known };

    step.waiting(
      `the answer to the restore request was lost; letting AWS settle for ${formatDuration(request.settleMs)} before looking`,
    );
    // R1: not interrupted by a cancellation, or the request would be left without its handle.
    const found = await CancellationScope.nonCancellable(async () => {
      await sleep(request.settleMs, { summary: 'letting AWS settle after a lost answer' });
      return heard(request, known);
    });
    if (found) return adopted(step, found, sends, known); // R2
    if (sends >= maximumSends) {
      throw fail(
        'Unresolved',
        'restore of the table',
        handlesOf(request),
        `sent ${sends} times, and AWS shows neither a request nor a table`,
      );
    }
    step.say('AWS did not hear the restore request; sending it once more');
  }
}

/**
 * R4. The restore behind a request that ended, or was refused, because its table exists: when an earlier answer was
 * lost, that table is the earlier request's, which AWS's lists did not show in time. Anything else is thrown on.
 */
export async function earlierRestore(
  step: Step,
  request: RestoreRequest,
  { restore, sends, known }: SubmittedRestore,
  error: unknown,
): Promise<SubmittedRestore> {
  if (failureTypeOf(error) !== 'TargetTableExists' || !mayBeOurs(sends)) throw error;
  return takeOver(step, request, new Set([...known, restore.tableRestoreRequestId]), sends, error);
}

/** Whether a table that is in the way can be from a request that this execution does not know. */
const mayBeOurs = (sends: number) => sends > 1 || patched('take-over-after-reset');

async function takeOver(
  step: Step,
  request: RestoreRequest,
  known: ReadonlySet<string>,
  sends: number,
  error: unknown,
): Promise<SubmittedRestore> {
  const found = await heard(request, known, sends > 1 || request.nameIsOurs);
  if (!found) throw error;
  return adopted(step, found, sends, known);
}

/** The request that AWS heard although its answer was lost, in the list or, as lists may show only what runs, by its table. */
async function heard(
  request: RestoreRequest,
  known: ReadonlySet<string>,
  tableIsOurs = true,
): Promise<TableRestoreFacts | undefined> {
  const listed = await matching(request);
  const found = requestToAdopt(listed.filter((restore) => !known.has(restore.tableRestoreRequestId)));
  if (found || !tableIsOurs) return found;
  const { exists } = await findTarget(request);
  return exists ? restoredUnseen(request) : undefined;
}

/** One send, waiting while the cluster is not ready. Undefined when the outcome is unknown. */
async function send(step: Step, request: RestoreRequest): Promise<TableRestoreFacts | undefined> {
  try {
    const answer = await submitWhenReady({
      step,
      what: 'restore of the table',
      handles: handlesOf(request),
      deadlineMs: request.deadlineMs,
      waitable: (error) => worthQueueing(failureTypeOf(error)),
      send: () => request.calls.send(identityOf(request)),
    });
    if (answer.outcome === 'accepted') return answer.restore;
    step.say(`no answer to the restore request: ${answer.reason}`);
    return undefined;
  } catch (error) {
    // The worker died between submit and reply: the server's time-out says nothing of what AWS heard.
    if (failureTypeOf(error) === 'OutcomeUnknown') return undefined;
    throw error;
  }
}

function refuseTarget(request: RestoreRequest): never {
  throw fail(
    'TargetTableExists',
    'restore of the table',
    handlesOf(request),
    `${displayTable(request.target)} exists already`,
  );
}

const identityOf = ({
  sourceIdentifier,
  source,
  target,
  caseSensitive,
}: RestoreRequest): RestoreIdentity => ({
  sourceIdentifier,
  source,
  target,
  caseSensitive,
});

const matching = (request: RestoreRequest) => request.calls.list(identityOf(request));

const findTarget = ({ warehouse, access, target, caseSensitive }: RestoreRequest) =>
  look.findTable.executeWithOptions({ summary: `is there a ${displayTable(target)}?` }, [
    { warehouse, access, table: target, caseSensitive },
  ]);

const handlesOf = ({ calls, target }: RestoreRequest) => ({ ...calls.handles, table: displayTable(target) });

function adopted(
  step: Step,
  restore: TableRestoreFacts,
  sends: number,
  known: ReadonlySet<string>,
): SubmittedRestore {
  step.say(`took over the restore request ${restore.tableRestoreRequestId} that AWS had heard already`);
  return { restore, adopted: true, sends, known };
}

/** The table is there but its request is not listed any more: it ended well. */
const restoredUnseen = (request: RestoreRequest): TableRestoreFacts => ({
  tableRestoreRequestId: '(no longer listed)',
  status: 'SUCCEEDED',
  sourceIdentifier: request.sourceIdentifier,
  source: request.source,
  target: request.target,
});
