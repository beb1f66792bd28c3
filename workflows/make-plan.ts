import { operationNames, operations, type OperationName } from '../domain/operations';
import { estimateOfStep, type Sizes } from '../domain/plan/estimate';
import { blockingOf } from '../domain/plan/finding';
import type { Plan, PlannedStep, PlanRequest } from '../domain/plan/plan';
import { describeProblems, parseInput } from '../domain/validation';
import { fail } from './failure';
import { lookBefore } from './looks';
import type { Parsed, RunPlan } from './run';
import { runPlans } from './run-plans';
import { notifySteps } from './steps/notify';

/**
 * What a run would find and do: the looks of its preflight, and its steps with an estimate of each. Reads only.
 * @throws InvalidInput
 */
export async function makePlan({ operation: name, workflowId, input }: PlanRequest): Promise<Plan> {
  const operation = operationNames.find((known) => known === name);
  if (operation === undefined)
    throw fail('InvalidInput', 'plan', { operation: name }, 'there is no such operation');
  const parsed = parseInput(operations[operation].schema, input);
  if (!parsed.ok) throw fail('InvalidInput', 'plan', { operation }, describeProblems(parsed.problems));
  return planOf(operation, workflowId, parsed.value as Parsed<typeof operation>);
}

async function planOf<O extends OperationName>(
  operation: O,
  workflowId: string,
  input: Parsed<O>,
): Promise<Plan> {
  const { title, steps } = (runPlans[operation] as (input: Parsed<O>) => RunPlan)(input);
  const looks = await lookBefore(operation, input, { asRun: workflowId, nowMs: Date.now(), thorough: true });
  const findings = looks.flatMap((each) => each.findings);
  const sizes: Sizes = Object.assign({}, ...looks.map((each) => each.sizes));
  const notNeeded: Record<string, string> = Object.assign({}, ...looks.map((each) => each.notNeeded ?? {}));
  const planned = [...steps, ...notifySteps(input)].map((step): PlannedStep => {
    const reason = notNeeded[step.name];
    return { ...step, ...(reason === undefined ? estimateOfStep(step.name, sizes) : { notNeeded: reason }) };
  });
  const estimated = planned.flatMap(({ estimateSeconds }) => estimateSeconds ?? []);
  return {
    operation,
    workflowId,
    title,
    findings,
    steps: planned,
    ...(estimated.length > 0 && { estimateSeconds: estimated.reduce((sum, seconds) => sum + seconds, 0) }),
    feasible: blockingOf(findings).length === 0,
  };
}
