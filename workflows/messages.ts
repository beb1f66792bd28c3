import { defineQuery } from '@temporalio/workflow';
import type { RunState } from '../domain/run-state';

/** The run as people see it: steps, timeline, AWS handles, outcome, remedy. */
export const runStateQuery = defineQuery<RunState>('runState');

/** What each finished step returned, by its name: for a run that goes on from this one. */
export const stepResultsQuery = defineQuery<Record<string, unknown>>('stepResults');
