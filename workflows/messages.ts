import { defineQuery } from '@temporalio/workflow';
import type { RunState } from '../domain/run-state';

/** The run as people see it: steps, timeline, AWS handles, outcome, remedy. */
export const runStateQuery = defineQuery<RunState>('runState');
