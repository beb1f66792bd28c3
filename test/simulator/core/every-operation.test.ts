import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as redshift from '@aws-sdk/client-redshift';
import * as redshiftData from '@aws-sdk/client-redshift-data';
import * as redshiftServerless from '@aws-sdk/client-redshift-serverless';
import * as sns from '@aws-sdk/client-sns';
import * as sts from '@aws-sdk/client-sts';
import { readCall } from '../../../simulator/core/call';
import { startHttpServer, type RunningServer } from '../../../simulator/core/http-server';
import { createRouter } from '../../../simulator/core/router';
import { createService, type Service } from '../../../simulator/core/services';
import { AwsError, type RequestContext, type ServiceName } from '../../../simulator/core/types';
import { createWorld } from '../../../simulator/core/sim-world';
import { createRooms } from '../../../simulator/rooms';
import { createMemoryWarehouse } from '../support/memory-warehouse';
import { sampleOf } from './sample';

// Every operation that any room registers is answered here by a sample with all members set, made from the service
// model, and must reach a real SDK client unchanged; so must the input on its way in, and every modelled error.

type Send = (command: object) => Promise<Record<string, unknown>>;
const sdks: Partial<Record<ServiceName, { module: Record<string, unknown>; client: string }>> = {
  redshift: { module: redshift, client: 'RedshiftClient' },
  'redshift-serverless': { module: redshiftServerless, client: 'RedshiftServerlessClient' },
  'redshift-data': { module: redshiftData, client: 'RedshiftDataClient' },
  dynamodb: { module: dynamodb, client: 'DynamoDBClient' },
  sns: { module: sns, client: 'SNSClient' },
  sts: { module: sts, client: 'STSClient' },
};

const world = createWorld({ createWarehouse: () => Promise.resolve(createMemoryWarehouse()) });
const registered = createRooms(world).services;
const cases = registered.flatMap((service) =>
  Object.keys(service.operations).map((operation) => [service.name, operation] as const),
);

let pick = 0;
let received: unknown;
let refusal: AwsError | undefined;
const services: Service[] = registered.map(({ name, operations }) =>
  createService(
    name,
    Object.fromEntries(
      Object.keys(operations).map((operation) => [operation, answerWithSample(name, operation)]),
    ),
  ),
);

function modelOf(service: string, operation: string) {
  return registered.find(({ name }) => name === service)!.model.operations.get(operation)!;
}

function answerWithSample(service: string, operation: string) {
  return (input: unknown): object => {
    received = input;
    if (refusal !== undefined) throw refusal;
    return (sampleOf(modelOf(service, operation).output, 'out', pick) ?? {}) as object;
  };
}

let server: RunningServer;
const clients = new Map<ServiceName, { send: Send; destroy(): void }>();
beforeAll(async () => {
  const route = createRouter(services, () => 'model');
  const context = {} as RequestContext;
  server = await startHttpServer(0, async (request) => {
    const call = readCall(route(request), request, 'request-1', {} as never);
    const response = await (call.refusal ? Promise.reject(call.refusal) : call.perform(context)).catch(
      (error) => call.refuse(error as AwsError),
    );
    return { kind: 'reply', response };
  });
  for (const [name, { module, client }] of Object.entries(sdks)) {
    const Client = module[client] as new (config: object) => { send: Send; destroy(): void };
    clients.set(
      name as ServiceName,
      new Client({
        endpoint: `http://127.0.0.1:${server.port}`,
        region: 'eu-central-1',
        credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
        maxAttempts: 1,
      }),
    );
  }
});
afterEach(() => (refusal = undefined));
afterAll(async () => {
  clients.forEach((client) => client.destroy());
  await server.close();
  await world.close();
});

function send(service: ServiceName, operation: string, input: unknown): Promise<Record<string, unknown>> {
  const Command = sdks[service]!.module[`${operation}Command`] as new (input: unknown) => object;
  return clients.get(service)!.send(new Command(input));
}

it('there are operations of every service that has a room', () => {
  expect(new Set(cases.map(([service]) => service))).toEqual(new Set(registered.map(({ name }) => name)));
  expect(cases.length).toBeGreaterThan(25);
});

describe.each(cases)('%s %s', (service, operation) => {
  it('carries every member of the input in, and of the output out, unchanged', async () => {
    for (pick = 0; pick < 10; pick += 3) {
      const input = sampleOf(modelOf(service, operation).input, 'in', pick);
      const { $metadata, ...output } = await send(service, operation, input);
      expect(received).toEqual(input);
      expect(output).toEqual(sampleOf(modelOf(service, operation).output, 'out', pick) ?? {});
      expect($metadata).toMatchObject({ httpStatusCode: 200, requestId: 'request-1' });
    }
  });
});

describe.each(registered.map((service) => [service.name, service] as const))(
  'errors of %s',
  (name, service) => {
    it("arrive as the SDK's own classes, with the model's code, status and members", async () => {
      const [operation] = Object.keys(service.operations) as [string];
      const input = sampleOf(modelOf(name, operation).input, 'in');
      for (const model of service.model.errors.values()) {
        const members = sampleOf(model.shape, 'error') as Record<string, unknown>;
        refusal = new AwsError(model.code, 'the reason', 499, members);
        const error = await send(name, operation, input).then(
          () => undefined,
          (caught: unknown) => caught,
        );
        const messages = ['message', 'Message'];
        const others = Object.entries(members).filter(([key]) => !messages.includes(key));
        expect(error).toBeInstanceOf(sdks[name]!.module[model.shapeName]);
        expect(error).toMatchObject({
          name: model.shapeName,
          message: 'the reason',
          $metadata: { httpStatusCode: model.status },
          ...(service.protocol === 'query' ? {} : Object.fromEntries(others)),
        });
      }
    });
  },
);
