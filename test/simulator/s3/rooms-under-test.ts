import { DynamoDBClient, type DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { dispatch } from '../../../simulator/core/dispatch';
import { createFaultBook, type FaultBook } from '../../../simulator/core/faults';
import { startHttpServer } from '../../../simulator/core/http-server';
import {
  createEffectLog,
  createOperationLog,
  type EffectLog,
  type OperationLog,
} from '../../../simulator/core/log';
import { silentLogger } from '../../../simulator/core/logger';
import { createRouter } from '../../../simulator/core/router';
import { createService } from '../../../simulator/core/services';
import type { Settings } from '../../../simulator/core/settings';
import { createWorld, type SimWorld } from '../../../simulator/core/sim-world';
import { createDynamoDb } from '../../../simulator/dynamodb';
import { createS3 } from '../../../simulator/s3';

/** DynamoDB and S3 behind the simulator's real HTTP server, on a clock that only moves when told to; no SQL engine. */
export interface Rooms {
  world: SimWorld;
  log: OperationLog;
  effects: EffectLog;
  faults: FaultBook;
  dynamodb: DynamoDBClient;
  s3: S3Client;
  advance(seconds: number): void;
  now(): Date;
  close(): Promise<void>;
}

export const startOfTime = new Date('2026-11-20T12:00:00.000Z');

export async function startRooms(
  options: { region?: string; settings?: Partial<Settings> } = {},
): Promise<Rooms> {
  const { region = 'eu-central-1', settings } = options;
  const world = createWorld({
    createWarehouse: () => Promise.reject(new Error('no SQL here')),
    settings: { clockSpeed: 0, ...settings },
    start: startOfTime,
    region,
  });
  const s3Room = createS3(world);
  world.setObjects(s3Room.store);
  const service = createService('dynamodb', createDynamoDb(world));
  const log = createOperationLog(world.clock);
  const effects = createEffectLog(world.clock);
  const faults = createFaultBook();
  const parts = { world, log, effects, faults, s3: s3Room, logger: silentLogger };
  const route = createRouter([service], () => world.settings.jsonErrorStatus);
  const server = await startHttpServer(0, (request) => dispatch(parts, route(request), request));
  const common = {
    region,
    endpoint: `http://127.0.0.1:${server.port}`,
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
    maxAttempts: 1,
  };
  const dynamodb = new DynamoDBClient(common);
  const s3 = new S3Client({ ...common, forcePathStyle: true });
  return {
    world,
    log,
    effects,
    faults,
    dynamodb,
    s3,
    advance: (seconds) => world.clock.advance(seconds),
    now: () => world.clock.now(),
    async close() {
      dynamodb.destroy();
      s3.destroy();
      await server.close();
      await world.close();
    },
  };
}

/** What a refused call was refused with: `Code: message`, so that a test reads both at once. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    const { name, message } = error as DynamoDBServiceException;
    return `${name}: ${message}`;
  }
  return 'accepted';
}
