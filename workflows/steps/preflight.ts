import { workflowInfo } from '@temporalio/workflow';
import type { OperationName } from '../../domain/operations';
import { blockingOf, countFindings, refusalOf } from '../../domain/plan/finding';
import { fail } from '../failure';
import { lookBefore } from '../looks';
import type { Parsed, Step } from '../run';

/** The step that every run begins with. */
export const preflightStep = { name: 'preflight', title: 'Look before acting' } as const;

/**
 * Looks at everything that can be known, records the findings, and ends the run before it has changed anything when
 * one of them blocks. What cannot be seen is no reason to stop.
 * @throws the failure of the one finding that blocks, or PreflightRefused naming all.
 */
export async function preflight<O extends OperationName>(
  step: Step,
  operation: O,
  input: Parsed<O>,
): Promise<void> {
  const manner = { asRun: workflowInfo().workflowId, nowMs: Date.now(), thorough: false };
  const looks = await lookBefore(operation, input, manner);
  const findings = looks.flatMap((each) => each.findings);
  step.saw(findings);
  for (const { level, subject, text } of findings) if (level === 'warning') step.say(`${subject}: ${text}`);
  step.say(`findings: ${countFindings(findings)}`);
  const refusal = refusalOf(findings);
  if (refusal === undefined) return;
  const from = looks.filter((each) => blockingOf(each.findings).length > 0);
  const { what, handles } = from.length === 1 ? from[0]! : { what: `preflight of ${operation}`, handles: {} };
  throw fail(refusal.type, what, handles, refusal.why);
}
