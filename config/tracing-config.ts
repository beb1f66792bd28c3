import { read, type ConfigProblem, type Environment } from './config-error';

/**
 * Whether traces are sent, by OpenTelemetry's own variables: when an OTLP endpoint is named, or OTEL_TRACES_EXPORTER is
 * `otlp`; never with OTEL_TRACES_EXPORTER=none or OTEL_SDK_DISABLED=true. The exporter reads the rest of them itself.
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export function parseTracing(env: Environment, problems: ConfigProblem[]): boolean {
  if (read(env, 'OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return false;
  const exporter = read(env, 'OTEL_TRACES_EXPORTER');
  if (exporter === 'none') return false;
  const endpoints = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'] as const;
  const named = endpoints.filter((variable) => read(env, variable) !== undefined);
  const wanted = exporter === 'otlp' || (exporter === undefined && named.length > 0);
  if (!wanted) {
    if (exporter !== undefined)
      problems.push({ variable: 'OTEL_TRACES_EXPORTER', problem: `must be otlp or none, not "${exporter}"` });
    return false;
  }
  for (const variable of named) {
    const text = read(env, variable)!;
    if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
      problems.push({ variable, problem: 'must be an http or https URL, such as http://localhost:4318' });
  }
  const protocols = ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL'] as const;
  for (const variable of protocols) {
    if (read(env, variable) === 'grpc')
      problems.push({ variable, problem: 'must not be grpc: traces are sent as JSON over HTTP (port 4318)' });
  }
  return true;
}
