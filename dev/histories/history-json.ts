import { createRequire } from 'node:module';
import type { History } from '@temporalio/common/lib/proto-utils';

interface ProtoJson {
  toJson: (type: unknown, message: unknown) => unknown;
  fromJson: (type: unknown, json: unknown, options: { ignoreUnknownFields: boolean }) => History;
}

// The SDK's own historyToJSON and historyFromJSON break when npm installs several copies of protobufjs ("type must be a
// Type"): the messages must be handled by the copy that they were made by.
const ofCommon = createRequire(require.resolve('@temporalio/common'));
const ofProto = createRequire(ofCommon.resolve('@temporalio/proto'));
const { fromJson, toJson } = ofProto('protobufjs/ext/protojson') as ProtoJson;
const { patchProtobufRoot } = ofCommon('@temporalio/proto/lib/patch-protobuf-root') as {
  patchProtobufRoot: (root: unknown) => { lookupType(name: string): { fromObject(value: object): unknown } };
};
const historyType = patchProtobufRoot(ofCommon('@temporalio/proto')).lookupType(
  'temporal.api.history.v1.History',
);

/** An Event History as the JSON that Temporal's tools write and read (`temporal workflow show --output json`). */
export function historyToJson(history: History): unknown {
  return toJson(historyType, historyType.fromObject(history));
}

/** @throws Error for anything that is no Event History. */
export function historyFromJson(json: unknown): History {
  return fromJson(historyType, json, { ignoreUnknownFields: true });
}
