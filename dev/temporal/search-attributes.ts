import type { Connection } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';

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

/**
 * Registers those search attributes that the namespace does not have yet; doing it twice changes nothing.
 * @returns the names that were registered.
 * @throws Error when a name is there with another type, or when the server refuses.
 */
export async function registerSearchAttributes(
  connection: Connection,
  namespace: string,
  wanted: Readonly<Record<string, SearchAttributeType>>,
): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.entries(wanted).filter(([name, type]) => {
    const present: number | undefined = customAttributes[name];
    if (present === undefined) return true;
    if (present === searchAttributeTypes[type].api) return false;
    throw new Error(
      `search attribute not registered [name=${name}, namespace=${namespace}, type=${type}]: ` +
        'it is there with another type',
    );
  });
  if (missing.length > 0) {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(
        missing.map(([name, type]) => [name, searchAttributeTypes[type].api]),
      ),
    });
  }
  return missing.map(([name]) => name);
}
