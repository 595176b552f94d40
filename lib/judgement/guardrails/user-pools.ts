/** User pools of Cognito: kept, with a second factor, and with clients whose tokens nobody else gets. */
import { all, equals, keptFromDestruction, without } from "./attributes";
import type { ResourceGuardrail } from "./guardrail";

const POOLS = ["aws_cognito_user_pool"] as const;
const CLIENTS = ["aws_cognito_user_pool_client"] as const;

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html */
const PASSWORD_FLOWS = [
  "USER_PASSWORD_AUTH",
  "ALLOW_USER_PASSWORD_AUTH",
  "ADMIN_NO_SRP_AUTH",
  "ALLOW_ADMIN_USER_PASSWORD_AUTH",
] as const;

export const USER_POOLS = [
  {
    id: "user-pool-mfa",
    title: "Users of a user pool have or can have an authenticator app as second factor",
    why: "Whoever knows or guesses a password is the user. Codes by SMS go to whoever takes over the phone number.",
    severity: "high",
    controls: { hipaa: ["164.312(d)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed: "mfa_configuration ON or OPTIONAL, and software_token_mfa_configuration with enabled = true",
    types: POOLS,
    judge: all(equals("mfa_configuration", "ON", "OPTIONAL"), equals("software_token_mfa_configuration.enabled", true)),
  },
  {
    id: "user-pool-deletion-protected",
    title: "A user pool cannot be deleted by one call",
    why: "Its users and their passwords are lost for ever: AWS has no backups of a user pool.",
    severity: "high",
    controls: { hipaa: ["164.312(c)(1)"], soc2: ["A1.2", "CC6.5"], gdpr: ["32(1)(c)"] },
    allowed: "deletion_protection = ACTIVE",
    types: POOLS,
    judge: equals("deletion_protection", "ACTIVE"),
  },
  {
    id: "user-pool-destroy-prevented",
    title: "Terraform cannot destroy a user pool",
    why: "A changed name or sign-in attribute replaces the pool, and all users are lost.",
    severity: "high",
    controls: { soc2: ["A1.2", "CC8.1"], gdpr: ["32(1)(c)"] },
    allowed: "lifecycle { prevent_destroy = true }",
    types: POOLS,
    judge: keptFromDestruction,
  },
  {
    id: "user-pool-client-without-secret",
    title: "A client of a user pool has no secret",
    why: "The secret is in the state of Terraform in clear text, and a browser or an application on a phone cannot keep it.",
    severity: "high",
    controls: { hipaa: ["164.312(d)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed: "generate_secret = false, or not set",
    types: CLIENTS,
    judge: equals("generate_secret", false, null),
  },
  {
    id: "user-pool-client-code-flow",
    title: "A client of a user pool gets its tokens neither in a URL nor for a password",
    why: "The implicit flow writes tokens to the history of the browser and to logs, and with the password flow the application sees the password.",
    severity: "high",
    controls: { hipaa: ["164.312(d)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed: `allowed_oauth_flows without implicit, and explicit_auth_flows without ${PASSWORD_FLOWS.join(", ")}`,
    types: CLIENTS,
    judge: all(without("allowed_oauth_flows", ["implicit"]), without("explicit_auth_flows", PASSWORD_FLOWS)),
  },
] as const satisfies readonly ResourceGuardrail[];
