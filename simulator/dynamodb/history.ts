import type { Item } from './attribute-values';
import { orderedRecords, type ItemRecord, type Table, type Version } from './state';

/** The last version written before `time`, or at it too with `inclusive`. */
function lastVersion(record: ItemRecord, time: number, inclusive: boolean): Version | undefined {
  return record.versions.findLast((version) => (inclusive ? version.time <= time : version.time < time));
}

/** The items of a table as they were at one moment, each with its place in the hashed key space. */
export function itemsAsOf(table: Table, time: number): { hash: string; item: Item }[] {
  return orderedRecords(table).flatMap((record) => {
    const item = lastVersion(record, time, true)?.image;
    return item === undefined ? [] : [{ hash: record.hash, item }];
  });
}

/** The net change of one item inside a window. */
export interface Change {
  hash: string;
  key: Item;
  /** Microseconds since the epoch of the last write in the window. */
  writtenMicros: number;
  oldImage?: Item;
  newImage?: Item;
}

/**
 * One record per item written in `[from, to)`: its image before the window and at its end. An item that was created and
 * deleted inside the window has neither, and is left out.
 */
export function changesBetween(table: Table, from: number, to: number): Change[] {
  return orderedRecords(table).flatMap((record) => {
    const last = lastVersion(record, to, false);
    if (last === undefined || last.time < from) return [];
    const oldImage = lastVersion(record, from, false)?.image;
    const newImage = last.image;
    if (oldImage === undefined && newImage === undefined) return [];
    return [
      {
        hash: record.hash,
        key: record.key,
        writtenMicros: last.time * 1000 + (last.seq % 1000),
        ...(oldImage === undefined ? {} : { oldImage }),
        ...(newImage === undefined ? {} : { newImage }),
      },
    ];
  });
}
