import { USER_POOLS } from "../../../../lib/judgement/guardrails/user-pools";
import { type HclValue, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const unknown = new Unknown();
const pool = (values: Values, lifecycle = {}) => resourceOf("aws_cognito_user_pool", values, { lifecycle });
const client = (values: Values) => resourceOf("aws_cognito_user_pool_client", values);
const app = { software_token_mfa_configuration: [{ enabled: true }] };

proveRows(USER_POOLS, {
  "user-pool-mfa": [
    ["holds if an authenticator app is required", [pool({ mfa_configuration: "ON", ...app })], "holds"],
    ["holds if it is offered", [pool({ mfa_configuration: "OPTIONAL", ...app })], "holds"],
    ["is broken by default", [pool(app)], "broken: mfa_configuration = null"],
    ["is broken if it is off", [pool({ mfa_configuration: "OFF", ...app })], 'broken: mfa_configuration = "OFF"'],
    [
      "is broken if only SMS is offered",
      [pool({ mfa_configuration: "ON" })],
      "broken: software_token_mfa_configuration.enabled = null",
    ],
    [
      "is unknown if it is unknown",
      [pool({ mfa_configuration: unknown, ...app })],
      "unknown: mfa_configuration = (known after apply)",
    ],
  ],
  "user-pool-deletion-protected": [
    ["holds if it is active", [pool({ deletion_protection: "ACTIVE" })], "holds"],
    ["is broken by default", [pool({})], "broken: deletion_protection = null"],
    [
      "is broken if it is inactive",
      [pool({ deletion_protection: "INACTIVE" })],
      'broken: deletion_protection = "INACTIVE"',
    ],
  ],
  "user-pool-destroy-prevented": [
    ["holds if Terraform refuses", [pool({}, { prevent_destroy: true })], "holds"],
    ["is broken by default", [pool({})], "broken: lifecycle.prevent_destroy = null"],
  ],
  "user-pool-client-without-secret": [
    ["holds by default", [client({})], "holds"],
    ["holds if it has none", [client({ generate_secret: false })], "holds"],
    ["is broken by a secret", [client({ generate_secret: true })], "broken: generate_secret = true"],
  ],
  "user-pool-client-code-flow": [
    [
      "holds with codes",
      [client({ allowed_oauth_flows: ["code"], explicit_auth_flows: ["ALLOW_USER_SRP_AUTH"] })],
      "holds",
    ],
    [
      "is broken by the implicit flow",
      [client({ allowed_oauth_flows: ["code", "implicit"] })],
      'broken: allowed_oauth_flows has "implicit"',
    ],
    [
      "is broken by the password flow",
      [client({ explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH"] })],
      'broken: explicit_auth_flows has "ALLOW_USER_PASSWORD_AUTH"',
    ],
    [
      "is unknown if the flows are",
      [client({ allowed_oauth_flows: unknown })],
      "unknown: allowed_oauth_flows has (known after apply)",
    ],
  ],
});
