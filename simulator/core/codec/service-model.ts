import { NormalizedSchema } from '@smithy/core/schema';

/**
 * The one place that knows how the AWS SDK writes its service models down. Each SDK client exports its service's
 * operations, shapes and errors as data ("schemas"); here they become plain descriptions that the simulator's own codecs
 * walk. Only the *model* is shared with the SDK, not its serialisers (docs/adr/0003).
 * The schemas carry no lengths, ranges or enums: the few that matter are checked by the service rooms.
 */

export type Shape =
  | StructureShape
  | ListShape
  | MapShape
  | { kind: 'timestamp'; format: 'default' | 'date-time' | 'epoch-seconds' | 'http-date' }
  | { kind: 'string' | 'boolean' | 'number' | 'blob' | 'document' | 'unit' };

export interface StructureShape {
  kind: 'structure';
  name: string;
  union: boolean;
  /** Resolved on first use, because shapes may contain themselves (DynamoDB's AttributeValue does). */
  readonly members: readonly Member[];
}

export interface ListShape {
  kind: 'list';
  readonly item: Shape;
  /** Tag of one element in XML and in query parameter names. */
  readonly itemName: string;
}

export interface MapShape {
  kind: 'map';
  readonly value: Shape;
  /** Tags of an entry's key and value in XML and in query parameter names; SNS has its own. */
  readonly keyName: string;
  readonly valueName: string;
}

export interface Member {
  name: string;
  /** Name in XML and in query parameters. */
  xmlName: string;
  jsonName: string;
  /** A list without its own wrapping element. */
  flattened: boolean;
  required: boolean;
  readonly shape: Shape;
}

export interface OperationModel {
  name: string;
  input: Shape;
  output: Shape;
}

export interface ErrorModel {
  /** The code on the wire, e.g. `InvalidClusterState`; for JSON services the shape name. */
  code: string;
  shapeName: string;
  status: number;
  shape: StructureShape;
}

export interface ServiceModel {
  /** e.g. `com.amazonaws.redshiftdata`, the prefix of `__type`. */
  namespace: string;
  operations: ReadonlyMap<string, OperationModel>;
  /** By wire code. */
  errors: ReadonlyMap<string, ErrorModel>;
}

/** Smithy's static schema kinds, first element of each schema array. */
const operationKind = 9;
const errorKind = -3;
const timestampFormats = {
  4: 'default',
  5: 'date-time',
  6: 'http-date',
  7: 'epoch-seconds',
} as const;

interface MemberTraits {
  xmlName?: string;
  jsonName?: string;
  xmlFlattened?: unknown;
}

const cache = new WeakMap<object, Shape>();

/**
 * @param client the module namespace of an AWS SDK client package.
 * @param queryCodes whether the service is spoken to in the query protocol, where errors have codes of their own; a JSON
 *   service may name them in its model too (DynamoDB's `Throttling`), but answers its shape names.
 */
export function readServiceModel(client: object, queryCodes: boolean): ServiceModel {
  const schemas = Object.values(client).filter((value): value is unknown[] => Array.isArray(value));
  const operations = new Map<string, OperationModel>();
  const errors = new Map<string, ErrorModel>();
  let namespace = '';
  for (const schema of schemas) {
    if (schema[0] === operationKind) {
      const name = String(schema[2]);
      namespace = String(schema[1]);
      operations.set(name, { name, input: shapeOf(schema[4]), output: shapeOf(schema[5]) });
    } else if (schema[0] === errorKind) {
      const model = errorModel(schema, queryCodes);
      if (model !== undefined) errors.set(model.code, model);
    }
  }
  return { namespace, operations, errors };
}

function errorModel(schema: unknown[], queryCodes: boolean): ErrorModel | undefined {
  const shapeName = String(schema[2]);
  // The SDK's synthetic base class of a service's errors is never on the wire.
  if (String(schema[1]).startsWith('smithy.ts.sdk.synthetic')) return undefined;
  const traits = NormalizedSchema.of(schema as never).getMergedTraits();
  const [queryCode, queryStatus] = ((queryCodes && traits.awsQueryError) || []) as [string?, number?];
  const status = Number(queryStatus ?? traits.httpError ?? (traits.error === 'server' ? 500 : 400));
  return { code: queryCode ?? shapeName, shapeName, status, shape: shapeOf(schema) as StructureShape };
}

function shapeOf(schema: unknown): Shape {
  return fromNormalized(NormalizedSchema.of(schema as never));
}

function fromNormalized(ns: NormalizedSchema): Shape {
  const raw = ns.getSchema() as unknown;
  const key = typeof raw === 'object' && raw !== null ? raw : undefined;
  const known = key && cache.get(key);
  if (known !== undefined) return known;
  const shape = describe(ns, raw);
  if (key !== undefined) cache.set(key, shape);
  return shape;
}

function describe(ns: NormalizedSchema, raw: unknown): Shape {
  if (ns.isStructSchema()) return structure(ns, raw as unknown[]);
  if (ns.isListSchema()) {
    return {
      kind: 'list',
      get item() {
        return fromNormalized(ns.getValueSchema());
      },
      get itemName() {
        return traitsOf(ns.getValueSchema()).xmlName ?? 'member';
      },
    };
  }
  if (ns.isMapSchema()) {
    return {
      kind: 'map',
      get value() {
        return fromNormalized(ns.getValueSchema());
      },
      get keyName() {
        return traitsOf(ns.getKeySchema()).xmlName ?? 'key';
      },
      get valueName() {
        return traitsOf(ns.getValueSchema()).xmlName ?? 'value';
      },
    };
  }
  if (ns.isTimestampSchema()) {
    return { kind: 'timestamp', format: timestampFormats[raw as keyof typeof timestampFormats] };
  }
  if (ns.isBlobSchema()) return { kind: 'blob' };
  if (ns.isBooleanSchema()) return { kind: 'boolean' };
  if (ns.isNumericSchema() || ns.isBigIntegerSchema() || ns.isBigDecimalSchema()) return { kind: 'number' };
  if (ns.isDocumentSchema()) return { kind: 'document' };
  if (ns.isUnitSchema()) return { kind: 'unit' };
  return { kind: 'string' };
}

function structure(ns: NormalizedSchema, raw: unknown[]): StructureShape {
  // Required members come first; their number follows the member types (static struct schema, index 6).
  const requiredCount = typeof raw[6] === 'number' ? raw[6] : 0;
  let members: Member[] | undefined;
  return {
    kind: 'structure',
    name: ns.getName() ?? 'Structure',
    union: ns.isUnionSchema(),
    get members() {
      members ??= [...ns.structIterator()].map(([name, member], index) => {
        const traits = traitsOf(member);
        return {
          name,
          xmlName: traits.xmlName ?? name,
          jsonName: traits.jsonName ?? name,
          flattened: Boolean(traits.xmlFlattened),
          required: index < requiredCount,
          get shape() {
            return fromNormalized(member);
          },
        };
      });
      return members;
    },
  };
}

/** Only what the member itself says: a target's own xmlName names documents, not members. */
function traitsOf(member: NormalizedSchema): MemberTraits {
  return (member.getMemberTraits() as MemberTraits | 0) || {};
}
