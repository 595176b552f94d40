/** The client of a single-page application: everybody can read its code, so that it has no secret. */
import type { CognitoIdentityProvider } from "@cdktf/provider-aws/lib/cognito-identity-provider";
import type { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import type { Construct } from "constructs";
import { type Expression, hcl, type Resource, resource } from "../../lib";

interface ClientInput {
  readonly name: Expression<string>;
  readonly callbackUrls: Expression<string[]>;
  readonly logoutUrls: Expression<string[]>;
  readonly accessTokenMinutes: Expression<number>;
  readonly refreshTokenHours: Expression<number>;
  readonly oidcProviderNames: Expression<string[]>;
}

export function browserClient(
  scope: Construct,
  pool: Resource<CognitoUserPool>,
  saml: Expression<Readonly<Record<string, CognitoIdentityProvider>>>,
  input: ClientInput,
) {
  return resource(scope, CognitoUserPoolClient, "this", {
    userPoolId: pool.id,
    name: `${input.name}-browser`,
    generateSecret: false,
    allowedOauthFlowsUserPoolClient: true,
    allowedOauthFlows: ["code"],
    allowedOauthScopes: ["email", "openid"],
    callbackUrls: input.callbackUrls,
    logoutUrls: input.logoutUrls,
    supportedIdentityProviders: hcl<string[]>`concat(["COGNITO"], keys(${saml}), tolist(${input.oidcProviderNames}))`,
    /** With rotated refresh tokens, Cognito refuses ALLOW_REFRESH_TOKEN_AUTH; the token endpoint refreshes them. */
    explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
    refreshTokenRotation: [{ feature: "ENABLED", retryGracePeriodSeconds: 30 }],
    enableTokenRevocation: true,
    preventUserExistenceErrors: "ENABLED",
    accessTokenValidity: input.accessTokenMinutes,
    idTokenValidity: input.accessTokenMinutes,
    refreshTokenValidity: input.refreshTokenHours,
    tokenValidityUnits: [{ accessToken: "minutes", idToken: "minutes", refreshToken: "hours" }],
  });
}
