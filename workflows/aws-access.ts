import { isCancellation, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';
import {
  type AwsAccess,
  type AwsCaller,
  type AwsProbe,
  awsProbes,
  type AwsRefusal,
  type ProbeAnswer,
} from '../domain/look-ups/aws-access';
import { version } from '../domain/version';
import { runFailureOf } from './failure';

type Ask = Pick<Activities, 'getCaller' | 'probeAws'>;

/** Who the worker is on AWS and what it may read there; what goes wrong on the way is part of the answer. */
export async function readAwsAccess({ bucket }: { bucket?: string }, ask: Ask): Promise<AwsAccess> {
  const temporalTime = workflowInfo().startTime.toISOString();
  const caller = await ask
    .getCaller({})
    .catch((error: unknown): AwsCaller => ({ refusal: refusalOf(error) }));
  if (caller.refusal) return { version, caller, probes: [], temporalTime };
  const actions = (Object.keys(awsProbes) as AwsProbe[]).filter(
    (action) => action !== 's3:ListBucket' || bucket !== undefined,
  );
  const probes = await Promise.all(
    actions.map((action) =>
      ask
        .probeAws({ action, ...(action === 's3:ListBucket' && { bucket }) })
        .catch((error: unknown): ProbeAnswer => ({ action, refusal: refusalOf(error) })),
    ),
  );
  return { version, caller, probes, temporalTime };
}

/** Of a question that got no answer however often it was asked. */
function refusalOf(error: unknown): AwsRefusal {
  if (isCancellation(error)) throw error;
  return runFailureOf(error);
}
