// Part of the traced bundle only (dev/build.mjs), after OpenTelemetry's own interceptors.
import { log, type WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** One line a run in the worker's log, which has the trace id beside the ids of the run: from the one to the other. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [
    {
      execute(input, next) {
        log.info('run is traced');
        return next(input);
      },
    },
  ],
});
