/** Database instances as RDS describes them. */
import { type DBInstance, DescribeDBInstancesCommand, type RDSClient } from "@aws-sdk/client-rds";
import { AwsError, aws, ServiceError } from "./failure";

/** @throws AwsError if there is none of this name */
export async function readDatabase(rds: RDSClient, id: string): Promise<DBInstance> {
  const { DBInstances } = await aws("rds:DescribeDBInstances", id, () =>
    rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: id })),
  );
  const [instance] = DBInstances ?? [];
  if (instance === undefined) throw new ServiceError(`rds:DescribeDBInstances of ${id} failed: no answer`);
  return instance;
}

export async function findDatabase(rds: RDSClient, id: string): Promise<DBInstance | undefined> {
  try {
    return await readDatabase(rds, id);
  } catch (error) {
    if (error instanceof AwsError && error.code.startsWith("DBInstanceNotFound")) return undefined;
    throw error;
  }
}
