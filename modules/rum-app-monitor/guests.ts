/** Guests of the website: an identity pool, and the role of browsers without a login. */
import { CognitoIdentityPool } from "@cdktf/provider-aws/lib/cognito-identity-pool";
import { CognitoIdentityPoolRolesAttachment } from "@cdktf/provider-aws/lib/cognito-identity-pool-roles-attachment";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { type Expression, policyDocument, resource, type Value } from "../../lib";

interface GuestsInput {
  readonly name: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string | null>;
}

const COGNITO = "cognito-identity.amazonaws.com";

/**
 * In the enhanced flow, Cognito itself assumes the role and limits its session. In the classic flow, a guest could assume each role
 * that trusts the pool.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flow.html
 */
export function guests(scope: Construct, input: GuestsInput, monitorArn: Value<string>) {
  const pool = resource(scope, CognitoIdentityPool, "this", {
    identityPoolName: `${input.name}-rum`,
    allowUnauthenticatedIdentities: true,
    allowClassicFlow: false,
  });
  const role = resource(scope, IamRole, "guest", {
    name: `${input.name}-rum-guest`,
    description: "Browsers that send events to CloudWatch RUM",
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: policyDocument(scope, "guest_trust", [
      {
        Sid: "AssumeByGuests",
        Effect: "Allow",
        Principal: { Federated: COGNITO },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { [`${COGNITO}:aud`]: pool.id },
          "ForAnyValue:StringEquals": { [`${COGNITO}:amr`]: "unauthenticated" },
        },
      },
    ]),
  });
  const policy = resource(scope, IamRolePolicy, "guest", {
    name: "permissions",
    role: role.id,
    policy: policyDocument(scope, "guest_permissions", [
      { Sid: "SendEvents", Effect: "Allow", Action: "rum:PutRumEvents", Resource: monitorArn },
    ]),
  });
  const attachment = resource(scope, CognitoIdentityPoolRolesAttachment, "this", {
    identityPoolId: pool.id,
    roles: { unauthenticated: role.arn },
    dependsOn: [policy],
  });
  return { identityPoolId: pool.id, roleArn: role.arn, attachment };
}
