import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { formOfSecret, looksLikeSecretName } from "../../../../lib/judgement/guardrails/secret-patterns";
import { temporaryFolder } from "../../terraform/sample";

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
  "DB_PASS",
  "REDIS_AUTH",
  "DATADOG_APP_KEY",
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

/** Composed here, so that no scanner reports this file as a leak. */
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
  ["a URL with a password", `redis://:${of(8)}@cache.example:6379`],
  ["a URL with a password", `mongodb+srv://app:${of(8)}@db.example/app`],
  ["a DSN with a password", `app:${of(8)}@tcp(db.example:3306)/app`],
  ["a JDBC URL with a password", `jdbc:oracle:thin:app/${of(8)}@//db.example:1521/app`],
  ["a value of password", `jdbc:postgresql://db.example/app?user=app&password=${of(8)}`],
  ["a value of Pwd", `Server=db.example;Database=app;Uid=app;Pwd=${of(8)};`],
  ["a value of Password", `Server=db.example;User Id=app;Password=${of(8)}`],
  ["a value of password", `host=db.example user=app password=${of(8)}`],
  ["a value of api_key", `https://api.example/v1?q=1&api_key=${of(8)}`],
  ["a value of client_secret", JSON.stringify({ inner: JSON.stringify({ client_secret: of(8) }) })],
  ["a value of db_password", `[db]\ndb_password = ${of(8)}\n`],
  ["a value of token", `app:\n  token: ${of(8)}\n`],
  ["a value of password", `mysql --user app --password ${of(8)} app`],
  ["a value of aws_secret_access_key", `aws_secret_access_key=${of(40)}`],
  ["an Authorization header", `curl -H "Authorization: Bearer ${of(20)}" https://api.example`],
  ["a command with a password", `mysql -uapp -p${of(8)} app`],
  ["a command with a password", `sshpass -p ${of(8)} ssh host`],
  ["a command with a password", `redis-cli -h cache.example -a ${of(8)} ping`],
  ["a value of aws_secret_access_key", `aws configure set aws_secret_access_key ${of(40)}`],
  ["a value of password", `<connection><password>${of(8)}</password></connection>`],
  ["a value of DB_PASSWORD", `env:\n  - name: DB_PASSWORD\n    value: ${of(8)}\n`],
  ["a presigned URL", `https://bucket.example/key?X-Amz-Signature=${"0a".repeat(32)}`],
  ["a command with a password", `curl -s -u app:${of(8)} https://api.example`],
  ["a value of DB_PASSWORD", Buffer.from(`export DB_PASSWORD=${of(8)}\n`).toString("base64")],
  ["a value of DB_PASSWORD", `echo ${Buffer.from(`export DB_PASSWORD=${of(8)}\n`).toString("base64")} | base64 -d`],
])("%s is recognized: %s", (form, text) => {
  expect(formOfSecret(text)).toBe(form);
  expect(formOfSecret(text)).toBeDefined();
});

const folder = temporaryFolder();

/** A sample for each kind that secretlint's recommended rules find. Our table has to find it as well. */
const SAMPLES: Readonly<Record<string, string>> = {
  aws: `AWS_SECRET_ACCESS_KEY="${of(40)}"`,
  github: `ghp_${of(36)}`,
  gitlab: `glpat-${of(20)}`,
  npm: `npm_${of(36)}`,
  slack: `https://hooks.slack.com/services/T${of(8)}/B${of(8)}/${of(24)}`,
  basicauth: `https://app:${of(8)}@api.example.com`,
  openai: `sk-${of(20)}T3BlbkFJ${of(20)}`,
  anthropic: `sk-ant-api03-${of(92)}AA`,
  groq: `gsk_${of(52)}`,
  huggingface: `hf_${"aB".repeat(17)}`,
  linear: `lin_api_${of(40)}`,
  notion: `ntn_${"1".repeat(11)}${of(36).slice(1)}`,
  sendgrid: `SG.${of(24).slice(2)}.${of(44).slice(1)}`,
  shopify: `shpat_${of(32)}`,
  grafana: `glc_${of(40)}`,
  "1password": `ops_${Buffer.from(JSON.stringify({ token: of(88) })).toString("base64")}`,
  vault: `hvs.${of(96)}`,
  vercel: `vcp_${of(24)}`,
  databricks: `dapi${"0a".repeat(16)}`,
  docker: `dckr_pat_${of(28).slice(1)}`,
  figma: `figd_${of(40)}`,
  mongodb: `mongodb://app:${of(8)}@db.example.com/app`,
  mysql: `mysql://app:${of(8)}@db.example.com/app`,
  postgres: `postgres://app:${of(8)}@db.example.com/app`,
};

test("every sample that secretlint's recommended rules find is recognized", () => {
  const files = Object.entries(SAMPLES).map(([name, text]) => {
    writeFileSync(path.join(folder, `${name}.txt`), `${text}\n`);
    return name;
  });
  const binary = path.resolve(__dirname, "../../../../node_modules/.bin/secretlint");
  const config = path.resolve(__dirname, "../../../../.secretlintrc.json");
  const { stdout } = spawnSync(binary, ["--secretlintrc", config, "--format", "json", "*.txt"], {
    cwd: folder,
    encoding: "utf8",
  });
  const found = z
    .array(z.object({ filePath: z.string(), messages: z.array(z.unknown()) }))
    .parse(JSON.parse(stdout))
    .filter(({ messages }) => messages.length > 0)
    .map(({ filePath }) => path.basename(filePath, ".txt"));
  expect(found.sort()).toEqual(files.sort());
  expect(files.filter((name) => formOfSecret(SAMPLES[name] ?? "") === undefined)).toEqual([]);
}, 30_000);

test.each([
  "",
  "https://app.example/login?next=/a@b",
  "postgres://db.example:5432/app",
  "arn:aws:secretsmanager:us-east-1:111111111111:secret:app-AbCdEf",
  "-----BEGIN CERTIFICATE-----",
  "sk_test_1234567890123456",
  "ghp_short",
  "postgres://app:$DB_PASSWORD@db.example/app",
  "postgres://app:${DB_PASSWORD}@db.example/app",
  "postgres://app:<password>@db.example/app",
  "password = null",
  'master_password = "(sensitive value)"',
  '{"password":{"type":"string"},"token":"{{token}}"}',
  "Password: at least eight characters",
  "--password $DB_PASSWORD",
  "docker run --user 1000:1000 app",
  "http_tokens = required",
  "pwd=/srv/app",
  "aws ecr get-login-password | docker login --username AWS --password-stdin r.example",
  'echo "ec2-user:$PASSWORD" | chpasswd',
  "docker login -u AWS --password-stdin r.example <<< $TOKEN",
  "echo done | tee /tmp/passwd",
  "Basic monitoring",
  "Bearer authorization",
  "net user Administrator /active:no",
  "login with password or token",
  "Shows who is identified by 'name'",
  "https://example.com/a%20b?q=%2B1",
  "00:11:22:33:44:55 > /tmp/addresses",
  "2001:0:db8:a:b:c:d:e",
  "github.com/owner/name@v1.2.3",
  '{"d":"M10 10 L20 20","k":"short"}',
  "{ password: { type: 'string', required: true } }",
  "primary_key: string = 'id'",
  "key=value",
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "0d0d0d0d-1111-4222-8333-444455556666",
])("%j contains no secret", (text) => {
  expect(formOfSecret(text)).toBeUndefined();
  expect(formOfSecret(text)).toBeUndefined();
});
