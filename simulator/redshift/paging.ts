import { refusals } from './errors';

/**
 * One page of a list: MaxRecords 20–100 (default 100) and an opaque Marker, which is a position after the last item
 * returned, so that items added meanwhile neither repeat nor vanish.
 *
 * @param key unique key of an item; the list must be in a stable order.
 */
export function page<Item>(
  items: Item[],
  key: (item: Item) => string,
  { MaxRecords, Marker }: { MaxRecords?: number; Marker?: string },
): { items: Item[]; Marker?: string } {
  const size = MaxRecords ?? 100;
  if (!Number.isInteger(size) || size < 20 || size > 100) {
    throw refusals.invalidParameter(`Invalid value ${size} for MaxRecords. Must be between 20 and 100.`);
  }
  let from = 0;
  if (Marker !== undefined && Marker !== '') {
    const last = Buffer.from(Marker, 'base64url').toString('utf8');
    const index = items.findIndex((item) => key(item) === last);
    if (index === -1) throw refusals.invalidParameter('The Marker is not valid.');
    from = index + 1;
  }
  const shown = items.slice(from, from + size);
  const last = shown.at(-1);
  if (last === undefined || from + size >= items.length) return { items: shown };
  return { items: shown, Marker: Buffer.from(key(last)).toString('base64url') };
}
