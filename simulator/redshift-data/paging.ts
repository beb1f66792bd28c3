import { constraint, invalid } from './errors';

/** A position in a list; `scope` ties it to the call it came from. */
function encode(scope: string, from: number): string {
  return Buffer.from(JSON.stringify({ scope, from })).toString('base64');
}

function decode(scope: string, token: string | undefined): number {
  if (!token) return 0;
  try {
    const { scope: of, from } = JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as Record<
      string,
      unknown
    >;
    if (of === scope && typeof from === 'number') return from;
  } catch {
    // falls through: not a token of ours
  }
  throw invalid('NextToken is not valid.');
}

/** @param size rows a page; `scope` must name everything that decides what the list holds */
export function page<T>(
  items: T[],
  scope: string,
  size: number,
  token: string | undefined,
): { items: T[]; NextToken?: string } {
  const from = decode(scope, token);
  const to = from + size;
  return {
    items: items.slice(from, to),
    ...(to < items.length ? { NextToken: encode(scope, to) } : {}),
  };
}

/** MaxResults: absent or 0 leaves it to the service. */
export function pageSize(MaxResults: number | undefined, most: number): number {
  if (MaxResults === undefined || MaxResults === 0) return most;
  if (MaxResults < 0) throw constraint('maxResults', MaxResults, 'have value greater than or equal to 0');
  if (MaxResults > most)
    throw constraint('maxResults', MaxResults, `have value less than or equal to ${most}`);
  return MaxResults;
}
