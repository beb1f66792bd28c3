import { readServiceModel, type ServiceModel } from './codec/service-model';
import type { Operations, ServiceName } from './types';

export type ProtocolName = 'query' | 'json-1.0' | 'json-1.1';

/** How a service is spoken to (docs/aws-notes.md, 5). S3's REST is not among these: its room reads the raw request. */
interface ServiceProtocol {
  service: ServiceName;
  protocol: ProtocolName;
  /** Before the dot in `x-amz-target`. */
  targetPrefix?: string;
  /** Namespace of the XML answer. */
  xmlNamespace?: string;
  /** Loaded on first use: each SDK client takes a tenth of a second. */
  loadClient: () => object;
}

/* eslint-disable @typescript-eslint/no-require-imports */
const protocols: ServiceProtocol[] = [
  {
    service: 'redshift',
    protocol: 'query',
    xmlNamespace: 'http://redshift.amazonaws.com/doc/2012-12-01/',
    loadClient: () => require('@aws-sdk/client-redshift') as object,
  },
  {
    service: 'redshift-serverless',
    protocol: 'json-1.1',
    targetPrefix: 'RedshiftServerless',
    loadClient: () => require('@aws-sdk/client-redshift-serverless') as object,
  },
  {
    service: 'redshift-data',
    protocol: 'json-1.1',
    targetPrefix: 'RedshiftData',
    loadClient: () => require('@aws-sdk/client-redshift-data') as object,
  },
  {
    service: 'dynamodb',
    protocol: 'json-1.0',
    targetPrefix: 'DynamoDB_20120810',
    loadClient: () => require('@aws-sdk/client-dynamodb') as object,
  },
  {
    service: 'sns',
    protocol: 'query',
    xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    loadClient: () => require('@aws-sdk/client-sns') as object,
  },
  {
    service: 'sts',
    protocol: 'query',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    loadClient: () => require('@aws-sdk/client-sts') as object,
  },
];
/* eslint-enable @typescript-eslint/no-require-imports */

/** One service that the simulator answers for: its protocol, its model, and the operations that are really simulated. */
export interface Service {
  readonly name: ServiceName;
  readonly protocol: ProtocolName;
  readonly targetPrefix?: string;
  readonly xmlNamespace?: string;
  readonly model: ServiceModel;
  readonly operations: Operations;
}

const models = new Map<ServiceName, ServiceModel>();

/**
 * @throws Error when an operation is not in the service's model: a handler under a misspelt name would never be called.
 */
export function createService(name: ServiceName, operations: Operations): Service {
  const found = protocols.find(({ service }) => service === name);
  if (found === undefined)
    throw new Error(`service cannot be built [service=${name}]: no protocol is known for it`);
  const model = models.get(name) ?? readServiceModel(found.loadClient(), found.protocol === 'query');
  models.set(name, model);
  const unknown = Object.keys(operations).filter((operation) => !model.operations.has(operation));
  if (unknown.length > 0) {
    throw new Error(
      `service cannot be built [service=${name}]: its model has no operation ${unknown.join(', ')}`,
    );
  }
  return {
    name,
    protocol: found.protocol,
    targetPrefix: found.targetPrefix,
    xmlNamespace: found.xmlNamespace,
    model,
    operations,
  };
}
