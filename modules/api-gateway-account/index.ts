import { ApiGatewayAccount as AwsApiGatewayAccount } from "@cdktf/provider-aws/lib/api-gateway-account";
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

export const ApiGatewayAccount = defineModule({
  name: "api-gateway-account",
  description:
    "The role with which API Gateway writes the logs of all APIs of a region. A region of an account has one: call this once for each region with APIs, before the first API with a log. A destroyed call leaves the setting of the region as it is.",
  inputs: {
    name: resourceName(64).describe("Name of the role, which has to be different in each region."),
    accountId: ACCOUNT_ID.describe("Account of the APIs."),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the role, if the apply role may create roles only with a boundary."),
  },
  outputs: {
    roleArn: z.string().describe("ARN of the role, available after API Gateway uses it."),
  },
  example: { name: "api-gateway-logs", accountId: "111122223333" },
  build(scope, input) {
    const role = resource(scope, IamRole, "this", {
      name: input.name,
      description: "Lets API Gateway write logs",
      permissionsBoundary: input.permissionsBoundaryArn,
      assumeRolePolicy: serviceTrust(scope, "trust", "apigateway.amazonaws.com", input.accountId),
    });
    const policy = resource(scope, IamRolePolicyAttachment, "this", {
      role: role.name,
      policyArn: `arn:${partition(scope)}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`,
    });
    const account = resource(scope, AwsApiGatewayAccount, "this", {
      cloudwatchRoleArn: role.arn,
      dependsOn: [policy],
    });
    return { roleArn: readyAfter(role.arn, account) };
  },
});
