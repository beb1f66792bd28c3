import { defineSearchAttributeKey } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { Subject } from '../domain/operations';
import { expandInput } from '../domain/scheduled-input';
import type { Parsed } from '../domain/validation';

/** Set by Temporal on every run that a schedule starts, also by a trigger or a backfill; a reset keeps it. */
const scheduledStartTime = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

/** The time for which this run was scheduled, in milliseconds since 1970; undefined when no schedule started it. */
export function scheduledAtMs(): number | undefined {
  return workflowInfo().typedSearchAttributes.get(scheduledStartTime)?.getTime();
}

/**
 * The input as it is for this run: of a scheduled one with its time in it. Where that time is read from is part of the
 * first event, so that every replay and every reset has the same input.
 */
export function inputOfRun(input: unknown): Parsed<unknown> {
  const scheduledAt = scheduledAtMs();
  return scheduledAt === undefined ? { ok: true, value: input } : expandInput(input, scheduledAt);
}

const warehouseAttribute = defineSearchAttributeKey('UndropWarehouse', 'KEYWORD');
const tableAttribute = defineSearchAttributeKey('UndropTable', 'KEYWORD');

/**
 * Makes a scheduled run findable by what it is really about: its schedule could only say `orders_{{scheduled:yyyyMMdd}}`,
 * or `as of 24h`.
 */
export function tellSubject(subject: Subject): void {
  if (scheduledAtMs() === undefined) return;
  const { typedSearchAttributes: told } = workflowInfo();
  if (told.get(warehouseAttribute) === subject.warehouse && told.get(tableAttribute) === subject.table)
    return;
  upsertSearchAttributes([
    { key: warehouseAttribute, value: subject.warehouse },
    { key: tableAttribute, value: subject.table },
  ]);
}
