import { withoutAccount } from "../../../lib/terraform/offline";

const changed = (configuration: object): unknown => JSON.parse(withoutAccount(JSON.stringify(configuration)));

const DUMMIES = {
  access_key: "offline",
  secret_key: "offline",
  skip_credentials_validation: true,
  skip_metadata_api_check: true,
  skip_region_validation: true,
  skip_requesting_account_id: true,
};

test("the backend is left out, and the rest of the terraform block stays", () => {
  const terraform = { required_version: ">= 1.11.0", required_providers: { aws: { version: "5.100.0" } } };
  expect(changed({ "//": "note", terraform: { ...terraform, backend: { s3: { bucket: "state" } } } })).toEqual({
    "//": "note",
    terraform,
  });
});

test("every AWS provider configuration gets dummy credentials and loses what needs an account", () => {
  const main = { region: "us-east-1", allowed_account_ids: ["1"], profile: "orders", default_tags: [{ tags: {} }] };
  const replica = { alias: "replica", region: "us-west-2", assume_role: [{ role_arn: "arn" }] };
  expect(changed({ provider: { aws: [main, replica], helm: [{ burst_limit: 1 }] } })).toEqual({
    provider: {
      aws: [
        { region: "us-east-1", default_tags: [{ tags: {} }], ...DUMMIES },
        { alias: "replica", region: "us-west-2", ...DUMMIES },
      ],
      helm: [{ burst_limit: 1 }],
    },
  });
});

test("a provider that is configured once may be an object instead of a list", () => {
  expect(changed({ provider: { aws: { region: "us-east-1", allowed_account_ids: ["1"] } } })).toEqual({
    provider: { aws: [{ region: "us-east-1", ...DUMMIES }] },
  });
});

test("a file without backend and provider stays as it is", () => {
  const calls = { module: { bucket: { source: "../bucket", provider: "aws" } }, terraform: { required_version: "1" } };
  expect(changed(calls)).toEqual(calls);
});

test("imports are left out, as only an account has the objects", () => {
  expect(changed({ module: {}, import: [{ to: "module.a.aws_vpc.this", id: "vpc-1" }] })).toEqual({ module: {} });
});
