import { deployRole } from "../../../environments/accounts/deploy-role";
import { switchRole } from "../../../environments/accounts/switch-role";
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
const colours = { zoneId: "Z0123456789ABC", domain: "shop.example" } as const;
const lambda = {
  name: "shop-prod-pricing",
  archives: { bucket: "shop-artifacts", folder: "pricing", key: "shop-prod" },
} as const;

const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
const ZONE = "arn:aws:route53:::hostedzone/Z0123456789ABC";

describePlan(
  "the roles of an application with two sets of services",
  (root) => {
    const iam = (resource: string) =>
      deployTime<string>(JSON.stringify(`arn:aws:iam::${ACCOUNT}:${resource}`), root.address);
    const pipeline = {
      root,
      providerArn: iam("oidc-provider/token.actions.githubusercontent.com"),
      backends: [],
      boundaryArn: iam("policy/delivery-environments-boundary"),
    };
    for (const [environment, more] of Object.entries({ services: {}, functions: { function: lambda } })) {
      const own = { ...application, environment, colours, ...more };
      deployRole(pipeline, own);
      switchRole(pipeline, own, colours);
    }
  },
  (plan) => {
    type Role = `${"deploy" | "switch"}_${"services" | "functions"}`;
    const can = (role: Role, action: string, resource: string, context: Request["context"] = {}) =>
      may(statementsOf(plan(), role), [EVERYTHING], { action, resource, context });
    const change = (record: string, type = "A", action = "DELETE") => ({
      "route53:ChangeResourceRecordSetsNormalizedRecordNames": record,
      "route53:ChangeResourceRecordSetsRecordTypes": type,
      "route53:ChangeResourceRecordSetsActions": action,
    });
    const moves = (role: Role, context: Request["context"], zone = ZONE) =>
      can(role, "route53:ChangeResourceRecordSets", zone, context);

    test("the one that switches trusts a GitHub environment of its own", () => {
      const { AssumeByJobs } = plan().statements("module.switch_services_role.aws_iam_role.this", "assume_role_policy");
      expect(JSON.stringify(AssumeByJobs?.Condition)).toContain(":environment:services-switch");
    });

    test("the one that switches changes the weights of the origin, and no other record", () => {
      for (const action of ["CREATE", "DELETE"]) {
        expect(moves("switch_services", change("origin.shop.example", "A", action))).toBe(true);
      }
      expect(moves("switch_services", change("shop.example"))).toBe(false);
      expect(moves("switch_services", change("blue.shop.example"))).toBe(false);
      expect(moves("switch_services", change("origin.shop.example", "TXT"))).toBe(false);
      expect(moves("switch_services", change("origin.shop.example"), "arn:aws:route53:::hostedzone/Z0OTHER")).toBe(
        false,
      );
    });

    test("the one that switches overwrites no record, because Route 53 does not compare an UPSERT with the current one", () => {
      expect(moves("switch_services", change("origin.shop.example", "A", "UPSERT"))).toBe(false);
    });

    test("the one that deploys reads the weights, and changes none", () => {
      expect(can("deploy_services", "route53:ListResourceRecordSets", ZONE)).toBe(true);
      expect(moves("deploy_services", change("origin.shop.example"))).toBe(false);
    });

    test("the one that switches suspends the scaling of tasks, and of functions if there is one", () => {
      const suspends = (role: Role, dimension: string) =>
        can(
          role,
          "application-autoscaling:RegisterScalableTarget",
          arn("application-autoscaling", "scalable-target/1"),
          {
            "application-autoscaling:scalable-dimension": dimension,
          },
        );
      expect(suspends("switch_services", "ecs:service:DesiredCount")).toBe(true);
      expect(suspends("switch_services", "lambda:function:ProvisionedConcurrency")).toBe(false);
      expect(suspends("switch_functions", "lambda:function:ProvisionedConcurrency")).toBe(true);
      expect(suspends("switch_functions", "rds:cluster:ReadReplicaCount")).toBe(false);
    });

    test("the one that deploys moves the aliases of its own function to versions of its own archives", () => {
      const own = arn("lambda", "function:shop-prod-pricing");
      for (const resource of [own, `${own}:green`]) {
        expect(can("deploy_functions", "lambda:UpdateAlias", resource)).toBe(true);
        expect(can("deploy_functions", "lambda:InvokeFunction", resource)).toBe(false);
        expect(can("deploy_services", "lambda:UpdateAlias", resource)).toBe(false);
        expect(can("switch_functions", "lambda:UpdateAlias", resource)).toBe(false);
        expect(can("switch_functions", "lambda:PutProvisionedConcurrencyConfig", resource)).toBe(true);
      }
      expect(can("deploy_functions", "lambda:UpdateFunctionCode", arn("lambda", "function:other"))).toBe(false);
      expect(can("deploy_functions", "s3:PutObject", "arn:aws:s3:::shop-artifacts/pricing/1.zip")).toBe(true);
      expect(can("deploy_functions", "s3:PutObject", "arn:aws:s3:::shop-artifacts/other/1.zip")).toBe(false);
      expect(can("deploy_functions", "s3:DeleteObjectVersion", "arn:aws:s3:::shop-artifacts/pricing/1.zip")).toBe(
        false,
      );
      const through = (alias: string) =>
        can("deploy_functions", "kms:Decrypt", arn("kms", "key/a"), {
          "kms:ViaService": `s3.${REGION}.amazonaws.com`,
          "kms:ResourceAliases": alias,
        });
      expect(through("alias/shop-prod")).toBe(true);
      expect(through("alias/other")).toBe(false);
    });
  },
);

function statementsOf(plan: Planned, role: string) {
  return Object.values(plan.statements(`module.${role}_role.aws_iam_role_policy.this[0]`));
}
