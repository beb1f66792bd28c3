import { formatDuration } from '../duration';
import { thousands } from '../verdict';

/** How long something may take, and what that is computed from. */
export interface Estimate {
  estimateSeconds: number;
  /** `2,048 MB at 50 MB/s, and 2 min`. */
  basis: string;
}

/**
 * Rates that the estimates are made with. AWS publishes none: they are round figures of the slow side, for telling a
 * coffee from a night. The fixed part of an export is what even ten items take (docs/plan.md).
 */
export const rates = {
  snapshotCopy: { fixedSeconds: 60, megaBytesPerSecond: 500 },
  recoveryPointConversion: { fixedSeconds: 60, megaBytesPerSecond: 500 },
  tableRestore: { fixedSeconds: 120, megaBytesPerSecond: 50 },
  verification: { fixedSeconds: 5, megaBytesPerSecond: 1000 },
  dynamodbExport: { fixedSeconds: 600, megaBytesPerSecond: 100 },
} as const;

/** The estimate of a size in MB; of an unknown size the fixed part, saying so. */
export function estimate(kind: keyof typeof rates, megaBytes: number | undefined): Estimate {
  const { fixedSeconds, megaBytesPerSecond } = rates[kind];
  const fixed = formatDuration(fixedSeconds * 1000);
  if (megaBytes === undefined)
    return { estimateSeconds: fixedSeconds, basis: `${fixed} or more: the size is not known` };
  const size = megaBytes < 1 ? 'less than 1' : thousands(Math.round(megaBytes));
  return {
    estimateSeconds: Math.round(fixedSeconds + megaBytes / megaBytesPerSecond),
    basis: `${size} MB at ${megaBytesPerSecond} MB/s, and ${fixed}`,
  };
}

/** Sizes that the looks brought, in MB. */
export interface Sizes {
  /** Of the snapshot or recovery point. */
  source?: number;
  /** Of the table to restore or to verify, as it is now. */
  table?: number;
  /** Of the DynamoDB table. */
  dynamodb?: number;
}

/** The estimate of a step by its name; none for steps that take no time worth telling. */
export function estimateOfStep(name: string, sizes: Sizes): Estimate | undefined {
  switch (name) {
    case 'copy':
      return estimate('snapshotCopy', sizes.source);
    case 'keep':
      return estimate('recoveryPointConversion', sizes.source);
    case 'restore':
      return estimate('tableRestore', sizes.table);
    case 'verify':
    case 'record':
      return estimate('verification', sizes.table);
    case 'export':
      return estimate('dynamodbExport', sizes.dynamodb);
    default:
      return undefined;
  }
}
