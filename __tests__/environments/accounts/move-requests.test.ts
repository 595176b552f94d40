import { deployRole } from "../../../environments/accounts/deploy-role";
import type { Application } from "../../../environments/common/application";
import { deployTime } from "../../lib/generator/support";
import { describePlan, type Planned } from "../../support/planned";
import { EVERYTHING, may, type Request } from "../../support/policy";

const ACCOUNT = "111122223333";
const REGION = "eu-central-1";
const name = "shop-prod";

const application: Application = {
  environment: name,
  repository: { name: "example/shop", subject: "ids", ownerId: 1000001, id: 2000009 },
  root: "environments/shop/prod",
  region: REGION,
  imageRepositories: [`${name}/api`],
  copiedRepositories: [],
  cluster: name,
  services: ["blue", "green"].map((colour) => {
    const service = `${name}-api-${colour}`;
    return { name: service, family: service, deployedBy: "ecs" };
  }),
  migrations: null,
  database: name,
  queues: [],
  recordBuckets: [],
};
const colours = { zoneId: "Z0123456789ABC", domain: "shop.example", function: null } as const;
const withFunction = {
  ...colours,
  function: { name: "shop-prod-pricing", archives: { bucket: "shop-artifacts", folder: "pricing", key: "shop-prod" } },
} as const;

const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
const ZONE = "arn:aws:route53:::hostedzone/Z0123456789ABC";

describePlan(
  "the role that deploys to one of two sets",
  (root) => {
    const iam = (resource: string) =>
      deployTime<string>(JSON.stringify(`arn:aws:iam::${ACCOUNT}:${resource}`), root.address);
    const pipeline = {
      root,
      providerArn: iam("oidc-provider/token.actions.githubusercontent.com"),
      backends: [],
      boundaryArn: iam("policy/delivery-environments-boundary"),
    };
    deployRole(pipeline, { ...application, environment: "one-set" });
    deployRole(pipeline, { ...application, environment: "two-sets", colours });
    deployRole(pipeline, { ...application, environment: "functions", colours: withFunction });
  },
  (plan) => {
    const can = (environment: string, action: string, resource: string, context: Request["context"] = {}) =>
      may(Object.values(statementsOf(plan(), environment)), [EVERYTHING], { action, resource, context });
    const change = (record: string, type = "A", action = "DELETE") => ({
      "route53:ChangeResourceRecordSetsNormalizedRecordNames": record,
      "route53:ChangeResourceRecordSetsRecordTypes": type,
      "route53:ChangeResourceRecordSetsActions": action,
    });
    const moves = (environment: string, context: Request["context"], zone = ZONE) =>
      can(environment, "route53:ChangeResourceRecordSets", zone, context);

    test("has the permissions of an application with one set, if there is one", () => {
      const known = ["ReadRevisions", "RegisterRevisions", "TagRevisions", "PassTaskRoles", "UpdateServices"];
      const images = ["LogInToRegistry", "PushImages"];
      expect(Object.keys(statementsOf(plan(), "one-set")).sort()).toEqual([...known, ...images].sort());
    });

    test.each(["two-sets", "functions"])("changes the weights of the origin of %s, and no other record", (one) => {
      for (const action of ["CREATE", "DELETE"])
        expect(moves(one, change("origin.shop.example", "A", action))).toBe(true);
      expect(moves(one, change("shop.example"))).toBe(false);
      expect(moves(one, change("blue.shop.example"))).toBe(false);
      expect(moves(one, change("origin.shop.example", "TXT"))).toBe(false);
      expect(moves(one, change("origin.shop.example"), "arn:aws:route53:::hostedzone/Z0OTHER")).toBe(false);
      expect(can(one, "route53:ListResourceRecordSets", ZONE)).toBe(true);
    });

    test("overwrites no record, because Route 53 does not compare an UPSERT with the current record", () => {
      expect(moves("two-sets", change("origin.shop.example", "A", "UPSERT"))).toBe(false);
    });

    test("suspends the scaling of tasks, and of functions if there is one", () => {
      const suspends = (one: string, dimension: string) =>
        can(
          one,
          "application-autoscaling:RegisterScalableTarget",
          arn("application-autoscaling", "scalable-target/1"),
          {
            "application-autoscaling:scalable-dimension": dimension,
          },
        );
      expect(suspends("two-sets", "ecs:service:DesiredCount")).toBe(true);
      expect(suspends("two-sets", "lambda:function:ProvisionedConcurrency")).toBe(false);
      expect(suspends("functions", "lambda:function:ProvisionedConcurrency")).toBe(true);
      expect(suspends("functions", "rds:cluster:ReadReplicaCount")).toBe(false);
    });

    test("moves the aliases of its own function to versions of its own archives", () => {
      const own = arn("lambda", "function:shop-prod-pricing");
      for (const resource of [own, `${own}:green`]) {
        expect(can("functions", "lambda:UpdateAlias", resource)).toBe(true);
        expect(can("two-sets", "lambda:UpdateAlias", resource)).toBe(false);
        expect(can("functions", "lambda:InvokeFunction", resource)).toBe(false);
      }
      expect(can("functions", "lambda:UpdateFunctionCode", arn("lambda", "function:other"))).toBe(false);
      expect(can("functions", "s3:PutObject", "arn:aws:s3:::shop-artifacts/pricing/1.zip")).toBe(true);
      expect(can("functions", "s3:PutObject", "arn:aws:s3:::shop-artifacts/other/1.zip")).toBe(false);
      expect(can("functions", "s3:DeleteObjectVersion", "arn:aws:s3:::shop-artifacts/pricing/1.zip")).toBe(false);
      const through = (alias: string) =>
        can("functions", "kms:Decrypt", arn("kms", "key/a"), {
          "kms:ViaService": `s3.${REGION}.amazonaws.com`,
          "kms:ResourceAliases": alias,
        });
      expect(through("alias/shop-prod")).toBe(true);
      expect(through("alias/other")).toBe(false);
    });
  },
);

function statementsOf(plan: Planned, environment: string) {
  const module = `module.deploy_${environment.replaceAll("-", "_")}_role`;
  return plan.statements(`${module}.aws_iam_role_policy.this[0]`);
}
