import type { Client, Connection } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { listQuery } from './list-runs';
import type { Place } from './links';
import { callTimeoutMs } from './call-timeout';
import { apiVersion } from './run-view';
import { ClientError } from './errors';
import {
  isTemporalCloud,
  registerCommand,
  registerSearchAttributes,
  SearchAttributeConflict,
} from './search-attributes';
import { grpcCodes, grpcStatusOf } from './temporal-errors';

/** What a namespace needed to become one that runs can live in. */
export interface SetUpResult {
  apiVersion: typeof apiVersion;
  address: string;
  namespace: string;
  /** Search attributes that were registered now, */
  registered: string[];
  /** and those that were there. */
  present: string[];
}

/** A server takes so long at most until all its parts know a new attribute, in milliseconds. */
const settleMs = 30_000;

/**
 * Prepares a Temporal namespace for Undrop: registers the search attributes that it lacks, and waits until the server
 * takes them. May be done again at any time.
 * @throws ClientError `NotAllowed` with the command for somebody who may, `SearchAttributeConflict`.
 */
export async function setUpNamespace(client: Client, { address, namespace }: Place): Promise<SetUpResult> {
  const state = await client
    .withDeadline(Date.now() + callTimeoutMs, () =>
      registerSearchAttributes(client.connection as Connection, namespace),
    )
    .catch((error: unknown) => {
      throw refusal(error, address, namespace);
    });
  if (state.missing.length > 0) await untilTaken(client, namespace);
  return { apiVersion, address, namespace, registered: state.missing, present: state.present };
}

/** An attribute is in the namespace a moment before queries and starts may use it. */
async function untilTaken(client: Client, namespace: string): Promise<void> {
  const query = `${listQuery({ warehouse: '-', table: '-' })} AND UndropOperation = '-' AND UndropOutcome = '-'`;
  const until = Date.now() + settleMs;
  for (;;) {
    try {
      await client.withDeadline(Date.now() + callTimeoutMs, () =>
        client.workflowService.countWorkflowExecutions({ namespace, query }),
      );
      return;
    } catch (error) {
      if (grpcStatusOf(error)?.code !== grpcCodes.invalidArgument || Date.now() > until) throw error;
      await sleep(200);
    }
  }
}

function refusal(error: unknown, address: string, namespace: string): unknown {
  const failed = `setup failed [namespace=${namespace}]`;
  if (error instanceof SearchAttributeConflict) {
    const [first] = error.names;
    return new ClientError(
      'SearchAttributeConflict',
      `${failed}: ${error.names.join(', ')} ${error.names.length === 1 ? 'is' : 'are'} there with another type than Keyword`,
      {
        cause: error,
        remedy: `Nothing was changed. If nobody else uses it: temporal operator search-attribute remove --address ${address} --namespace ${namespace} --name ${first}; then undrop setup. Otherwise give Undrop a namespace of its own.`,
      },
    );
  }
  const status = grpcStatusOf(error);
  const { permissionDenied, unauthenticated, unimplemented } = grpcCodes;
  const refused = [permissionDenied, unauthenticated, unimplemented] as number[];
  // A connection that is down is told as such, also on Temporal Cloud.
  if (status === undefined || !refused.includes(status.code)) return error;
  const who = isTemporalCloud(address)
    ? 'Temporal Cloud takes search attributes from its own tools only'
    : 'this identity may not register search attributes';
  return new ClientError('NotAllowed', `${failed}: ${who} (${status.details})`, {
    cause: error,
    remedy: `Nothing was changed. Run it as somebody who may, or have this done: ${registerCommand({ address, namespace })}`,
  });
}
