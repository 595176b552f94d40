/** The root that a system gets from the data of one environment. */
import { accountWithState, inRegion } from "../../../environments/common/account";
import type { Environment, InComponent } from "../../../environments/common/environment";
import { systemRoot } from "../../../environments/common/system-root";
import { InputError } from "../../../lib";

const account = accountWithState("shop-prod", "111122223333", "eu-central-1");
const prod = {
  name: "prod",
  account,
  region: "eu-central-1",
  wave: 2,
  production: true,
} as const satisfies Environment;

test("a root takes path, source, backend, tags and roles from the environment", () => {
  const { props } = systemRoot("shop", prod, { domain: ["shop.example"] });
  expect(props).toEqual({
    path: "environments/shop/prod",
    source: "environments/shop/prod.ts",
    accountId: "111122223333",
    region: "eu-central-1",
    backend: {
      bucket: "shop-prod-terraform-state-111122223333",
      region: "eu-central-1",
      kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:alias/terraform-state",
      dynamodbTable: "terraform-locks",
    },
    tags: { CostCenter: "shop", App: "shop", Owner: "platform", Env: "prod" },
    delivery: {
      approval: expect.stringMatching(/^(?:environment|codeowners)$/),
      environment: "shop-prod",
      wave: 2,
      pullRequestRoleArn: "arn:aws:iam::111122223333:role/delivery-pull-request",
      planRoleArn: "arn:aws:iam::111122223333:role/delivery-plan",
      applyRoleArn: "arn:aws:iam::111122223333:role/delivery-apply-shop-prod",
      plansBucket: "shop-prod-terraform-plans-111122223333",
    },
    production: true,
    identity: { domain: ["shop.example"] },
  });
});

test("each component of an environment has its own path, GitHub environment, apply role, wave and runner", () => {
  const split: Environment<InComponent<"aws" | "cluster">> = prod;
  const { props } = systemRoot("shop", split, {}, { name: "cluster", wavesAfter: 1, runner: "shop-prod" });
  expect(props).toMatchObject({
    path: "environments/shop/prod/cluster",
    source: "environments/shop/prod.ts",
    delivery: {
      environment: "shop-prod-cluster",
      wave: 3,
      applyRoleArn: "arn:aws:iam::111122223333:role/delivery-apply-shop-prod-cluster",
      runner: "shop-prod",
    },
  });
  expect(systemRoot("shop", split, {}, { name: "aws", wavesAfter: 0 }).props.delivery).not.toHaveProperty("runner");
});

test("an environment whose type has no components compiles with none", () => {
  // @ts-expect-error: its exceptions could not name the component
  expect(systemRoot("shop", prod, {}, { name: "aws", wavesAfter: 0 }).props.path).toBe("environments/shop/prod/aws");
});

test("what an environment declares reaches its root: the end, differences, exceptions", () => {
  const exception = {
    guardrail: "rds-backups",
    address: "module.database.aws_db_instance.this",
    reason: "The data is generated every night.",
    owner: "platform",
    approver: "security",
    ticket: "OPS-1",
    created: "2026-11-22",
    expires: "2026-12-22",
  } as const;
  const differences = [{ at: "web_acl", reason: "Only programs use it." }];
  const { props } = systemRoot("shop", { ...prod, ending: true, differences, exceptions: [exception] }, {});
  expect(props).toMatchObject({ ending: true, differences, exceptions: [exception] });
});

test("a system whose name cannot be a folder is refused with the path", () => {
  const work = () => systemRoot("Shop", prod, {});
  expect(work).toThrow(InputError);
  expect(work).toThrow(/path: got "environments\/Shop\/prod"; allowed: .*environments\/<system>\/<environment>/);
});

test("an account in a second region has a state backend there and the same roles for people", () => {
  const standby = inRegion(account, "shop-dr", "eu-west-1");
  expect(standby).toEqual({
    ...accountWithState("shop-dr", "111122223333", "eu-west-1"),
    people: { developer: "shop-prod-developer", operator: "shop-prod-operator", admin: "shop-prod-admin" },
  });
});
