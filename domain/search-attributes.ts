/**
 * The search attributes that make runs findable in the Temporal UI and by the CLI's filters. All keywords: a Temporal
 * namespace on SQL visibility has room for ten. Registered on a dev server by dev/temporal, elsewhere by `undrop setup`.
 */
export const searchAttributes = {
  UndropOperation: 'KEYWORD',
  UndropWarehouse: 'KEYWORD',
  UndropTable: 'KEYWORD',
  UndropOutcome: 'KEYWORD',
} as const;

export type SearchAttributeName = keyof typeof searchAttributes;
