import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { commandNames, operationOf } from '../../domain/schedules/definition';
import { operationNames, type OperationName } from '../../domain/operations';
import { parseInput } from '../../domain/validation';
import { ClientError, InvalidInputError } from '../errors';
import type { Operations } from './api';
import { ApiError } from './api-error';
import { isEnough } from './roles';
import { roleToStart } from './routes/operations';
import { base, withLinks } from './run-links';

export const params = z.object({ id: z.string().describe('Id of the schedule') });
export type One = { Params: z.infer<typeof params> };

/** What the client says of a schedule, with where the API has it. */
export const withSelf = <T extends { id: string; links: { ui: string } }>(schedule: T) => ({
  ...schedule,
  links: { ...schedule.links, self: `${base}/schedules/${encodeURIComponent(schedule.id)}` },
});

/** As withSelf, and each of its runs too. */
export const withAllLinks = <
  T extends Parameters<typeof withSelf>[0] & { runs: Parameters<typeof withLinks>[0][] },
>(
  schedule: T,
) => withSelf({ ...schedule, runs: schedule.runs.map(withLinks) });

/** SQL of one's own stays for admins, also when a schedule runs it. @throws ApiError `RoleTooLow`. */
export function requireRole(request: FastifyRequest, operation: string | undefined): void {
  const known = [...operationNames, ...commandNames].find((name) => name === operation);
  const needs = known ? roleToStart(operationOf(known)) : 'operator';
  const { name = 'somebody', role = 'viewer' } = request.principal ?? {};
  if (!isEnough(role, needs)) {
    throw new ApiError('RoleTooLow', `${name} has the role ${role}; this schedule needs ${needs}`);
  }
}

/** A body that may be absent, read. @throws InvalidInputError with every problem. */
export function bodyOf<S extends z.ZodType>(what: string, schema: S, body: unknown): z.output<S> {
  const parsed = parseInput(schema, body ?? {});
  if (!parsed.ok) throw new InvalidInputError(what, parsed.problems);
  return parsed.value;
}

/** The operation that a body names, whatever the body is. */
export const told = (body: unknown) => (body as { operation?: string } | null)?.operation;
/** Who asks, for a note. */
export const by = (request: FastifyRequest) => `over the API, by ${request.principal?.name ?? 'somebody'}`;

/** The operation of a schedule; undefined when there is none of this id. */
export async function operationAt({ schedules }: Operations, id: string): Promise<OperationName | undefined> {
  try {
    return (await schedules.show(id)).operation;
  } catch (error) {
    if (error instanceof ClientError && error.type === 'ScheduleNotFound') return undefined;
    throw error;
  }
}
