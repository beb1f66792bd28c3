/** Entries of a list and, when there are more, where to go on. */
export interface Collected<T> {
  items: T[];
  nextPageToken?: string;
}

export interface ListLimits {
  /** So many entries at most. */
  limit: number;
  /** Where to go on. */
  pageToken?: string;
  /** AWS's largest page of this list. */
  largestPage: number;
}

/**
 * Reads pages until there are as many entries as were asked for or the list ends. A page is never asked for larger than
 * what is missing, so that AWS's own token is where the list goes on. Pages may be short or empty, as AWS's are.
 * @throws RangeError when AWS gives the same token again, which would never end.
 */
export async function collect<T>(
  { limit, pageToken, largestPage }: ListLimits,
  page: (request: { MaxResults: number; NextToken: string | undefined }) => Promise<{
    items: T[] | undefined;
    next: string | undefined;
  }>,
): Promise<Collected<T>> {
  const items: T[] = [];
  let token = pageToken;
  for (;;) {
    const answer = await page({
      MaxResults: Math.min(largestPage, limit - items.length),
      NextToken: token,
    });
    items.push(...(answer.items ?? []));
    if (!answer.next) return { items };
    if (items.length >= limit) return { items, nextPageToken: answer.next };
    if (answer.next === token) throw new RangeError('AWS gave the same page again');
    token = answer.next;
  }
}

/** The member `nextPageToken` of a look-up's result, when there are more. */
export const nextPage = ({ nextPageToken }: Collected<unknown>) =>
  nextPageToken === undefined ? {} : { nextPageToken };
