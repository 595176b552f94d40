/** Clusters of Aurora, and their snapshots. */
import { type Json, Refusal } from "./aws-wire";

export class Clusters {
  /** Names of the clusters. */
  readonly names = new Set<string>();
  readonly #snapshots = new Map<string, Json>();

  readonly operations: Record<string, (input: Json) => Json> = {
    "rds:DescribeDBClusters": ({ DBClusterIdentifier: id }) => {
      if (this.names.has(String(id)))
        return { DBClusters: [{ DBClusterIdentifier: id, DbClusterResourceId: `cluster-${id}` }] };
      throw new Refusal("DBClusterNotFoundFault", `DBCluster ${id} not found.`, 404);
    },
    "rds:CreateDBClusterSnapshot": ({ DBClusterSnapshotIdentifier, DBClusterIdentifier }) => {
      const snapshot = { DBClusterSnapshotIdentifier, DBClusterIdentifier, Status: "available" };
      this.#snapshots.set(String(DBClusterSnapshotIdentifier), snapshot);
      return { DBClusterSnapshot: snapshot };
    },
    "rds:DescribeDBClusterSnapshots": ({ DBClusterSnapshotIdentifier: id }) => ({
      DBClusterSnapshots: [this.#snapshots.get(String(id)) ?? {}],
    }),
  };
}
