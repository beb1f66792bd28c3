import { refusals } from './errors';

/** Where a list goes on: behind the item with this place. `list` ties the token to the call that gave it. */
interface Position {
  list: string;
  after: string;
}

export interface PageAsked {
  maxResults?: number | undefined;
  nextToken?: string | undefined;
}

/**
 * One page of 1–100 (default 100) items. The token is a place in the order and not an index or an item, so that items
 * which come or go meanwhile neither repeat nor stop the listing.
 *
 * @param place sorts the items and is unique to each.
 * @param badToken what is thrown for a token that this list never gave; ValidationException by default.
 */
export function page<Item>(
  list: string,
  items: Item[],
  place: (item: Item) => string,
  { maxResults = 100, nextToken }: PageAsked,
  badToken: () => Error = () => refusals.invalid('The nextToken is not valid.'),
): { items: Item[]; nextToken?: string } {
  if (!Number.isInteger(maxResults) || maxResults < 1) {
    throw refusals.constraint('maxResults', maxResults, 'have value greater than or equal to 1');
  }
  if (maxResults > 100) {
    throw refusals.constraint('maxResults', maxResults, 'have value less than or equal to 100');
  }
  const after = nextToken === undefined ? '' : decode(list, nextToken, badToken);
  const sorted = items
    .map((item) => ({ item, at: place(item) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .filter(({ at }) => at > after);
  const shown = sorted.slice(0, maxResults);
  const last = shown.at(-1);
  return {
    items: shown.map(({ item }) => item),
    ...(last === undefined || sorted.length <= maxResults ? {} : { nextToken: encode(list, last.at) }),
  };
}

/** In order of time; equals by name. */
export function byTime(time: Date, name: string): string {
  return `${time.toISOString()} ${name}`;
}

function encode(list: string, after: string): string {
  return Buffer.from(JSON.stringify({ list, after } satisfies Position)).toString('base64url');
}

function decode(list: string, token: string, badToken: () => Error): string {
  try {
    const position = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as Partial<Position>;
    if (position.list === list && typeof position.after === 'string') return position.after;
  } catch {
    // not a token of ours either
  }
  throw badToken();
}
