/** The replication instance in the subnets of another root, which are found by their names. */
import { DataAwsKmsAlias } from "@cdktf/provider-aws/lib/data-aws-kms-alias";
import { DataAwsSecurityGroup } from "@cdktf/provider-aws/lib/data-aws-security-group";
import { DataAwsSubnets } from "@cdktf/provider-aws/lib/data-aws-subnets";
import { DmsReplicationInstance } from "@cdktf/provider-aws/lib/dms-replication-instance";
import { DmsReplicationSubnetGroup } from "@cdktf/provider-aws/lib/dms-replication-subnet-group";
import type { Construct } from "constructs";
import { type Expression, resource } from "../../lib";

interface Instance {
  readonly name: Expression<string>;
  readonly subnetNames: Expression<string[]>;
  readonly securityGroupName: Expression<string>;
  readonly kmsKeyAlias: Expression<string>;
  readonly engineVersion: Expression<string>;
  readonly instanceClass: Expression<string>;
  readonly allocatedStorageGiB: Expression<number>;
}

export function replicationInstance(scope: Construct, input: Instance) {
  const subnets = resource(
    scope,
    DataAwsSubnets,
    "this",
    { filter: [{ name: "tag:Name", values: input.subnetNames }] },
    { ids: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] },
  );
  const group = resource(
    scope,
    DataAwsSecurityGroup,
    "this",
    { filter: [{ name: "tag:Name", values: [input.securityGroupName] }] },
    { id: "sg-0123456789abcdef0" },
  );
  const key = resource(
    scope,
    DataAwsKmsAlias,
    "this",
    { name: input.kmsKeyAlias },
    { targetKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" },
  );
  const kmsKeyArn = key.targetKeyArn;
  const subnetGroup = resource(scope, DmsReplicationSubnetGroup, "this", {
    replicationSubnetGroupId: input.name,
    replicationSubnetGroupDescription: "Private subnets of the migration",
    subnetIds: subnets.ids,
  });
  const instance = resource(scope, DmsReplicationInstance, "this", {
    replicationInstanceId: input.name,
    replicationInstanceClass: input.instanceClass,
    allocatedStorage: input.allocatedStorageGiB,
    engineVersion: input.engineVersion,
    autoMinorVersionUpgrade: false,
    applyImmediately: true,
    publiclyAccessible: false,
    multiAz: false,
    kmsKeyArn,
    replicationSubnetGroupId: subnetGroup.replicationSubnetGroupId,
    vpcSecurityGroupIds: [group.id],
  });
  return { instance, kmsKeyArn };
}
