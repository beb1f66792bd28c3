import type { DataApiAccess, Warehouse } from '../../domain/warehouse';

/** Where a statement runs and as whom. */
export interface DataTarget {
  warehouse: Warehouse;
  database: string;
  access?: DataApiAccess;
}

/** The Data API members that name the warehouse, the database and the sign-in. */
export function targetMembers({ warehouse, database, access }: DataTarget) {
  return {
    ClusterIdentifier: warehouse.clusterIdentifier,
    Database: database,
    SecretArn: access?.secretArn,
    DbUser: access?.dbUser,
  };
}
