import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DocdbCluster } from "@cdktf/provider-aws/lib/docdb-cluster";
import { DocdbClusterInstance } from "@cdktf/provider-aws/lib/docdb-cluster-instance";
import { DocdbClusterParameterGroup } from "@cdktf/provider-aws/lib/docdb-cluster-parameter-group";
import { DocdbSubnetGroup } from "@cdktf/provider-aws/lib/docdb-subnet-group";
import { DataResource } from "cdktf";
import { z } from "zod";
import {
  allowDocumentClients,
  arnOf,
  DOCUMENT_STORE_INPUTS,
  DOCUMENT_STORE_OUTPUTS,
  defineModule,
  documentStoreGroup,
  hcl,
  LOG_RETENTION_DAYS,
  resource,
  resourceForEach,
  sizing,
  text,
} from "../../lib";

const PORT = 27_017;

export const DocumentStoreDocumentdb = defineModule({
  name: "document-store-documentdb",
  description:
    "An Amazon DocumentDB cluster: encrypted with a customer managed key, TLS 1.2 enforced, master password managed in Secrets Manager, audit log, backups, final snapshot, deletion protection.",
  inputs: {
    ...DOCUMENT_STORE_INPUTS,
    clientSecurityGroupId: z.string().min(1).describe("Security group of the clients."),
    engineVersion: text(/^[5-9]\.\d\.\d$/, "a DocumentDB version from 5 on, such as 5.0.0", "4.0.0")
      .default("5.0.0")
      .describe("DocumentDB version. A new major version needs a new parameter group, and causes an outage."),
    instances: sizing(
      z.record(
        text(/^[a-z]$/, "a letter", "first"),
        z.object({ instanceClass: text(/^db\.[a-z0-9]+\.[a-z0-9]+$/, "a class such as db.t4g.medium", "t4g.medium") }),
      ),
    ).describe("Instances by letter. The cluster fails over from one to another; with one, an outage lasts minutes."),
    kmsKeyArn: arnOf("kms").describe("Key for storage, backups and the master password. It cannot be changed later."),
    backupRetentionDays: sizing(z.int().min(7).max(35)).describe("Retention of automated backups."),
    logKmsKeyArn: arnOf("kms").describe("Key that encrypts the audit log."),
    logRetentionDays: sizing(LOG_RETENTION_DAYS).describe("Retention of the audit log."),
  },
  outputs: DOCUMENT_STORE_OUTPUTS,
  example: {
    name: "shop",
    vpcId: "vpc-0123456789abcdef0",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    clientSecurityGroupId: "sg-0123456789abcdef0",
    instances: { a: { instanceClass: "db.t4g.medium" }, b: { instanceClass: "db.t4g.medium" } },
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    backupRetentionDays: 14,
    logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab",
    logRetentionDays: 90,
  },
  build(scope, input) {
    const group = documentStoreGroup(scope, input);
    allowDocumentClients(scope, group, input.clientSecurityGroupId, [PORT, PORT]);
    const subnets = resource(scope, DocdbSubnetGroup, "this", { name: input.name, subnetIds: input.subnetIds });
    const parameters = resource(scope, DocdbClusterParameterGroup, "this", {
      namePrefix: `${input.name}-`,
      family: hcl<string>`format("docdb%s.0", split(".", ${input.engineVersion})[0])`,
      description: "TLS 1.2 enforced, audit log on",
      parameter: [
        { name: "tls", value: "tls1.2+", applyMethod: "pending-reboot" },
        { name: "audit_logs", value: "enabled", applyMethod: "immediate" },
      ],
      lifecycle: { createBeforeDestroy: true },
    });
    /** Without the group, DocumentDB creates it without a key and a retention. */
    const audit = resource(scope, CloudwatchLogGroup, "audit", {
      name: `/aws/docdb/${input.name}/audit`,
      kmsKeyId: input.logKmsKeyArn,
      retentionInDays: input.logRetentionDays,
    });
    /** A cluster of the same name has another final snapshot than its predecessor, which AWS keeps. */
    const life = resource(scope, DataResource, "life", { triggersReplace: { kms_key_id: input.kmsKeyArn } });
    const cluster = resource(scope, DocdbCluster, "this", {
      clusterIdentifier: input.name,
      engine: "docdb",
      engineVersion: input.engineVersion,
      port: PORT,
      masterUsername: "dbadmin",
      manageMasterUserPassword: true,
      dbSubnetGroupName: subnets.name,
      dbClusterParameterGroupName: parameters.name,
      vpcSecurityGroupIds: [group.id],
      storageEncrypted: true,
      kmsKeyId: input.kmsKeyArn,
      backupRetentionPeriod: input.backupRetentionDays,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: `${input.name}-final-${life.id}`,
      deletionProtection: true,
      applyImmediately: false,
      enabledCloudwatchLogsExports: ["audit"],
      lifecycle: { preventDestroy: true },
      dependsOn: [audit],
    });
    resourceForEach(scope, DocdbClusterInstance, "this", input.instances, ({ instanceClass }, letter) => ({
      identifier: `${input.name}-${letter}`,
      clusterIdentifier: cluster.id,
      instanceClass,
      copyTagsToSnapshot: true,
    }));
    return {
      host: cluster.endpoint,
      port: cluster.port,
      secretArn: hcl<string>`one(${cluster}.master_user_secret).secret_arn`,
      securityGroupId: group.id,
    };
  },
});
