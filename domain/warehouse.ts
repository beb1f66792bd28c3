import { z } from 'zod';

/** https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html: ClusterIdentifier. */
export const clusterIdentifierSchema = z
  .string()
  .regex(
    /^(?=.{1,63}$)[a-z](?:-?[a-z0-9])*$/,
    'must be 1 to 63 lower-case letters, digits or single hyphens, beginning with a letter',
  );

/** https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_CreateWorkgroup.html: workgroupName. */
export const serverlessNameSchema = z
  .string()
  .regex(/^[a-z0-9-]{3,64}$/, 'must be 3 to 64 lower-case letters, digits or hyphens');

/** A provisioned cluster. */
export const provisionedWarehouseSchema = z.strictObject({
  clusterIdentifier: clusterIdentifierSchema.describe('Provisioned cluster'),
});

/** A serverless workgroup, and the namespace that holds its data. */
export const serverlessWarehouseSchema = z.strictObject({
  workgroupName: serverlessNameSchema.describe('Serverless workgroup'),
  namespaceName: serverlessNameSchema.optional().describe('Its namespace; looked up when absent'),
});

/** A target of restores and statements: a provisioned cluster or a serverless workgroup. One union, in this one place. */
export const warehouseSchema = z.union([provisionedWarehouseSchema, serverlessWarehouseSchema]);

export type Warehouse = z.infer<typeof warehouseSchema>;
export type ProvisionedWarehouse = z.infer<typeof provisionedWarehouseSchema>;
export type ServerlessWarehouse = z.infer<typeof serverlessWarehouseSchema>;

export const isProvisioned = (warehouse: Warehouse): warehouse is ProvisionedWarehouse =>
  'clusterIdentifier' in warehouse;

/** The warehouse's name for people, ids and search attributes. */
export function warehouseName(warehouse: Warehouse): string {
  return isProvisioned(warehouse) ? warehouse.clusterIdentifier : warehouse.workgroupName;
}

/** The warehouse as messages name it. */
export function warehouseHandles(warehouse: Warehouse): Record<string, string> {
  return isProvisioned(warehouse)
    ? { cluster: warehouse.clusterIdentifier }
    : {
        workgroup: warehouse.workgroupName,
        ...(warehouse.namespaceName && { namespace: warehouse.namespaceName }),
      };
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
