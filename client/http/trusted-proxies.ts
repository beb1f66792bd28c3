import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { ConfigProblem } from '../../config';

/** Fewer bits than these name no machines of one's own; the widest private ranges are 10.0.0.0/8 and fc00::/7. */
const bitsOf = { 4: { least: 8, most: 32 }, 6: { least: 7, most: 128 } } as const;

/**
 * Reads the addresses of proxies whose X-Forwarded-For is believed: addresses and CIDR ranges, comma separated. There is
 * no word for all of them: whoever trusted everybody would let every caller choose their own address.
 */
export function parseTrustedProxies(text: string, variable: string, problems: ConfigProblem[]): string[] {
  const entries = text.split(',').map((entry) => entry.trim());
  for (const entry of entries) {
    const problem = problemOf(entry);
    if (problem) problems.push({ variable, problem: `has ${JSON.stringify(entry)}, which ${problem}` });
  }
  return entries;
}

function problemOf(entry: string): string | undefined {
  const [address = '', bits, ...more] = entry.split('/');
  const version = address.includes('%') ? 0 : isIP(address);
  if ((version !== 4 && version !== 6) || more.length > 0) {
    return 'is neither an address nor a CIDR range: name each proxy, as in 10.0.3.7,10.1.0.0/16';
  }
  // A range of these would be one of IPv4 addresses in other clothes, with another count of bits.
  if (/^::ffff:/i.test(address)) return 'is an IPv4 address written as IPv6: write it as IPv4';
  if (bits === undefined) return undefined;
  const { least, most } = bitsOf[version];
  if (/^\d{1,3}$/.test(bits) && Number(bits) >= least && Number(bits) <= most) return undefined;
  return `is no range of proxies: after the slash stands a number from ${least} to ${most}`;
}

/**
 * Where a request comes from: the caller that the trusted proxies name, else whoever is connected. What a proxy passes on
 * that is no address (`unknown`, an address with its port) is never taken for one: it would have a limit of its own.
 */
export const clientAddress = ({ ip, ips = [ip] }: Pick<FastifyRequest, 'ip' | 'ips'>): string =>
  ips.findLast((address) => isIP(address) !== 0) ?? ips[0]!;
