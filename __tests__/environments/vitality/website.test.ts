/** The website of Vitality, and the page of a person on call, as Terraform plans them. */
import { z } from "zod";
import { API } from "../../../contracts/api";
import { parametersPath, websiteFiles } from "../../../environments/vitality/context";
import { prod } from "../../../environments/vitality/prod";
import { Configurations, readTree } from "../../../lib/judgement/configuration";
import { PLAN_TIMEOUT, type Planned } from "../../support/planned";
import { arnOf } from "../../support/stand-ins";
import { describeWithTerraform } from "../../support/terraform-needed";
import { committedPlan } from "../committed-plan";
import { TREE } from "../committed-tree";

const DOMAIN = "vitality.example";

describeWithTerraform("the website", () => {
  let plan: Planned;
  beforeAll(async () => {
    plan = await committedPlan("environments/vitality/prod/frontend");
  }, PLAN_TIMEOUT);

  const site = "module.site.aws_cloudfront_distribution.this";

  test("has the domain of the environment, with its certificate and its web ACL", () => {
    expect(plan.values(site)).toMatchObject({
      aliases: [DOMAIN],
      web_acl_id: arnOf("module.web_acl.aws_wafv2_web_acl.this"),
    });
    expect(plan.values("module.certificate.aws_acm_certificate.this")).toMatchObject({ domain_name: DOMAIN });
    expect(plan.values("module.web_acl.aws_wafv2_web_acl.this")).toMatchObject({ scope: "CLOUDFRONT" });
  });

  test("lets browsers connect to the API, to its monitor and to Cognito, and to nothing else", () => {
    const policy = z
      .object({
        security_headers_config: z.tuple([
          z.object({ content_security_policy: z.tuple([z.object({ content_security_policy: z.string() })]) }),
        ]),
      })
      .parse(plan.values("module.site.aws_cloudfront_response_headers_policy.this"));
    const [{ content_security_policy }] = policy.security_headers_config;
    expect(content_security_policy[0].content_security_policy.split("; ")).toContain(
      "connect-src 'self' https://dataplane.rum.eu-west-1.amazonaws.com https://cognito-identity.eu-west-1.amazonaws.com",
    );
  });

  test("is opened by a canary, which calls the health check that the API has", () => {
    expect(plan.values("module.canary.aws_synthetics_canary.this").run_config).toMatchObject([
      { environment_variables: { DOMAIN_NAME: DOMAIN, HEALTH_PATH: API.standIns.healthPath } },
    ]);
  });

  test("has roles within the boundary of workloads alone", () => {
    const boundaries = plan.all("aws_iam_role").map(({ values }) => values.permissions_boundary);
    expect(new Set(boundaries)).toEqual(
      new Set([`arn:aws:iam::${prod.account.id}:policy/delivery-workloads-boundary`]),
    );
  });
});

test("the job that deploys may upload files of the website and read the settings of its build, and delete nothing", () => {
  const account = new Configurations(readTree(TREE)).root("accounts/vitality-prod");
  const deploy = account.calls.find(({ inputs }) => inputs.name === "delivery-deploy-vitality-prod");
  const { ListFiles, UploadFiles, ReadSettings, ...others } = z
    .record(z.string(), z.object({ actions: z.array(z.string()), resources: z.array(z.string()) }))
    .parse(deploy?.inputs.statements);
  const { filesBucket } = websiteFiles(prod);
  expect({ ListFiles, UploadFiles, ReadSettings }).toEqual({
    ListFiles: { actions: ["s3:ListBucket"], resources: [`arn:aws:s3:::${filesBucket}`] },
    UploadFiles: { actions: ["s3:PutObject"], resources: [`arn:aws:s3:::${filesBucket}/*`] },
    ReadSettings: {
      actions: ["ssm:GetParameter"],
      resources: [`arn:aws:ssm:eu-west-1:${prod.account.id}:parameter${parametersPath(prod)}/build/*`],
    },
  });
  expect(Object.values(others).flatMap(({ actions }) => actions.filter((action) => action.startsWith("s3:")))).toEqual(
    [],
  );
});

const WIDGETS = z.object({
  widgets: z.array(z.object({ type: z.string(), properties: z.looseObject({ title: z.string().optional() }) })),
});

describeWithTerraform("the page of a person on call", () => {
  let plan: Planned;
  beforeAll(async () => {
    plan = await committedPlan("environments/vitality/prod/observability");
  }, PLAN_TIMEOUT);

  const widgets = () =>
    WIDGETS.parse(plan.document("module.page.aws_cloudwatch_dashboard.this", "dashboard_body")).widgets;
  const titled = (title: string) => widgets().find(({ properties }) => properties.title === title)?.properties;

  test("shows the alarms of the website, the API, the database and the network", () => {
    expect(titled("Alarms")?.alarms).toEqual([
      expect.stringContaining("alarm:shop-page-failed-runs"),
      expect.stringContaining("alarm:shop-api-"),
      expect.stringContaining("alarm:shop-database-"),
      expect.stringContaining("alarm:shop-network-"),
    ]);
  });

  test("shows business metrics by their namespace, and metrics of CloudFront from us-east-1", () => {
    expect(JSON.stringify(titled("Business metrics"))).toContain("SEARCH('Namespace=");
    expect(titled("CloudFront: requests")).toMatchObject({ region: "us-east-1" });
  });

  test("shows the metrics that the API publishes about itself", () => {
    expect(titled("Latency (p95)")?.metrics).toEqual([
      expect.arrayContaining(["AWS/AppRunner", "RequestLatency", { label: "Latency" }]),
    ]);
  });

  test("shows slow statements from the log of the database", () => {
    expect(titled("Slow statements")?.query).toMatch(/^SOURCE '\/aws\/rds\/cluster\/vitality-prod\/postgresql' \| /);
  });

  test("has saved queries for each log", () => {
    const groups = plan
      .all("aws_cloudwatch_query_definition")
      .flatMap(({ values }) => z.array(z.string()).parse(values.log_group_names));
    expect(new Set(groups).size).toBe(5);
  });
});
