import { ApiGatewayAccount } from "../../modules/api-gateway-account";
import { emitted } from "../lib/generator/support";
import { evaluated } from "../support/evaluated";

const planned = evaluated((root) => {
  new ApiGatewayAccount(root, "logs", { name: "api-gateway-logs", accountId: "111122223333" });
});

test("API Gateway alone assumes the role, for APIs of this account", () => {
  expect(planned.statements("module.logs.aws_iam_role.this", "assume_role_policy")).toEqual({
    AssumeByService: {
      Effect: "Allow",
      Principal: { Service: "apigateway.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    },
  });
});

test("API Gateway gets the role after it may write logs", () => {
  expect(emitted(ApiGatewayAccount, "main.tf.json")).toMatchObject({
    resource: {
      aws_api_gateway_account: {
        this: {
          cloudwatch_role_arn: "${aws_iam_role.this.arn}",
          depends_on: ["aws_iam_role_policy_attachment.this"],
        },
      },
      aws_iam_role_policy_attachment: {
        this: {
          policy_arn:
            "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
        },
      },
    },
  });
});
