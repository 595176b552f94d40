/** Roles that guests of an identity pool assume. */
import { EncodedJson, type HclValue, PartialText, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import type { Case } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const UNKNOWN = new Unknown();
const COGNITO = "cognito-identity.amazonaws.com";
const MONITOR = "arn:aws:rum:eu-central-1:111122223333:appmonitor/shop";

const role = (amr: HclValue, values: Values = {}) =>
  resourceOf("aws_iam_role", {
    assume_role_policy: new EncodedJson({
      Statement: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRoleWithWebIdentity",
          Principal: { Federated: COGNITO },
          Condition: {
            StringEquals: { [`${COGNITO}:aud`]: "eu-central-1:1" },
            "ForAnyValue:StringLike": { [`${COGNITO}:amr`]: amr },
          },
        },
      ],
    }),
    ...values,
  });
const ofRole = (type: string, values: Values) =>
  resourceOf(type, { role: new Reference("module.call.aws_iam_role.this", "id"), ...values });
const policy = (statement: Values) =>
  ofRole("aws_iam_role_policy", {
    policy: new EncodedJson({ Statement: [{ Sid: "Send", Effect: "Allow", ...statement }] }),
  });
const send = policy({ Action: "rum:PutRumEvents", Resource: MONITOR });

export const GUEST_CASES: readonly Case[] = [
  ["holds for users", [role("authenticated")], "holds"],
  ["holds for guests that send events", [role("unauthenticated"), send], "holds"],
  [
    "is broken for users and guests with another action",
    [
      role(["authenticated", "unauthenticated"]),
      policy({ Action: ["rum:PutRumEvents", "s3:GetObject"], Resource: MONITOR }),
    ],
    'broken: policy, Send: "s3:GetObject"',
  ],
  [
    "is broken by all actions of RUM",
    [role("unauthenticated"), policy({ Action: "rum:*", Resource: MONITOR })],
    'broken: policy, Send: "rum:*"',
  ],
  [
    "is broken by all actions but one",
    [role("unauthenticated"), policy({ NotAction: "iam:*", Resource: MONITOR })],
    'broken: policy, Send: "iam:*"',
  ],
  [
    "is broken by every monitor of the account",
    [
      role("unauthenticated"),
      policy({
        Action: "rum:PutRumEvents",
        Resource: new PartialText(["arn:", UNKNOWN, ":rum:eu-central-1:111122223333:appmonitor/*"]),
      }),
    ],
    'broken: policy, Send: "arn:(known after apply):rum:eu-central-1:111122223333:appmonitor/*"',
  ],
  [
    "is broken by an attached policy",
    [
      role("unauthenticated"),
      send,
      ofRole("aws_iam_role_policy_attachment", { policy_arn: "arn:aws:iam::aws:policy/x" }),
    ],
    "broken: also module.call.aws_iam_role_policy_attachment.this",
  ],
  [
    "is broken by a managed policy of the role",
    [role("unauthenticated", { managed_policy_arns: ["arn:aws:iam::aws:policy/x"] }), send],
    'broken: managed_policy_arns = ["arn:aws:iam::aws:policy/x"]',
  ],
  [
    "is broken if nothing shows what the role may do",
    [role("unauthenticated")],
    "broken: no aws_iam_role_policy whose role names this resource",
  ],
  [
    "is unknown if an action is",
    [role("unauthenticated"), policy({ Action: UNKNOWN, Resource: MONITOR })],
    "unknown: policy, Send: (known after apply)",
  ],
];
