import { z } from 'zod';

/** https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html: ClusterIdentifier. */
export const clusterIdentifierSchema = z
  .string()
  .regex(
    /^(?=.{1,63}$)[a-z](?:-?[a-z0-9])*$/,
    'must be 1 to 63 lower-case letters, digits or single hyphens, beginning with a letter',
  );

/** A provisioned cluster. */
export const provisionedWarehouseSchema = z.strictObject({
  clusterIdentifier: clusterIdentifierSchema.describe('Provisioned cluster'),
});

/** A target of restores and statements: today a provisioned cluster. One union, in this one place. */
export const warehouseSchema = provisionedWarehouseSchema;

export type Warehouse = z.infer<typeof warehouseSchema>;

/** The warehouse's name for people, ids and search attributes. */
export function warehouseName(warehouse: Warehouse): string {
  return warehouse.clusterIdentifier;
}

/**
 * How the Data API signs in: a secret, a database user (GetClusterCredentials), or, with neither, the worker's IAM
 * identity (GetClusterCredentialsWithIAM). Never a password.
 */
export const dataApiAccessSchema = z
  .strictObject({
    secretArn: z
      .string()
      .regex(/^arn:[^:]+:secretsmanager:/, 'must be the ARN of a Secrets Manager secret')
      .optional()
      .describe('Secrets Manager secret with the database login'),
    dbUser: z.string().min(1).max(128).optional().describe('Database user for temporary credentials'),
  })
  .refine((access) => !(access.secretArn && access.dbUser), {
    error: 'give secretArn or dbUser, not both',
    path: ['dbUser'],
  });

export type DataApiAccess = z.infer<typeof dataApiAccessSchema>;
