import { z } from 'zod';
import { durationSchema } from '../duration';

/** Longest wait for AWS, per step, where the user sets none; statements end at 24 h on AWS itself. */
export const defaultDeadline = '24 hours';

export const deadlineSchema = durationSchema
  .default(defaultDeadline)
  .describe('Longest wait for AWS; passing it fails the run and names what AWS is still doing');

/** Of every operation: whether to begin without the preflight. */
export const skipPreflightSchema = z
  .boolean()
  .optional()
  .describe('Begin without looking first: what the preflight would have refused, AWS refuses later');

const instantPattern = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** An ISO 8601 moment with a zone, such as 2026-11-20T08:00:00Z. */
export const instantSchema = z.string().refine(isInstant, {
  error: 'must be an ISO 8601 time with a zone, such as 2026-11-20T08:00:00Z',
});

function isInstant(text: string): boolean {
  const match = instantPattern.exec(text);
  if (!match || Number.isNaN(Date.parse(text))) return false;
  // Date.parse takes 30 February for 2 March.
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number];
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}

/** -1 keeps the snapshot for ever; else days. */
export const retentionSchema = z
  .number()
  .refine(
    (days) => days === -1 || (Number.isInteger(days) && days >= 1 && days <= 3653),
    'must be -1 (for ever) or a whole number of days from 1 to 3653',
  )
  .describe('Days to keep the manual snapshot: -1 (for ever) or 1 to 3653');

/** A manual snapshot's name: https://docs.aws.amazon.com/redshift/latest/APIReference/API_CopyClusterSnapshot.html */
export const manualSnapshotIdentifierSchema = z
  .string()
  .regex(
    /^(?=.{1,255}$)[a-zA-Z](?:-?[a-zA-Z0-9])*$/,
    'must be 1 to 255 letters, digits or single hyphens, beginning with a letter and not ending with a hyphen',
  );

/** Any snapshot's name; automated ones carry a prefix such as `rs:`. */
export const snapshotIdentifierSchema = z
  .string()
  .regex(
    /^(?=.{1,255}$)(?:[a-zA-Z]+:)?[a-zA-Z](?:-?[a-zA-Z0-9])*$/,
    'must be a snapshot identifier, such as rs:analytics-2026-11-20-03-00-00 or before-the-change',
  );
