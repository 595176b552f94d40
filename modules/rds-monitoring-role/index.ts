import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  defineModule,
  partition,
  readyAfter,
  resource,
  resourceName,
  serviceTrust,
} from "../../lib";

/**
 * IAM is changed in one region for all regions. The role of a restored database has to exist before that region fails.
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/appendix-a---partitional-service-guidance.html
 */
export const RdsMonitoringRole = defineModule({
  name: "rds-monitoring-role",
  description:
    "The role with which RDS sends metrics of the operating system. It is separate from the database, so that a restore in another region does not change IAM.",
  inputs: {
    name: resourceName(40).describe("First part of the role's name: `<name>-rds-monitoring`."),
    accountId: ACCOUNT_ID.describe("Account of the databases."),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the role, if the apply role may create roles only with a boundary."),
  },
  outputs: {
    arn: z.string().describe("ARN for `rds`, available after the role may send metrics."),
  },
  example: { name: "shop", accountId: "111122223333" },
  build(scope, input) {
    const role = resource(scope, IamRole, "this", {
      name: `${input.name}-rds-monitoring`,
      description: "Lets RDS send metrics of the operating system",
      permissionsBoundary: input.permissionsBoundaryArn,
      assumeRolePolicy: serviceTrust(scope, "trust", "monitoring.rds.amazonaws.com", input.accountId),
    });
    const policy = resource(scope, IamRolePolicyAttachment, "this", {
      role: role.name,
      policyArn: `arn:${partition(scope)}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
    });
    return { arn: readyAfter(role.arn, policy) };
  },
});
