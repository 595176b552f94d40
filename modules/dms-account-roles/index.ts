import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { z } from "zod";
import { ACCOUNT_ID, arnOf, defineModule, partition, readyAfter, resource, serviceTrust } from "../../lib";

/** @see https://docs.aws.amazon.com/dms/latest/userguide/security-iam.html#CHAP_Security.APIRole */
const ROLES = {
  network: {
    name: "dms-vpc-role",
    description: "Lets DMS attach replication instances to subnets",
    policy: "AmazonDMSVPCManagementRole",
  },
  logs: {
    name: "dms-cloudwatch-logs-role",
    description: "Lets DMS write the logs of its tasks",
    policy: "AmazonDMSCloudWatchLogsRole",
  },
} as const;

export const DmsAccountRoles = defineModule({
  name: "dms-account-roles",
  description:
    "The two roles with fixed names that AWS Database Migration Service uses for every replication instance of an account. An account has them once, before its first replication subnet group.",
  inputs: {
    accountId: ACCOUNT_ID.describe("Account of the replication instances."),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the roles, if the apply role may create roles only with a boundary."),
  },
  outputs: {
    networkRoleArn: z.string().describe("ARN of `dms-vpc-role`, available after it may manage network interfaces."),
    logsRoleArn: z.string().describe("ARN of `dms-cloudwatch-logs-role`, available after it may write logs."),
  },
  example: { accountId: "111122223333" },
  build(scope, input) {
    const arnPartition = partition(scope);
    const trust = serviceTrust(scope, "trust", "dms.amazonaws.com", input.accountId);
    const roleArn = (id: keyof typeof ROLES) => {
      const { name, description, policy } = ROLES[id];
      const role = resource(scope, IamRole, id, {
        name,
        description,
        assumeRolePolicy: trust,
        permissionsBoundary: input.permissionsBoundaryArn,
      });
      const attachment = resource(scope, IamRolePolicyAttachment, id, {
        role: role.name,
        policyArn: `arn:${arnPartition}:iam::aws:policy/service-role/${policy}`,
      });
      return readyAfter(role.arn, attachment);
    };
    return { networkRoleArn: roleArn("network"), logsRoleArn: roleArn("logs") };
  },
});
