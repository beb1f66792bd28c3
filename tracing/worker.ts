import {
  makeWorkflowExporter,
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryActivityOutboundInterceptor,
} from '@temporalio/interceptors-opentelemetry-v2';
import type { WorkerOptions } from '@temporalio/worker';
import type { Tracing } from '.';

/**
 * What makes a worker trace: spans around activities, their trace ids in log lines, and the way out for the spans of
 * workflows, which are made inside the traced bundle (dev/build.mjs).
 */
export function traceWorker({
  processor,
  resource,
}: Tracing): Required<Pick<WorkerOptions, 'interceptors' | 'sinks'>> {
  const exporter = makeWorkflowExporter(processor, resource).export;
  return {
    interceptors: {
      activity: [
        (context) => ({
          inbound: new OpenTelemetryActivityInboundInterceptor(context),
          outbound: new OpenTelemetryActivityOutboundInterceptor(context),
        }),
      ],
    },
    sinks: {
      exporter: {
        export: {
          // The whole of what is known of the run would become attributes, its memo with the record of the run too.
          fn: ({ workflowId, runId, workflowType, attempt }, ...spans) =>
            exporter.fn(
              { workflowId, runId, workflowType, attempt } as Parameters<typeof exporter.fn>[0],
              ...(spans as [never]),
            ),
        },
      },
    },
  };
}
