import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretPolicy } from "@cdktf/provider-aws/lib/secretsmanager-secret-policy";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  blockForEach,
  condition,
  defineModule,
  denyOtherAccounts,
  hcl,
  policyDocument,
  REGION,
  readyAfter,
  resourceForEach,
  resourceName,
  text,
} from "../../lib";

export const SecretsManager = defineModule({
  name: "secrets-manager",
  description:
    "Secrets without values, encrypted with a customer managed key and without access from other accounts. People write the values; Terraform never has them.",
  inputs: {
    name: resourceName(100).describe("First part of every secret's name: `<name>/<secret>`."),
    accountId: ACCOUNT_ID.describe("Account whose principals may read the secrets, if their policies allow it."),
    kmsKeyArn: arnOf("kms").describe("Key that encrypts the values."),
    secrets: z
      .record(text(/^[a-z][a-z0-9-]*$/, "lower-case names", "Not A Name"), z.string().min(1))
      .describe("Secrets by name, each with a description of its value and of the person who writes it."),
    recoveryWindowDays: z
      .int()
      .min(7)
      .max(30)
      .default(30)
      .describe(
        "Days in which a deleted secret can be restored. Its name stays in use until then: to create the secret again earlier, run `aws secretsmanager restore-secret` and import it.",
      ),
    replicas: z
      .record(REGION, arnOf("kms"))
      .default({})
      .describe(
        "Regions that get a copy of every secret with the same name, value and policy, each with the key of that region that encrypts it. The key has to exist: a failed copy ends the apply with an error. The apply role needs `kms:GenerateDataKey` and `kms:Encrypt` there. The removal of a region deletes its copies at once, without a recovery window. The copies of the last region stay until `aws secretsmanager remove-regions-from-replication` removes them.",
      ),
  },
  rules: [
    {
      inputs: ["replicas"],
      allowed: "keys in the region of their copies",
      holds: ({ replicas }) => Object.entries(replicas).every(([region, key]) => key.split(":")[3] === region),
      condition: 'alltrue([for region, key in var.replicas : split(":", key)[3] == region])',
      counterexample: {
        replicas: { "eu-west-1": "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" },
      },
    },
  ],
  outputs: {
    arns: z
      .record(z.string(), z.string())
      .describe(
        "ARNs of the secrets, by name, available after their policies exist. The ARNs of copies differ only in the region.",
      ),
  },
  example: {
    name: "shop",
    accountId: "111122223333",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    secrets: { "payment-api": "API key of the payment provider; put in by the operator" },
    replicas: { "eu-west-1": "arn:aws:kms:eu-west-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab" },
  },
  build(scope, input) {
    const secrets = resourceForEach(scope, SecretsmanagerSecret, "this", input.secrets, (description, name) => ({
      name: `${input.name}/${name}`,
      description,
      kmsKeyId: input.kmsKeyArn,
      recoveryWindowInDays: input.recoveryWindowDays,
      replica: blockForEach(input.replicas, (replicaKeyArn, region) => ({ region, kmsKeyId: replicaKeyArn })),
      lifecycle: { postcondition: [COPIED] },
    }));
    const policies = resourceForEach(
      scope,
      SecretsmanagerSecretPolicy,
      "this",
      input.secrets,
      (_description, name) => ({
        secretArn: secrets.at(name).arn,
        blockPublicPolicy: true,
        policy: policyDocument(scope, "policy", [denyOtherAccounts(input.accountId)]),
      }),
    );
    return { arns: readyAfter(secrets.all("arn"), policies) };
  },
});

/**
 * Secrets Manager accepts a call whose copies it cannot create, for example without their key, and only reports them as
 * failed. Terraform does not retry, because the configuration did not change.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicationStatusType.html
 */
const COPIED = {
  condition: condition`alltrue([for copy in self.replica : copy.status != "Failed"])`,
  errorMessage: `replicas: got ${hcl<string>`join(", ", [for copy in self.replica : format("%s (%s)", copy.region, copy.status_message) if copy.status == "Failed"])`}; allowed: copies that exist. Make what is missing there, remove the copy with aws secretsmanager remove-regions-from-replication, and apply again.`,
};
