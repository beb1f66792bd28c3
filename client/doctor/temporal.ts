import type { Client, Connection } from '@temporalio/client';
import type { ClientConfig } from '../../config/client-config';
import { formatDuration } from '../../domain/duration';
import { searchAttributes } from '../../domain/search-attributes';
import { checkConnection } from '../connection-checks';
import { connectToTemporal } from '../connect';
import { clientFailures } from '../client-failures';
import { ClientError } from '../errors';
import { callTimeoutMs } from '../call-timeout';
import { lookAtSearchAttributes, registerCommand } from '../search-attributes';
import { clientErrorOf, grpcCodes, grpcStatusOf } from '../temporal-errors';
import { type Check, ok, unchecked, wrong, wrongBy } from './check';

const group = 'Temporal';

/** The way to Temporal, layer by layer. `client` is absent when it does not lead there. */
export async function checkWay(config: ClientConfig): Promise<{ checks: Check[]; client?: Client }> {
  const { address, tls, proxied, options } = config.temporal;
  const serverName = typeof options.tls === 'object' ? options.tls?.serverNameOverride : undefined;
  const layers = proxied ? [] : await checkConnection(address, { tls, ...(serverName && { serverName }) });
  const checks = layers.map(({ name, ok: good, detail, advice = '' }): Check =>
    good
      ? ok(group, name, detail)
      : wrong({ group, name, detail }, advice, clientFailures.TemporalUnreachable.exit),
  );
  if (proxied) checks.push(unchecked(group, 'DNS, TCP, TLS', 'gRPC goes through a proxy'));
  if (checks.some(({ state }) => state === 'wrong')) return { checks };
  try {
    const client = await connectToTemporal(config);
    const { serverVersion } = await client.withDeadline(Date.now() + callTimeoutMs, () =>
      client.workflowService.getSystemInfo({}),
    );
    return {
      client,
      checks: [
        ...checks,
        ok(group, 'gRPC', `Temporal ${serverVersion || 'of an unknown version'} at ${address}`),
      ],
    };
  } catch (error) {
    return { checks: [...checks, wrongBy(group, 'gRPC', named(error, config))] };
  }
}

/** The namespace and what runs need in it. */
export async function checkNamespace(client: Client, config: ClientConfig): Promise<Check[]> {
  const { namespace } = config.temporal;
  try {
    const { config: settings } = await client.withDeadline(Date.now() + callTimeoutMs, () =>
      client.workflowService.describeNamespace({ namespace }),
    );
    const days = Number(settings?.workflowExecutionRetentionTtl?.seconds ?? 0) / 86_400;
    const kept = days > 0 ? `, keeps ended runs for ${formatDuration(days * 86_400_000)}` : '';
    return [ok(group, 'namespace', `${namespace}${kept}`), await checkSearchAttributes(client, config)];
  } catch (error) {
    return [
      wrongBy(group, 'namespace', named(error, config)),
      unchecked(group, 'search attributes', 'no namespace'),
    ];
  }
}

async function checkSearchAttributes(client: Client, config: ClientConfig): Promise<Check> {
  const { address, namespace } = config.temporal;
  const name = 'search attributes';
  const all = Object.keys(searchAttributes);
  const there = ok(group, name, `${all.length} of ${all.length} are registered`);
  const { exit } = clientFailures.SearchAttributesMissing;
  try {
    const { missing, conflicting } = await client.withDeadline(Date.now() + callTimeoutMs, () =>
      lookAtSearchAttributes(client.connection as Connection, namespace),
    );
    if (conflicting.length > 0) {
      const detail = `${conflicting.join(', ')}: there, with another type than Keyword`;
      return wrong({ group, name, detail }, clientFailures.SearchAttributeConflict.remedy, exit);
    }
    if (missing.length === 0) return there;
    const detail = `${missing.join(', ')} missing`;
    const advice = `undrop setup, or by hand: ${registerCommand({ address, namespace }, missing)}`;
    return wrong({ group, name, detail }, advice, exit);
  } catch (error) {
    if (!isRefusal(error)) return wrongBy(group, name, named(error, config));
  }
  // Not everybody may list them, and Temporal Cloud has its own tools; a query names those that are not there.
  try {
    const query = all.map((one) => `${one} = '-'`).join(' AND ');
    await client.withDeadline(Date.now() + callTimeoutMs, () =>
      client.workflowService.countWorkflowExecutions({ namespace, query }),
    );
    return there;
  } catch (error) {
    if (grpcStatusOf(error)?.code !== grpcCodes.invalidArgument)
      return wrongBy(group, name, named(error, config));
    const detail = grpcStatusOf(error)!.details;
    return wrong({ group, name, detail }, registerCommand({ address, namespace }), exit);
  }
}

function isRefusal(error: unknown): boolean {
  const { permissionDenied, unauthenticated, unimplemented } = grpcCodes;
  return ([permissionDenied, unauthenticated, unimplemented] as unknown[]).includes(
    grpcStatusOf(error)?.code,
  );
}

/** @throws the error itself when it is not one that can be told to a person. */
export function named(error: unknown, { temporal }: ClientConfig): ClientError {
  const told = clientErrorOf(error, {
    what: 'look',
    address: temporal.address,
    namespace: temporal.namespace,
  });
  if (told instanceof ClientError) return told;
  throw error;
}
