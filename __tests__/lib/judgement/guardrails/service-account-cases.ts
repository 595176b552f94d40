/** Roles of service accounts of a Kubernetes cluster, and what their trust may be. */
import { EncodedJson, type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import type { Case } from "./rows";

export function trust(principal: HclValue, condition: HclValue = {}) {
  const statement = { Sid: "Assume", Effect: "Allow", Principal: principal, Condition: condition };
  return [resourceOf("aws_iam_role", { assume_role_policy: new EncodedJson({ Statement: [statement] }) })];
}

const EKS = "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF";
const API = "system:serviceaccount:shop:api";

function pods(compared: Readonly<Record<string, HclValue>>, operator = "StringEquals") {
  const keys = Object.entries(compared).map(([name, value]) => [`${EKS}:${name}`, value]);
  const provider = `arn:aws:iam::111111111111:oidc-provider/${EKS}`;
  return trust({ Federated: provider }, { [operator]: Object.fromEntries(keys) });
}

export const SERVICE_ACCOUNT_CASES: readonly Case[] = [
  ["holds for one service account", pods({ aud: "sts.amazonaws.com", sub: API }), "holds"],
  [
    "holds if the apply tells the issuer",
    trust(
      { Federated: new Reference("module.cluster.aws_iam_openid_connect_provider.this", "arn") },
      { StringEquals: { "issuer:aud": "sts.amazonaws.com", "issuer:sub": API } },
    ),
    "holds",
  ],
  [
    "is broken for every service account of a namespace",
    pods({ aud: "sts.amazonaws.com", sub: "system:serviceaccount:shop:*" }, "StringLike"),
    `broken: assume_role_policy, Assume: {"StringLike": {"${EKS}:aud": ["sts.amazonaws.com"]}}`,
  ],
  [
    "is broken for a wildcard that is compared as text",
    pods({ aud: "sts.amazonaws.com", sub: "system:serviceaccount:shop:*" }),
    `broken: assume_role_policy, Assume: {"StringEquals": {"${EKS}:sub": ["system:serviceaccount:shop:*"]}}`,
  ],
  [
    "is broken for two service accounts",
    pods({ aud: "sts.amazonaws.com", sub: [API, "system:serviceaccount:shop:worker"] }),
    `broken: assume_role_policy, Assume: {"StringEquals": {"${EKS}:sub": ["${API}", "system:serviceaccount:shop:worker"]}}`,
  ],
  [
    "is broken without an audience",
    pods({ sub: API }),
    `broken: assume_role_policy, Assume: {"StringEquals": {"${EKS}:sub": "${API}"}}`,
  ],
  [
    "is broken without a subject",
    pods({ aud: "sts.amazonaws.com" }),
    `broken: assume_role_policy, Assume: {"StringEquals": {"${EKS}:aud": "sts.amazonaws.com"}}`,
  ],
  [
    "is unknown if the subject is",
    pods({ aud: "sts.amazonaws.com", sub: new Unknown() }),
    "unknown: assume_role_policy, Assume: (known after apply)",
  ],
];
