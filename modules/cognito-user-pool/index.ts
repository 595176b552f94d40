import { CognitoUserPool as AwsCognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { z } from "zod";
import {
  condition,
  DOMAIN_NAME,
  defineModule,
  EMAIL_ADDRESS,
  hcl,
  isSet,
  readyAfter,
  resource,
  resourceName,
  set,
  sizing,
  soleBlockIf,
  text,
} from "../../lib";
import { browserClient } from "./client";
import { PROVIDER_NAME, samlProviders } from "./providers";

const HTTPS_URL = text(/^https:\/\/[a-z0-9.-]+(?:\/[\w\-./]*)?$/, "an https URL", "http://app.example.com");

export const CognitoUserPool = defineModule({
  name: "cognito-user-pool",
  description:
    "A user pool whose users sign in with their e-mail address and a second factor, and its client for a single-page application: authorization code flow with PKCE, no secret, rotated refresh tokens. AWS replaces a pool whose name changes, and its users are lost: `prevent_destroy` and the deletion protection refuse that. SAML providers are an input. Terraform keeps the client secret of an OIDC provider in its state; create such a provider with `aws cognito-idp create-identity-provider --cli-input-json file:///dev/stdin`, so that the secret reaches only Cognito, and then add its name to `oidc_provider_names`.",
  inputs: {
    name: resourceName(100).describe("Name of the pool. It must never change, because a new pool has no users."),
    mfa: z
      .enum(["optional", "on"])
      .describe("`on` requires an authenticator app of each user with a password; `optional` lets the user decide."),
    signUp: z
      .enum(["administrators", "anyone"])
      .default("administrators")
      .describe("Who creates users: administrators only, or anyone with an e-mail address."),
    threatProtection: sizing(z.enum(["off", "audit", "enforced"]))
      .default("off")
      .describe(
        "Reaction to suspicious sign-ins and leaked passwords: none, records, or blocks. `audit` and `enforced` need the tier PLUS, which is charged for each user, and get it.",
      ),
    sender: z
      .object({
        identityArn: text(/^arn:aws[a-z-]*:ses:/, "an ARN of ses", "not-an-arn"),
        address: EMAIL_ADDRESS,
      })
      .nullable()
      .default(null)
      .describe(
        "Verified identity of SES, and the address that sends codes; null sends from an address of Cognito, up to 50 mails a day.",
      ),
    domain: z
      .object({
        name: DOMAIN_NAME,
        certificateArn: text(
          /^arn:aws[a-z-]*:acm:us-east-1:/,
          "an ARN of an ACM certificate in us-east-1",
          "arn:aws:acm:eu-central-1:111122223333:certificate/1",
        ),
      })
      .nullable()
      .default(null)
      .describe(
        "Host name of the sign-in pages, and its certificate in us-east-1. The parent domain needs an A record beforehand. Null for pages below `domainPrefix`.",
      ),
    domainPrefix: text(
      /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
      "up to 63 lower-case letters, digits and hyphens",
      "login.example.com",
    )
      .nullable()
      .default(null)
      .describe("First part of a host name of Cognito for the sign-in pages, which needs nothing of us-east-1."),
    callbackUrls: set(HTTPS_URL).min(1).describe("URLs of the application that receive the authorization code."),
    logoutUrls: set(HTTPS_URL).min(1).describe("URLs to which the sign-out page may redirect."),
    accessTokenMinutes: z
      .int()
      .min(5)
      .max(1440)
      .default(15)
      .describe("Life of access and id tokens. A revoked user has access until the token ends."),
    refreshTokenHours: z
      .int()
      .min(1)
      .max(87600)
      .default(24)
      .describe("Time without a request after which the user has to sign in again."),
    samlProviders: z
      .record(PROVIDER_NAME, z.object({ metadataUrl: HTTPS_URL, emailAttribute: z.string().min(1) }))
      .default({})
      .describe(
        "SAML providers by name: the URL of the metadata, which contains no secret, and the attribute with the e-mail address. A provider with another name has other users.",
      ),
    oidcProviderNames: set(PROVIDER_NAME)
      .default([])
      .describe("OIDC providers of the pool that a person created with the AWS CLI."),
  },
  outputs: {
    id: z.string().describe("Id of the pool."),
    arn: z.string().describe("ARN of the pool, for the authorizer of an API."),
    issuerUrl: z.string().describe("Issuer of the tokens, with which a service verifies them."),
    clientId: z.string().describe("Id of the client of the application, which is the audience of its tokens."),
    domainName: z.string().describe("Host name of the sign-in pages, available after the domain exists."),
    dnsName: z.string().describe("Target of an own host name's alias record."),
    dnsZoneId: z.string().describe("Hosted zone of the target."),
  },
  rules: [
    {
      inputs: ["domain", "domainPrefix"],
      allowed: "one of the two",
      holds: ({ domain, domainPrefix }) => (domain === null) !== (domainPrefix === null),
      condition: "(var.domain == null) != (var.domain_prefix == null)",
      counterexample: { domainPrefix: "shop-customers" },
    },
  ],
  example: {
    name: "shop-customers",
    mfa: "on",
    sender: {
      identityArn: "arn:aws:ses:eu-central-1:111122223333:identity/example.com",
      address: "login@example.com",
    },
    domain: {
      name: "login.example.com",
      certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
    },
    callbackUrls: ["https://app.example.com/signed-in"],
    logoutUrls: ["https://app.example.com/"],
    samlProviders: {
      Corporate: {
        metadataUrl: "https://idp.example.com/metadata.xml",
        emailAttribute: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
      },
    },
    oidcProviderNames: ["Partner"],
  },
  build(scope, input) {
    const protects = condition`${input.threatProtection} != "off"`;
    const pool = resource(scope, AwsCognitoUserPool, "this", {
      name: input.name,
      deletionProtection: "ACTIVE",
      userPoolTier: protects("PLUS", "ESSENTIALS"),
      usernameAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ["email"],
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ["email"] },
      accountRecoverySetting: { recoveryMechanism: [{ name: "verified_email", priority: 1 }] },
      adminCreateUserConfig: { allowAdminCreateUserOnly: condition`${input.signUp} == "administrators"` },
      mfaConfiguration: condition`${input.mfa} == "on"`("ON", "OPTIONAL"),
      softwareTokenMfaConfiguration: { enabled: true },
      passwordPolicy: {
        minimumLength: 14,
        requireLowercase: true,
        requireNumbers: true,
        requireSymbols: true,
        requireUppercase: true,
        passwordHistorySize: 5,
        temporaryPasswordValidityDays: 1,
      },
      emailConfiguration: soleBlockIf(isSet(input.sender), (sender) => ({
        emailSendingAccount: "DEVELOPER",
        fromEmailAddress: sender.address,
        sourceArn: sender.identityArn,
      })),
      userPoolAddOns: soleBlockIf(protects, {
        advancedSecurityMode: condition`${input.threatProtection} == "enforced"`("ENFORCED", "AUDIT"),
      }),
      lifecycle: { preventDestroy: true },
    });
    const providers = samlProviders(scope, pool, input.samlProviders);
    const client = browserClient(scope, pool, providers, input);
    const domain = resource(scope, CognitoUserPoolDomain, "this", {
      userPoolId: pool.id,
      domain: hcl<string>`${input.domain} == null ? ${input.domainPrefix} : ${input.domain}.name`,
      certificateArn: hcl<string | null>`try(${input.domain}.certificate_arn, null)`,
    });
    return {
      id: pool.id,
      arn: pool.arn,
      issuerUrl: `https://${pool.endpoint}`,
      clientId: client.id,
      domainName: readyAfter(
        hcl<string>`${input.domain} == null ? format("%s.auth.%s.amazoncognito.com", ${input.domainPrefix}, replace(${pool.endpoint}, "/^cognito-idp[.]([a-z0-9-]+)[.].*$/", "$1")) : ${input.domain}.name`,
        domain,
      ),
      dnsName: domain.cloudfrontDistribution,
      dnsZoneId: domain.cloudfrontDistributionZoneId,
    };
  },
});
