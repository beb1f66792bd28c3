import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { OpenTelemetryWorkflowClientInterceptor } from '@temporalio/interceptors-opentelemetry-v2';

export { traceWorker } from './worker';

/** The spans of this process on their way to the collector. */
export interface Tracing {
  resource: Resource;
  processor: SpanProcessor;
  /** For Temporal's client: a span around each start of a run, which the worker's spans then belong to. */
  clientInterceptor: () => OpenTelemetryWorkflowClientInterceptor;
  /** Sends what is still here. Whoever traces must not be held up by a collector that is away: `limitMs` at most. */
  flush: (limitMs?: number) => Promise<void>;
}

let started: Tracing | undefined;

/**
 * Sends spans over OTLP (JSON over HTTP), to where the OTEL_EXPORTER_OTLP_* variables say. Once a process; the name that
 * came first stays. A tracer provider that the process has already is left in its place and gets the spans.
 */
export function startTracing(serviceName: string): Tracing {
  return (started ??= start(serviceName));
}

function start(serviceName: string): Tracing {
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': serviceName }))
    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have the last word.
    .merge(detectResources({ detectors: [envDetector] }));
  const processor = new BatchSpanProcessor(new OTLPTraceExporter());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ resource, spanProcessors: [processor] }));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return {
    resource,
    processor,
    clientInterceptor: () => new OpenTelemetryWorkflowClientInterceptor(),
    async flush(limitMs = 2_000) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, limitMs)));
      // A collector that refuses or is away costs its spans, nothing else.
      await Promise.race([processor.forceFlush().catch(() => undefined), late]);
      clearTimeout(timer);
    },
  };
}
