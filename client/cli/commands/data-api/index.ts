import type { LookUpCommand } from '../../look-up-command';
import type * as Sources from '../sources';
import type * as Catalog from './catalog';
import type * as Statements from './statements';

/** A group of look-ups in the list of commands; the rest of it is loaded when the command line names it. */
export interface LookUpGroup {
  command: string;
  description: string;
  load(): LookUpCommand[];
}

const catalog = () => require('./catalog') as typeof Catalog;
const statements = () => require('./statements') as typeof Statements;

export const dataApiGroups: readonly LookUpGroup[] = [
  {
    command: 'sources',
    description: 'What a table can be restored from',
    load: () => (require('../sources') as typeof Sources).sourcesCommands,
  },
  {
    command: 'databases',
    description: 'Databases of a cluster or a workgroup',
    load: () => catalog().databasesCommands,
  },
  { command: 'schemas', description: 'Schemas of a database', load: () => catalog().schemasCommands },
  {
    command: 'tables',
    description: 'Tables of a database, and their columns',
    load: () => catalog().tablesCommands,
  },
  {
    command: 'statements',
    description: 'SQL statements of the Data API: list, show, result, cancel',
    load: () => statements().statementsCommands,
  },
];
