/** What every container of a service needs, whichever AWS service runs it: its image, its environment, its permissions. */
import type { Construct } from "constructs";
import { z } from "zod";
import type { Expression } from "../generator/expression/code";
import { hcl } from "../generator/expression/expression";
import { ACCOUNT_ID, arnOf, REGION } from "../generator/inputs/identifiers";
import { set, text } from "../generator/inputs/schema";
import type { Rule } from "../generator/inputs/validation";
import { local } from "../generator/module/resource";
import type { PolicyStatement } from "./policy";

const VARIABLE = text(/^[A-Za-z_]\w*$/, "names of environment variables", "not-a-name");

export const CONTAINER_INPUTS = {
  accountId: ACCOUNT_ID.describe("Account of the tasks."),
  region: REGION.describe("Region of the tasks."),
  image: text(
    /^[^\s:@]+(?::\d+)?\/?[^\s]*(?::[\w.-]+|@sha256:[0-9a-f]{64})$/,
    "an image with a tag or digest",
    "no tag here",
  ).describe("Image of the first revision. The pipeline registers later revisions."),
  repositoryArn: arnOf("ecr").describe("Repository of the image. The task may pull from no other repository."),
  environment: z
    .record(VARIABLE, z.string())
    .default({})
    .describe("Plain environment variables without secrets: everybody who may describe the task can read them."),
  secrets: z
    .record(VARIABLE, arnOf("secretsmanager"))
    .default({})
    .describe(
      "Environment variables from Secrets Manager: the ARN of the secret, or `<arn>:<json key>::`. The values are read when the task starts, so that a rotation needs a new deployment.",
    ),
  secretsKmsKeyArns: set(arnOf("kms")).default([]).describe("Keys that the secrets are encrypted with."),
  permissions: z
    .record(
      text(/^[A-Za-z0-9]+$/, "statement ids of letters and digits", "not-an-id"),
      z.object({
        actions: set(
          text(/^[a-z0-9-]+:[A-Za-z]+$/, "an IAM action without wildcard, such as s3:GetObject", "s3:*"),
        ).min(1),
        resources: set(z.string().min(1)).min(1),
      }),
    )
    .default({})
    .describe("Permissions of the code in the container, by statement id: actions on ARNs."),
  permissionsBoundaryArn: arnOf("iam")
    .nullable()
    .default(null)
    .describe("Permissions boundary of the roles, if the apply role may create roles only with a boundary."),
} as const;

interface Secrets {
  readonly secrets: Record<string, string>;
  readonly secretsKmsKeyArns: string[];
}

/** A secret needs the permission to use its key. */
export const SECRETS_WITH_KEYS: Rule<Secrets> = {
  inputs: ["secretsKmsKeyArns", "secrets"],
  allowed: "the keys that encrypt the secrets, if there are secrets",
  holds: ({ secrets, secretsKmsKeyArns }) => Object.keys(secrets).length === 0 || secretsKmsKeyArns.length > 0,
  condition: "length(var.secrets) == 0 || length(var.secrets_kms_key_arns) > 0",
  counterexample: { secretsKmsKeyArns: [] },
};

/** Lets a service of AWS pull the image. */
export function pullStatements(repositoryArn: Expression<string>): PolicyStatement[] {
  return [
    { Sid: "LogInToRegistry", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Sid: "PullImage",
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: repositoryArn,
    },
  ];
}

/** Lets the service that starts the container read the secrets; no statements without secrets. */
export function secretStatements(
  scope: Construct,
  input: {
    readonly region: Expression<string>;
    readonly secrets: Expression<Record<string, string>>;
    readonly secretsKmsKeyArns: Expression<string[]>;
  },
): Expression<object[]> {
  const statements = local<object[]>(scope, "secret_statements", [
    {
      Sid: "ReadSecrets",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: hcl<
        string[]
      >`distinct([for arn in values(${input.secrets}) : join(":", slice(split(":", arn), 0, 7))])`,
    },
    {
      Sid: "DecryptSecrets",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: hcl<string[]>`sort(${input.secretsKmsKeyArns})`,
      Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${input.region}.amazonaws.com` } },
    },
  ]);
  return hcl`[for statement in ${statements} : statement if length(${input.secrets}) > 0]`;
}

/** The permissions of the code as statements of a policy. */
export function permissionStatements(
  permissions: Expression<Record<string, { actions: string[]; resources: string[] }>>,
): Expression<object[]> {
  return hcl`[for sid, permission in ${permissions} : { Sid = sid, Effect = "Allow", Action = sort(permission.actions), Resource = sort(permission.resources) }]`;
}
