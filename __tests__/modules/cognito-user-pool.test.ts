import { CognitoUserPool } from "../../modules/cognito-user-pool";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const base = {
  name: "shop-customers",
  domain: { name: "login.example.com", certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1" },
  callbackUrls: ["https://app.example.com/signed-in"],
  logoutUrls: ["https://app.example.com/"],
} as const;
const POOL = "module.on.aws_cognito_user_pool.this";
const OPTIONAL = "module.optional.aws_cognito_user_pool.this";
const CLIENT = "module.on.aws_cognito_user_pool_client.this";

describePlan(
  "a user pool",
  (root) => {
    new CognitoUserPool(root, "on", {
      ...base,
      mfa: "on",
      samlProviders: {
        Corporate: { metadataUrl: "https://idp.example.com/metadata.xml", emailAttribute: "urn:email" },
      },
      oidcProviderNames: ["Partner"],
    });
    const { domain: _, ...unnamed } = base;
    new CognitoUserPool(root, "prefixed", { ...unnamed, mfa: "on", domainPrefix: "shop-customers" });
    new CognitoUserPool(root, "optional", {
      ...base,
      mfa: "optional",
      signUp: "anyone",
      threatProtection: "audit",
      sender: {
        identityArn: "arn:aws:ses:eu-central-1:111122223333:identity/example.com",
        address: "login@example.com",
      },
      accessTokenMinutes: 5,
      refreshTokenHours: 8,
    });
  },
  (plan) => {
    test("has sign-in pages below an own name, or below a name of Cognito", () => {
      expect(plan().values("module.on.aws_cognito_user_pool_domain.this")).toMatchObject({
        domain: base.domain.name,
        certificate_arn: base.domain.certificateArn,
      });
      expect(plan().values("module.prefixed.aws_cognito_user_pool_domain.this")).toMatchObject({
        domain: "shop-customers",
        certificate_arn: null,
      });
    });

    test("signs users in with a verified e-mail address, whatever its case", () => {
      expect(plan().values(POOL)).toMatchObject({
        username_attributes: ["email"],
        username_configuration: [{ case_sensitive: false }],
        auto_verified_attributes: ["email"],
        user_attribute_update_settings: [{ attributes_require_verification_before_update: ["email"] }],
        deletion_protection: "ACTIVE",
      });
    });

    test("requires a second factor, or offers it", () => {
      const app = { software_token_mfa_configuration: [{ enabled: true }] };
      expect(plan().values(POOL)).toMatchObject({ mfa_configuration: "ON", ...app });
      expect(plan().values(OPTIONAL)).toMatchObject({ mfa_configuration: "OPTIONAL", ...app });
    });

    test("lets administrators create users, or anyone sign up", () => {
      expect(plan().values(POOL)).toMatchObject({ admin_create_user_config: [{ allow_admin_create_user_only: true }] });
      expect(plan().values(OPTIONAL)).toMatchObject({
        admin_create_user_config: [{ allow_admin_create_user_only: false }],
      });
    });

    test("has the tier that its protection against threats needs", () => {
      expect(plan().values(POOL)).toMatchObject({ user_pool_tier: "ESSENTIALS", user_pool_add_ons: [] });
      expect(plan().values(OPTIONAL)).toMatchObject({
        user_pool_tier: "PLUS",
        user_pool_add_ons: [{ advanced_security_mode: "AUDIT" }],
      });
    });

    test("sends codes from an identity of SES, if there is one", () => {
      expect(plan().values(POOL).email_configuration).toEqual([]);
      expect(plan().values(OPTIONAL).email_configuration).toMatchObject([
        { email_sending_account: "DEVELOPER", from_email_address: "login@example.com" },
      ]);
    });

    test("gives the application codes, and no secret", () => {
      expect(plan().values(CLIENT)).toMatchObject({
        generate_secret: false,
        allowed_oauth_flows: ["code"],
        allowed_oauth_flows_user_pool_client: true,
        explicit_auth_flows: ["ALLOW_USER_SRP_AUTH"],
        prevent_user_existence_errors: "ENABLED",
        enable_token_revocation: true,
        refresh_token_rotation: [{ feature: "ENABLED", retry_grace_period_seconds: 30 }],
        callback_urls: base.callbackUrls,
        logout_urls: base.logoutUrls,
      });
    });

    test("limits the life of tokens", () => {
      const token_validity_units = [{ access_token: "minutes", id_token: "minutes", refresh_token: "hours" }];
      expect(plan().values(CLIENT)).toMatchObject({
        access_token_validity: 15,
        id_token_validity: 15,
        refresh_token_validity: 24,
        token_validity_units,
      });
      expect(plan().values("module.optional.aws_cognito_user_pool_client.this")).toMatchObject({
        access_token_validity: 5,
        id_token_validity: 5,
        refresh_token_validity: 8,
        token_validity_units,
      });
    });

    test("accepts users with a password, of its SAML providers, and of providers that a person created", () => {
      expect(plan().values(CLIENT).supported_identity_providers).toEqual(["COGNITO", "Corporate", "Partner"]);
      expect(plan().values('module.on.aws_cognito_identity_provider.saml["Corporate"]')).toMatchObject({
        provider_type: "SAML",
        provider_details: { MetadataURL: "https://idp.example.com/metadata.xml", IDPSignout: "true" },
        attribute_mapping: { email: "urn:email" },
      });
      expect(plan().keys("module.optional.aws_cognito_identity_provider.saml")).toEqual([]);
    });

    test("has sign-in pages under the given name", () => {
      expect(plan().values("module.on.aws_cognito_user_pool_domain.this")).toMatchObject({
        domain: "login.example.com",
        certificate_arn: base.domain.certificateArn,
      });
    });
  },
);

test("a pool is never destroyed, and AWS may complete the details of a provider", () => {
  expect(emitted(CognitoUserPool, "main.tf.json")).toMatchObject({
    resource: {
      aws_cognito_user_pool: { this: { lifecycle: { prevent_destroy: true } } },
      aws_cognito_identity_provider: {
        saml: {
          lifecycle: {
            ignore_changes: [
              'provider_details["ActiveEncryptionCertificate"]',
              'provider_details["SLORedirectBindingURI"]',
              'provider_details["SSORedirectBindingURI"]',
            ],
          },
        },
      },
    },
  });
});
