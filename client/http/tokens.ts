import { createHash, timingSafeEqual } from 'node:crypto';
import type { ConfigProblem } from '../../config';
import { type Role, roles } from './roles';

/** A token that is accepted; only its hash is known here. */
export interface KnownToken {
  name: string;
  role: Role;
  sha256: Buffer;
}

/**
 * Reads tokens, one a line: `<role> <SHA-256 of the token, hex> <name of its holder>`; empty lines and those that begin
 * with # are passed over. Problems name the line, and never show what is in it.
 */
export function parseTokens(text: string, variable: string, problems: ConfigProblem[]): KnownToken[] {
  const tokens: KnownToken[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (/^\s*(#|$)/.test(line)) return;
    const match = /^\s*(\S+)\s+([0-9a-f]{64})\s+(\S.*?)\s*$/i.exec(line);
    const role = roles.find((one) => one === match?.[1]);
    if (!match || role === undefined) {
      problems.push({
        variable,
        problem: `must have "<${roles.join('|')}> <SHA-256 in 64 hex digits> <name>" in line ${index + 1}`,
      });
      return;
    }
    tokens.push({ role, sha256: Buffer.from(match[2]!, 'hex'), name: match[3]! });
  });
  return tokens;
}

/** The token that was presented, if it is one of ours. Looks at all of them, each in constant time. */
export function findToken(tokens: readonly KnownToken[], presented: string): KnownToken | undefined {
  const hash = createHash('sha256').update(presented).digest();
  let found: KnownToken | undefined;
  for (const token of tokens) if (timingSafeEqual(hash, token.sha256)) found = token;
  return found;
}
