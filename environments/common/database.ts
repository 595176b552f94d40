/** Inputs that the database instances of all systems share. */
import { values } from "../../lib";
import type { SecurityGroups } from "../../modules/security-groups";
import type { Vpc } from "../../modules/vpc";
import { workloadsBoundaryArn } from "./delivery";
import type { Context, DatabaseSizing, PublicEnvironment } from "./environment";

interface WithDatabase extends PublicEnvironment {
  readonly sizing: PublicEnvironment["sizing"] & { readonly database: DatabaseSizing<number> };
}

export function databaseInputs(
  { environment, dataKeyArn, logsKeyArn, alertTopicArn }: Context<WithDatabase>,
  { vpc, groups }: { readonly vpc: InstanceType<typeof Vpc>; readonly groups: InstanceType<typeof SecurityGroups> },
  databaseName: string,
) {
  const { account, sizing } = environment;
  return {
    accountId: account.id,
    subnetIds: values(vpc.dataSubnetIds),
    securityGroupIds: [groups.ids.at("database")],
    kmsKeyArn: dataKeyArn,
    logKmsKeyArn: logsKeyArn,
    alertTopicArn,
    databaseName,
    ...sizing.database,
    logRetentionDays: sizing.logRetentionDays,
    permissionsBoundaryArn: workloadsBoundaryArn(account),
  };
}
