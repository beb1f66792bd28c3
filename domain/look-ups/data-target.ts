import { z } from 'zod';
import { identifierSchema } from '../table-name';
import {
  dataApiAccessSchema,
  isProvisioned,
  type DataApiAccess,
  type Warehouse,
  warehouseSchema,
} from '../warehouse';

/** Fields of every input that connects to a database through the Data API. */
export const dataTargetFields = {
  warehouse: warehouseSchema,
  database: identifierSchema.describe('Database to look into'),
  dataApi: dataApiAccessSchema
    .optional()
    .describe("How to sign in to the database; the worker's identity when absent"),
};

/** Where to connect when the database looked into is another one. */
export const connectedDatabaseField = {
  connectedDatabase: identifierSchema
    .optional()
    .describe('Database to connect to, when it is not the one to look into (a datashare)'),
};

/** A pattern of LIKE, as ListTables takes it. */
export const patternSchema = z
  .string()
  .min(1)
  .max(1024)
  .describe('Pattern as of LIKE: % is any text, _ one character');

/** Fields of every list: so many entries at most, and where to go on. */
export const pageFields = (most: number, usual: number) => ({
  limit: z.number().int().min(1).max(most).default(usual).describe('So many entries at most'),
  pageToken: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe('Where to go on: nextPageToken of the page before'),
});

/** Of every answer that is a list. */
export const nextPageTokenSchema = z
  .string()
  .optional()
  .describe('Give it back as pageToken for the next page; absent on the last');

/** The problem of a database user with a workgroup: there AWS derives the user from the IAM identity. */
export const fitsTarget = (input: { warehouse?: Warehouse; dataApi?: DataApiAccess }): boolean =>
  !input.dataApi?.dbUser || !input.warehouse || isProvisioned(input.warehouse);

export const fitsTargetProblem = {
  error:
    'cannot be given for a workgroup, whose database user is made from the IAM identity; give secretArn instead',
  path: ['dataApi', 'dbUser'],
};
