import type { Connection } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';
import { searchAttributes } from '../domain/search-attributes';

/** How the CLI and the API (enum IndexedValueType) name the SDK's types. */
export const searchAttributeTypes: Readonly<Record<SearchAttributeType, { cli: string; api: number }>> = {
  TEXT: { cli: 'Text', api: 1 },
  KEYWORD: { cli: 'Keyword', api: 2 },
  INT: { cli: 'Int', api: 3 },
  DOUBLE: { cli: 'Double', api: 4 },
  BOOL: { cli: 'Bool', api: 5 },
  DATETIME: { cli: 'Datetime', api: 6 },
  KEYWORD_LIST: { cli: 'KeywordList', api: 7 },
};

type Wanted = Readonly<Record<string, SearchAttributeType>>;

/** What a namespace has of the search attributes that are wanted. */
export interface SearchAttributeState {
  present: string[];
  missing: string[];
  /** There under the same name, with another type. */
  conflicting: string[];
}

/** @throws the gRPC error, untranslated: not every server lets everybody look. */
export async function lookAtSearchAttributes(
  connection: Connection,
  namespace: string,
  wanted: Wanted = searchAttributes,
): Promise<SearchAttributeState> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const state: SearchAttributeState = { present: [], missing: [], conflicting: [] };
  for (const [name, type] of Object.entries(wanted)) {
    const found: number | undefined = customAttributes[name];
    const list =
      found === undefined ? 'missing' : found === searchAttributeTypes[type].api ? 'present' : 'conflicting';
    state[list].push(name);
  }
  return state;
}

/**
 * Registers those search attributes that the namespace does not have yet; doing it twice changes nothing.
 * @returns what was there before; `missing` is what was registered now.
 * @throws Error when a name is there with another type (nothing is registered then), or when the server refuses.
 */
export async function registerSearchAttributes(
  connection: Connection,
  namespace: string,
  wanted: Wanted = searchAttributes,
): Promise<SearchAttributeState> {
  const state = await lookAtSearchAttributes(connection, namespace, wanted);
  const { conflicting } = state;
  if (conflicting.length > 0)
    throw new SearchAttributeConflict(namespace, conflicting, wanted[conflicting[0]!]!);
  if (state.missing.length > 0) {
    const types = state.missing.map((name) => [name, searchAttributeTypes[wanted[name]!].api]);
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(types),
    });
  }
  return state;
}

/** A namespace has an attribute of one of our names with another type. */
export class SearchAttributeConflict extends Error {
  override readonly name = 'SearchAttributeConflict';

  constructor(
    namespace: string,
    readonly names: readonly string[],
    type: SearchAttributeType,
  ) {
    super(
      `search attribute not registered [name=${names.join(', ')}, namespace=${namespace}, type=${type}]: it is there with another type`,
    );
  }
}

/** Temporal Cloud, whose search attributes are no matter of the operator API. */
export const isTemporalCloud = (address: string) => /\.(tmprl\.cloud|temporal\.io)(:\d+)?$/.test(address);

/** The command that registers them without Undrop, in one line for a shell. */
export function registerCommand(
  { address, namespace }: { address: string; namespace: string },
  names: readonly string[] = Object.keys(searchAttributes),
): string {
  if (isTemporalCloud(address)) {
    const each = names.map((name) => `--search-attribute "${name}=Keyword"`);
    return `tcld namespace search-attributes add --namespace ${namespace} ${each.join(' ')}`;
  }
  const each = names.map((name) => `--name ${name} --type Keyword`);
  return `temporal operator search-attribute create --address ${address} --namespace ${namespace} ${each.join(' ')}`;
}
