import { type DataApiAccess, isProvisioned, type Warehouse } from '../../domain/warehouse';

/** Where a statement runs and as whom. */
export interface DataTarget {
  warehouse: Warehouse;
  database: string;
  access?: DataApiAccess;
}

/**
 * The Data API members that name the warehouse, the database and the sign-in: the one place of this service where a
 * cluster and a workgroup differ. AWS takes four combinations: a secret, a workgroup or a cluster with the caller's own
 * identity, a cluster with a database user.
 */
export function dataApiTarget({ warehouse, database, access }: DataTarget) {
  return {
    ...warehouseMembers(warehouse),
    Database: database,
    SecretArn: access?.secretArn,
    DbUser: access?.dbUser,
  };
}

/** The member that names the warehouse alone, for calls that connect to nothing. */
export function warehouseMembers(warehouse: Warehouse) {
  return isProvisioned(warehouse)
    ? { ClusterIdentifier: warehouse.clusterIdentifier }
    : { WorkgroupName: warehouse.workgroupName };
}
