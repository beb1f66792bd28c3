import type { RawService } from './core/call';
import { createService, type Service } from './core/services';
import type { SimWorld } from './core/sim-world';
import { AwsError, type RawRequest, type RequestContext, type ServiceName } from './core/types';
import { createDynamoDb } from './dynamodb';
import { createRedshiftRoom, type RedshiftRoom } from './redshift';
import { createRedshiftData } from './redshift-data';
import { createRedshiftServerlessRoom, type ServerlessRoom } from './redshift-serverless';
import { createS3, operationName, s3ErrorResponse } from './s3';
import { addressOf } from './s3/operation-name';
import { createSnsRoom, type SnsRoom } from './sns';
import { createSts } from './sts';

/** All services of one world. */
export interface Rooms {
  redshift: RedshiftRoom;
  serverless: ServerlessRoom;
  sns: SnsRoom;
  s3: ReturnType<typeof createS3>;
  /** S3 as the dispatcher needs it. */
  rawS3: RawService;
  /** Those that are spoken to in the query and JSON protocols. */
  services: Service[];
  /** Every warehouse there is, started or not: clusters and serverless namespaces. */
  warehouseNames(): string[];
  /** Whether there is such an operation here; S3's names follow from method and path, so any is. */
  simulates: (operation: string, service?: ServiceName) => boolean;
  /** Calls an operation from inside, e.g. for `/_simulator/state`; it is in no log. */
  call: (service: string, operation: string, input: object) => Promise<Record<string, unknown>>;
}

export function createRooms(world: SimWorld): Rooms {
  const s3 = createS3(world);
  world.setObjects(s3.store);
  const redshift = createRedshiftRoom(world);
  const serverless = createRedshiftServerlessRoom(world);
  const sns = createSnsRoom(world);
  const services = [
    createService('redshift', redshift.operations),
    createService('redshift-serverless', serverless.operations),
    createService('redshift-data', createRedshiftData(world)),
    createService('dynamodb', createDynamoDb(world)),
    createService('sns', sns.operations),
    createService('sts', createSts(world)),
  ];
  return {
    redshift,
    serverless,
    sns,
    s3,
    rawS3: rawS3(s3),
    services,
    simulates: (operation, service) =>
      service === 's3' ||
      (service === undefined && /^[A-Z][a-z]+\w*(Object|Bucket)/.test(operation)) ||
      services.some(
        ({ name, operations }) =>
          (service === undefined || service === name) && Object.hasOwn(operations, operation),
      ),
    warehouseNames: () => [
      ...redshift.context.state.clusters.keys(),
      ...serverless.context.state.namespaces.keys(),
    ],
    async call(serviceName, operation, input) {
      const service = services.find(({ name }) => name === serviceName);
      const handler = service?.operations[operation];
      if (handler === undefined) throw new Error(`nothing to call [operation=${serviceName}.${operation}]`);
      return (await handler(input, innerContext(world, serviceName, operation))) as Record<string, unknown>;
    },
  };
}

function rawS3(s3: Rooms['s3']): RawService {
  return {
    operationName: (request) => (readable(request) ? operationName(request) : 'Unreadable'),
    parameters(request) {
      if (!readable(request)) return {};
      const { bucket, key } = addressOf(request);
      return { Bucket: bucket, Key: key, ...Object.fromEntries(request.query) };
    },
    handle(request, context) {
      if (!readable(request)) throw new AwsError('InvalidURI', "Couldn't parse the specified URI.", 400);
      return s3.handle(request, context);
    },
    refuse: s3ErrorResponse,
  };
}

/** Whether the path's percent-encoding can be undone. */
function readable({ path }: RawRequest): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function innerContext(world: SimWorld, service: string, operation: string): RequestContext {
  return {
    requestId: 'inside',
    service: service as RequestContext['service'],
    operation,
    region: world.region,
    accountId: world.accountId,
    staleSeconds: 0,
    effect: () => 'inside',
  };
}
