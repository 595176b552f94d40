/** Clusters of Aurora and their snapshots, as the stand-in of AWS answers for them. */
import { type Json, Refusal } from "./aws-wire";

export class AuroraServer {
  /** Names of the clusters. */
  readonly clusters = new Set<string>();
  /** Statuses of the next snapshot, one for each request; the last one stays. */
  statuses: readonly string[] = ["available"];
  readonly #snapshots = new Map<string, Json>();

  readonly operations: Record<string, (input: Json) => Json> = {
    "rds:DescribeDBClusters": ({ DBClusterIdentifier: id }) => {
      if (!this.clusters.has(String(id)))
        throw new Refusal("DBClusterNotFoundFault", `DBCluster ${id} not found.`, 404);
      return { DBClusters: [{ DBClusterIdentifier: id, DbClusterResourceId: `cluster-${id}` }] };
    },
    "rds:CreateDBClusterSnapshot": ({ DBClusterSnapshotIdentifier: id, DBClusterIdentifier }) => {
      this.#snapshots.set(String(id), { DBClusterSnapshotIdentifier: id, DBClusterIdentifier });
      return { DBClusterSnapshot: { DBClusterSnapshotIdentifier: id } };
    },
    "rds:DescribeDBClusterSnapshots": ({ DBClusterSnapshotIdentifier: id }) => {
      const [Status = "", ...later] = this.statuses;
      if (later.length > 0) this.statuses = later;
      return { DBClusterSnapshots: [{ ...this.#snapshots.get(String(id)), Status }] };
    },
  };
}
