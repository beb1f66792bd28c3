import { failures, isFailureType } from '../../domain/failures';
import { type AwsAccess, type AwsProbe, awsProbes, type ProbeAnswer } from '../../domain/look-ups/aws-access';
import { type Check, ok, unchecked, wrong } from './check';
import { clockCheck } from './clocks';

const group = 'AWS';

/** What a worker told about AWS, judged. */
export function judgeAwsAccess({ caller, probes }: AwsAccess): Check[] {
  const { region, account, arn, refusal, clock } = caller;
  const checks: Check[] = [];
  if (refusal) {
    checks.push(
      wrong({ group, name: 'credentials', detail: refusal.message }, refusal.remedy, exitOf(refusal.type)),
    );
  } else checks.push(ok(group, 'credentials', `${arn} in account ${account}`));
  checks.push(
    region === undefined
      ? wrong(
          { group, name: 'region', detail: 'the worker has no region' },
          'Set AWS_REGION for the worker, or a region in the profile that AWS_PROFILE names.',
          exitOf('CredentialsMissing'),
        )
      : ok(group, 'region', region),
  );
  if (clock) {
    checks.push(
      clockCheck(group, 'clock', {
        who: "the worker's clock",
        than: "AWS's",
        aheadMs: Date.parse(clock.workerTime) - Date.parse(clock.awsTime),
        coarseMs: 2_000,
      }),
    );
  } else checks.push(unchecked(group, 'clock', 'AWS did not tell its time'));
  if (refusal) checks.push(unchecked(group, 'permissions', 'AWS does not know the worker'));
  for (const action of Object.keys(awsProbes) as AwsProbe[]) {
    const answer = probes.find((probe) => probe.action === action);
    if (answer) checks.push(probeCheck(answer));
    else if (!refusal) checks.push(unchecked(group, action, 'name a bucket of exports with --bucket'));
  }
  return checks;
}

function probeCheck({ action, refusal }: ProbeAnswer): Check {
  if (!refusal) return ok(group, action, `${awsProbes[action]} may be read`);
  const told = { group, name: action, detail: refusal.message } as const;
  const denied = refusal.type === 'AccessDenied';
  const advice = denied
    ? `Allow ${action} in the IAM policy of the worker's role, or leave what needs it undone: reading ${awsProbes[action]}.`
    : refusal.remedy;
  return wrong(told, advice, exitOf(refusal.type));
}

const exitOf = (type: string) => (isFailureType(type) ? failures[type].exit : 1);

/** What would be checked if there were a worker to ask. */
export const uncheckedAws = (why: string): Check[] =>
  ['credentials', 'region', 'clock', 'permissions'].map((name) => unchecked(group, name, why));
