import type { Command } from 'commander';

/** Commands whose data are one table, and which therefore can give CSV (--output csv). */
export const tabular = new WeakSet<Command>();
