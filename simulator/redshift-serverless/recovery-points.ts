import type {
  ListRecoveryPointsRequest,
  RecoveryPoint as RecoveryPointOutput,
} from '@aws-sdk/client-redshift-serverless';
import type { Operations, RequestContext } from '../core/types';
import { refusals } from './errors';
import { requireName } from './names';
import { byTime, page } from './paging';
import { namespaceArn, requireRecoveryPoint, visibleAt, type ServerlessContext } from './room';
import { dropRows, keepRows } from './rows';
import type { Namespace, RecoveryPoint } from './state';

/** A leap of the clock over days makes no more than these: each holds all rows once more. */
const mostPerLeap = 2;

/** Adds a recovery point and puts its end on the agenda: by default 24 hours after it was made, whoever still needs it. */
export function keepRecoveryPoint(context: ServerlessContext, point: RecoveryPoint): void {
  const { world, state } = context;
  state.recoveryPoints.set(point.id, point);
  const due = new Date(point.createTime.getTime() + world.settings.recoveryPointHours * 3_600_000);
  world.agenda.at(due, `recovery point ${point.id} expires`, async () => {
    const namespace = state.namespaces.get(point.namespaceName);
    if (!state.recoveryPoints.delete(point.id) || namespace === undefined) return;
    await dropRows(context, namespace, point.contentKey);
  });
}

/** Redshift Serverless makes recovery points by itself, by default every 30 minutes. */
export function scheduleRecoveryPoint(context: ServerlessContext, namespace: Namespace): void {
  const { world } = context;
  const interval = world.settings.recoveryPointMinutes * 60_000;
  if (interval === 0) return;
  const due = new Date(namespace.lastRecoveryPoint.getTime() + interval);
  world.agenda.at(due, `recovery point of ${namespace.name}`, async () => {
    const behind = Math.floor((world.clock.now().getTime() - due.getTime()) / interval);
    const leapt = Math.max(0, behind + 1 - mostPerLeap);
    if (leapt === 0) await makeRecoveryPoint(context, namespace, due);
    namespace.lastRecoveryPoint = new Date(due.getTime() + Math.max(0, leapt - 1) * interval);
    scheduleRecoveryPoint(context, namespace);
  });
}

async function makeRecoveryPoint(
  context: ServerlessContext,
  namespace: Namespace,
  createTime: Date,
): Promise<void> {
  const { world, state } = context;
  const workgroup = [...state.workgroups.values()].find(
    ({ namespaceName }) => namespaceName === namespace.name,
  );
  const contentKey = world.id('recovery-point-content');
  const megaBytes = await keepRows(context, namespace, contentKey);
  keepRecoveryPoint(context, {
    id: world.id('recovery-point'),
    namespaceName: namespace.name,
    workgroupName: workgroup?.name ?? '',
    createTime,
    megaBytes,
    contentKey,
  });
}

export function recoveryPointOutput(context: ServerlessContext, point: RecoveryPoint): RecoveryPointOutput {
  return {
    recoveryPointId: point.id,
    recoveryPointCreateTime: point.createTime,
    totalSizeInMegaBytes: point.megaBytes,
    namespaceName: point.namespaceName,
    workgroupName: point.workgroupName,
    namespaceArn: namespaceArn(context, point.namespaceName),
  };
}

/** GetRecoveryPoint, ListRecoveryPoints. An unknown namespace is an empty list: the model has no error for it. */
export function recoveryPointOperations(context: ServerlessContext): Operations {
  return {
    GetRecoveryPoint(input: { recoveryPointId?: string }, request: RequestContext) {
      const point = requireRecoveryPoint(context, input.recoveryPointId);
      if (!visibleAt(context, request.staleSeconds, false)(point.createTime)) {
        throw refusals.notFound('recovery point', point.id);
      }
      return { recoveryPoint: recoveryPointOutput(context, point) };
    },
    ListRecoveryPoints(input: ListRecoveryPointsRequest, request: RequestContext) {
      const { namespaceName, startTime, endTime } = input;
      if (namespaceName !== undefined) requireName('namespaceName', namespaceName);
      const visible = visibleAt(context, request.staleSeconds, true);
      const found = [...context.state.recoveryPoints.values()].filter(
        (point) =>
          visible(point.createTime) &&
          (namespaceName === undefined || point.namespaceName === namespaceName) &&
          (input.namespaceArn === undefined ||
            namespaceArn(context, point.namespaceName) === input.namespaceArn) &&
          (startTime === undefined || point.createTime >= startTime) &&
          (endTime === undefined || point.createTime <= endTime),
      );
      const place = ({ createTime, id }: RecoveryPoint): string => byTime(createTime, id);
      const { items, nextToken } = page('recovery-points', found, place, input);
      return { recoveryPoints: items.map((point) => recoveryPointOutput(context, point)), nextToken };
    },
  };
}
