import { formOfSecret, looksLikeSecretName } from "../../../lib/guardrails/secret-patterns";

test.each([
  "PASSWORD",
  "DATABASE_PASSWORD",
  "PGPASSWORD",
  "dbPassword",
  "db-password",
  "DB_PASSWORD_2",
  "CLIENT_SECRET",
  "SECRET_KEY_BASE",
  "GITHUB_TOKEN",
  "STRIPE_API_KEY",
  "ApiKey",
  "JWT_PRIVATE_KEY",
  "AWS_SECRET_ACCESS_KEY",
  "SMTP_CREDENTIALS",
  "DB_PWD",
])("%s is the name of a secret", (name) => {
  expect(looksLikeSecretName(name)).toBe(true);
});

test.each([
  "PWD",
  "DATABASE_HOST",
  "DATABASE_SECRET_ARN",
  "DATABASE_SECRET_NAME",
  "AWS_ACCESS_KEY_ID",
  "TOKEN_URL",
  "PRIVATE_KEY_PATH",
  "PASSWORD_FILE",
  "SECRET_KMS_KEY",
  "TOKEN_TTL_SECONDS",
  "PASSWORD_MIN_LENGTH",
  "MAX_TOKENS",
  "JWT_PUBLIC_KEY",
  "SECRETARY",
  "SESSION_KEY_COUNT",
])("%s is not the name of a secret", (name) => {
  expect(looksLikeSecretName(name)).toBe(false);
});

const of = (length: number) => "A1b2".repeat(length / 4);

/** Put together here, so that no scanner takes this file for a leak. */
test.each([
  ["an AWS access key id", `id=${"AKIA"}${"IOSFODNN7EXAMPLE"}`],
  ["a private key", `-----BEGIN RSA ${"PRIVATE"} KEY-----`],
  ["a private key", `-----BEGIN ${"PRIVATE"} KEY-----`],
  ["a GitHub token", `ghp_${of(36)}`],
  ["a GitHub token", `github_pat_${of(24)}`],
  ["a Slack token", `xoxb-${of(12)}`],
  ["a Stripe live key", `sk_live_${of(24)}`],
  ["a JSON web token", `eyJ${of(12)}.eyJ${of(12)}.${of(12)}`],
  ["a URL with a password", `postgres://app:${of(8)}@db.example:5432/app`],
])("%s is recognized: %s", (form, text) => {
  expect(formOfSecret(text)).toBe(form);
  expect(formOfSecret(text)).toBeDefined();
});

test.each([
  "",
  "https://app.example/login?next=/a@b",
  "postgres://db.example:5432/app",
  "arn:aws:secretsmanager:us-east-1:111111111111:secret:app-AbCdEf",
  "-----BEGIN CERTIFICATE-----",
  "sk_test_1234567890123456",
  "ghp_short",
])("%j has no secret in it", (text) => {
  expect(formOfSecret(text)).toBeUndefined();
  expect(formOfSecret(text)).toBeUndefined();
});
