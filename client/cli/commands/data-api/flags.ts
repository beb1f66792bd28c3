import { dataApiFlags, under, warehouseFlags } from '../../flag-sets';
import type { Flag } from '../../flags';

/** The namespace is of no use to the Data API, which asks the workgroup. */
export const dataWarehouseFlags: Flag[] = under(
  'Where:',
  warehouseFlags.filter(({ flag }) => flag !== '--namespace-name'),
);

export const loginFlags: Flag[] = under('Database login:', dataApiFlags);

export const databaseFlag: Flag = {
  flag: '--database',
  path: 'database',
  type: 'text',
  value: '<name>',
  description: 'database to look into',
  required: true,
  heading: 'Where:',
};

export const connectedDatabaseFlag: Flag = {
  flag: '--connected-database',
  path: 'connectedDatabase',
  type: 'text',
  value: '<name>',
  description: 'database to connect to, when it is another one (default: the same)',
  heading: 'Where:',
};

export const pattern = (flag: string, path: string, what: string): Flag => ({
  flag,
  path,
  type: 'text',
  value: '<pattern>',
  description: `${what} that fit; % is any text, _ one character`,
});

export const pageFlags: Flag[] = [
  { flag: '--limit', path: 'limit', type: 'integer', value: '<n>', description: 'so many entries at most' },
  {
    flag: '--page',
    path: 'pageToken',
    type: 'text',
    value: '<token>',
    description: 'the next page, as the list before named it',
  },
];

/** What to say when there are more entries. */
export const moreNotes = (nextPageToken: string | undefined): string[] =>
  nextPageToken === undefined ? [] : [`there are more: --page ${nextPageToken}`];
