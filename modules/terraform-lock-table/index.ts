import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { z } from "zod";
import { arnOf, defineModule, resource, text } from "../../lib";

/** Beside locks it holds the digest of each state. @see https://developer.hashicorp.com/terraform/language/backend/s3#dynamodb-state-locking */
export const TerraformLockTable = defineModule({
  name: "terraform-lock-table",
  description:
    "A table for the locks of Terraform's state, one for all states of a region: encrypted with a customer managed key, with point-in-time recovery and deletion protection.",
  inputs: {
    name: text(/^[\w.-]{3,255}$/, "3 to 255 letters, digits, dots, hyphens and underscores", "a b").describe(
      "Name of the table, for backends.",
    ),
    kmsKeyArn: arnOf("kms").describe(
      "Key that encrypts the table. A principal that reads or locks a state needs `kms:Decrypt` on it.",
    ),
  },
  outputs: {
    arn: z.string().describe("ARN for policies."),
  },
  example: {
    name: "terraform-locks",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  },
  build(scope, input) {
    const table = resource(scope, DynamodbTable, "this", {
      name: input.name,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "LockID",
      attribute: [{ name: "LockID", type: "S" }],
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: input.kmsKeyArn },
      deletionProtectionEnabled: true,
      lifecycle: { preventDestroy: true },
    });
    return { arn: table.arn };
  },
});
