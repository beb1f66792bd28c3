import { lookup } from 'node:dns/promises';
import { connect as tcpConnect, isIP, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';

/** How far a connection got: one line a layer, as the temporal CLI shows them. */
export interface ConnectionCheck {
  name: 'DNS' | 'TCP' | 'TLS';
  ok: boolean;
  detail: string;
  /** What to do about it, when it is not ok. */
  advice?: string;
}

/**
 * Tries name, port and TLS of a Temporal address one after the other and stops at the first that fails.
 * @param address `host:port`, `[ipv6]:port`; port 7233 when absent.
 * @param timeoutMs for each layer.
 */
export async function checkConnection(
  address: string,
  {
    tls = false,
    serverName,
    timeoutMs = 3_000,
  }: { tls?: boolean; serverName?: string; timeoutMs?: number } = {},
): Promise<ConnectionCheck[]> {
  const { host, port } = splitAddress(address);
  const checks: ConnectionCheck[] = [];
  const add = async (check: Promise<ConnectionCheck>) => {
    checks.push(await check);
    return checks.at(-1)!.ok;
  };
  if (!isIP(host) && !(await add(checkDns(host)))) return checks;
  if (!(await add(checkTcp(host, port, timeoutMs)))) return checks;
  if (tls) await add(checkTls(host, port, serverName, timeoutMs));
  return checks;
}

/** `localhost:7233` → its parts. */
export function splitAddress(address: string): { host: string; port: number } {
  const match = /^(?:\[(.+)\]|([^:]+))(?::(\d+))?$/.exec(address);
  return { host: match?.[1] ?? match?.[2] ?? address, port: Number(match?.[3] ?? 7233) };
}

async function checkDns(host: string): Promise<ConnectionCheck> {
  try {
    const found = await lookup(host);
    return { name: 'DNS', ok: true, detail: `${host} is ${found.address}` };
  } catch (error) {
    return {
      name: 'DNS',
      ok: false,
      detail: `${host} is not known (${(error as NodeJS.ErrnoException).code})`,
      advice: 'Correct the host name, or connect to the network (VPN?) that knows it.',
    };
  }
}

async function checkTcp(host: string, port: number, timeoutMs: number): Promise<ConnectionCheck> {
  const failed = await opened(tcpConnect({ host, port }), 'connect', timeoutMs);
  if (failed === undefined) return { name: 'TCP', ok: true, detail: `port ${port} answers` };
  const refused = failed === 'ECONNREFUSED';
  return {
    name: 'TCP',
    ok: false,
    detail: refused
      ? `nothing listens on port ${port} of ${host}`
      : `no connection to port ${port} of ${host} (${failed})`,
    advice: refused
      ? 'Start Temporal there (npm run temporal starts a local one), or correct the port.'
      : 'Look at firewalls, security groups and the VPN between here and there.',
  };
}

async function checkTls(
  host: string,
  port: number,
  serverName: string | undefined,
  timeoutMs: number,
): Promise<ConnectionCheck> {
  // Only whether TLS is spoken at all is looked at: which certificates are accepted is for the real connection to say.
  const servername = serverName ?? (isIP(host) ? undefined : host);
  const socket = tlsConnect({
    host,
    port,
    rejectUnauthorized: false,
    ALPNProtocols: ['h2'],
    ...(servername && { servername }),
  });
  const failed = await opened(socket, 'secureConnect', timeoutMs);
  if (failed === undefined) return { name: 'TLS', ok: true, detail: 'handshake done' };
  return {
    name: 'TLS',
    ok: false,
    detail: `handshake failed (${failed})`,
    advice:
      'Look at the client certificate and key, or turn TLS off (TEMPORAL_TLS=false) for a server without it.',
  };
}

/** Undefined when the socket opens, else the reason's code. */
function opened(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  timeoutMs: number,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const end = (reason?: string) => {
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.destroy();
      resolve(reason);
    };
    socket.setTimeout(timeoutMs, () => end('timed out'));
    socket.once(event, () => end());
    socket.once('close', () => end('closed by the other side'));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const inner = error instanceof AggregateError ? (error.errors[0] as NodeJS.ErrnoException) : error;
      end(inner.code ?? inner.message);
    });
  });
}
