import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { z } from "zod";
import {
  arnOf,
  condition,
  defineModule,
  hcl,
  policyDocument,
  readyAfter,
  resource,
  resourceForEach,
  resourceIf,
  resourceName,
  set,
  text,
} from "../../lib";

/** Lists instead of sets: the number of elements of a set is unknown until all ARNs are known. */
const STATEMENT = z.object({
  actions: set(text(/^[a-z0-9-]+:[A-Za-z*]+$/, "an IAM action such as s3:GetObject", "*")).min(1),
  resources: z.array(z.string()).min(1),
  conditions: z.record(z.string(), z.record(z.string(), z.array(z.string()))).default({}),
});

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const OBJECT_NAME = text(
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  "up to 63 lower-case letters, digits and inner hyphens",
  "system:*",
);

export const IrsaRole = defineModule({
  name: "irsa-role",
  description:
    "A role for the pods of one service account of a Kubernetes cluster (IAM roles for service accounts). No other principal can assume it: the trust policy compares the audience and the subject of a token with one value each.",
  inputs: {
    name: resourceName(64).describe("Name of the role."),
    description: z.string().min(1).describe("Purpose of the role."),
    providerArn: arnOf("iam").describe("Identity provider of the cluster, from the `eks-cluster` module."),
    issuer: text(/^[a-z0-9.-]+\/[\w/-]+$/, "an issuer without https://", "https://issuer.example").describe(
      "Issuer of the cluster's tokens, from the `eks-cluster` module.",
    ),
    namespace: OBJECT_NAME.describe("Namespace of the service account."),
    serviceAccount: OBJECT_NAME.describe("Name of the service account."),
    managedPolicyArns: set(arnOf("iam")).default([]).describe("Managed policies of AWS or of the account."),
    statements: z
      .record(text(/^[A-Za-z0-9]+$/, "statement ids of letters and digits", "not-an-id"), STATEMENT)
      .default({})
      .describe("Permissions by statement id: actions on resources, with conditions by operator and key."),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the role, if the apply role may create roles only with a boundary."),
  },
  outputs: {
    arn: z
      .string()
      .describe(
        "ARN for the annotation `eks.amazonaws.com/role-arn` of the service account, available after the role has its policies.",
      ),
    name: z.string().describe("Name of the role."),
  },
  example: {
    name: "shop-prod-api",
    description: "API of the shop: uploads",
    providerArn:
      "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
    issuer: "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
    namespace: "shop",
    serviceAccount: "api",
    managedPolicyArns: ["arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"],
    statements: {
      WriteUploads: { actions: ["s3:PutObject"], resources: ["arn:aws:s3:::shop-uploads/*"] },
    },
  },
  build(scope, input) {
    const role = resource(scope, IamRole, "this", {
      name: input.name,
      description: input.description,
      permissionsBoundary: input.permissionsBoundaryArn,
      assumeRolePolicy: policyDocument(scope, "trust", [
        {
          Sid: "AssumeByServiceAccount",
          Effect: "Allow",
          Principal: { Federated: input.providerArn },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: {
              [`${input.issuer}:aud`]: "sts.amazonaws.com",
              [`${input.issuer}:sub`]: `system:serviceaccount:${input.namespace}:${input.serviceAccount}`,
            },
          },
        },
      ]),
    });
    const attached = resourceForEach(scope, IamRolePolicyAttachment, "this", input.managedPolicyArns, (policyArn) => ({
      role: role.name,
      policyArn,
    }));
    const own = resourceIf(scope, IamRolePolicy, "this", condition`length(${input.statements}) > 0`, {
      name: "permissions",
      role: role.id,
      policy: policyDocument(
        scope,
        "permissions",
        hcl`[for sid, statement in ${input.statements} : merge({ Sid = sid, Effect = "Allow", Action = sort(statement.actions), Resource = statement.resources }, { for name, conditions in { Condition = statement.conditions } : name => conditions if length(conditions) > 0 })]`,
      ),
    });
    return { arn: readyAfter(role.arn, attached, own), name: role.name };
  },
});
