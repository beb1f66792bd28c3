import type { FaultAction, FaultRule } from './faults';
import type { ServiceName } from './types';
import { InvalidBody, problemsOf, type FieldRules } from './validation';

const services: ServiceName[] = [
  'redshift',
  'redshift-serverless',
  'redshift-data',
  'dynamodb',
  's3',
  'sns',
  'sts',
];
const effect = { optional: ['none', 'kept'] } as const;

const actionFields: Record<FaultAction['kind'], FieldRules> = {
  throttle: { wrapped: { optional: 'boolean' } },
  error: { code: 'string', message: { optional: 'string' }, status: { optional: 'status' }, effect },
  'access-denied': {},
  latency: { milliseconds: 'non-negative' },
  hang: { effect },
  'drop-before': {},
  'drop-after': {},
  truncate: {},
  html: { body: { optional: 'string' }, effect },
  stale: { seconds: 'non-negative' },
  terminal: { status: 'string', message: { optional: 'string' } },
};

const ruleFields: FieldRules = {
  service: { optional: services },
  operation: 'string',
  match: { optional: 'object' },
  times: { optional: 'times' },
  skip: { optional: 'count' },
  action: 'object',
};

/**
 * A fault rule out of a JSON body.
 *
 * @param knows tells whether an operation is simulated, so that a rule that could never fire is refused.
 * @throws InvalidBody naming every problem.
 */
export function parseFaultRule(
  body: unknown,
  knows: (operation: string, service?: ServiceName) => boolean,
): FaultRule {
  const problems = problemsOf(body, ruleFields);
  const { action, operation, service } = (body ?? {}) as Partial<FaultRule>;
  if (typeof action === 'object' && action !== null) problems.push(...actionProblems(action));
  if (problems.length === 0 && operation !== undefined && operation !== '*' && !knows(operation, service)) {
    problems.push(`operation ${operation} is not simulated${service === undefined ? '' : ` in ${service}`}`);
  }
  if (problems.length > 0) throw new InvalidBody(problems);
  return body as FaultRule;
}

function actionProblems(action: FaultAction): string[] {
  const kinds = Object.keys(actionFields);
  if (!kinds.includes(action.kind)) return [`action.kind must be one of ${kinds.join(', ')}`];
  return problemsOf(action, { kind: kinds, ...actionFields[action.kind] }, 'action.');
}
