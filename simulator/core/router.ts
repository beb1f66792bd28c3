import { jsonProtocol, queryParameters, queryProtocol, type Protocol } from './protocol';
import type { Service } from './services';
import type { RawRequest } from './types';

/** Where a request goes. `service` is absent when it names an operation or service that is not simulated. */
export type Route =
  | { kind: 'control' }
  | { kind: 's3' }
  | { kind: 'operation'; protocol: Protocol; service?: Service; operation: string };

/**
 * Tells requests apart as AWS's endpoints would: `x-amz-target` is a JSON service, `Action=` the query protocol, and
 * everything else path-style S3. No signature is verified; the credential scope only feeds the log.
 */
export function createRouter(
  services: readonly Service[],
  statusMode: () => 'model' | '400',
): (request: RawRequest) => Route {
  const json = { '1.0': jsonProtocol('1.0', statusMode), '1.1': jsonProtocol('1.1', statusMode) };
  return (request) => {
    if (request.path === '/_simulator' || request.path.startsWith('/_simulator/')) return { kind: 'control' };
    const target = request.headers['x-amz-target'];
    if (target !== undefined) {
      const dot = target.lastIndexOf('.');
      const service = services.find(({ targetPrefix }) => targetPrefix === target.slice(0, dot));
      const version = request.headers['content-type']?.includes('json-1.0') ? '1.0' : '1.1';
      return { kind: 'operation', protocol: json[version], service, operation: target.slice(dot + 1) };
    }
    const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
    if (form || (request.path === '/' && request.query.has('Action'))) {
      const operation = queryParameters(request).get('Action') ?? '';
      const queryServices = services.filter(({ protocol }) => protocol === 'query');
      const service =
        queryServices.find(({ operations }) => Object.hasOwn(operations, operation)) ?? queryServices[0];
      return { kind: 'operation', protocol: queryProtocol, service, operation };
    }
    return { kind: 's3' };
  };
}
