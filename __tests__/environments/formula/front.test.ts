/** The website and the protection of Formula against its document, from the plans of the committed tree. */

import { z } from "zod";
import type { Planned } from "../../support/planned";
import { arnOf } from "../../support/stand-ins";
import { describePlans, NAMES } from "./plans";

const COLOURS = ["blue", "green"] as const;

describePlans("what users reach", (planOf) => {
  describe.each(NAMES)("the website of %s", (name) => {
    test("is served by CloudFront with TLS 1.2 or newer, behind rules against injection, scripts and floods", () => {
      const plan = planOf(name);
      expect(plan.values("module.site.aws_cloudfront_distribution.this")).toMatchObject({
        web_acl_id: arnOf("module.website_web_acl.aws_wafv2_web_acl.this"),
        viewer_certificate: [{ minimum_protocol_version: "TLSv1.2_2021" }],
      });
      expect(rulesOf(plan, "website_web_acl")).toEqual([
        "AWSManagedRulesAmazonIpReputationList",
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
        "AWSManagedRulesSQLiRuleSet",
        2000,
      ]);
    });

    test("may connect to its API and its sign-in pages", () => {
      expect(JSON.stringify(planOf(name).values("module.site.aws_cloudfront_response_headers_policy.this"))).toMatch(
        /connect-src 'self' https:\/\/api\.[\w.]*formula\.example https:\/\/login\.[\w.]*formula\.example/,
      );
    });
  });

  test("load balancers take TLS 1.3, and the API TLS 1.2", () => {
    const plan = planOf("prod");
    for (const colour of COLOURS) {
      const listener = plan.values(`module.${colour}_load_balancer.aws_lb_listener.https`);
      expect(listener.ssl_policy).toMatch(/^ELBSecurityPolicy-TLS13-1-2-/);
    }
    expect(plan.values("module.api.aws_api_gateway_domain_name.this")).toMatchObject({ security_policy: "TLS_1_2" });
  });

  test("production filters requests to the API, with a limit for each address, and those that go round it, without one", () => {
    const plan = planOf("prod");
    expect(plan.values("module.web_acl.aws_wafv2_web_acl_association.this").resource_arn).toBe(
      arnOf("module.api.aws_api_gateway_stage.this"),
    );
    expect(rulesOf(plan, "web_acl")).toContain(2000);
    for (const colour of COLOURS) {
      const rules = rulesOf(plan, `${colour}_web_acl`);
      expect(rules).toContain("AWSManagedRulesSQLiRuleSet");
      expect(rules.filter((rule) => typeof rule === "number")).toEqual([]);
    }
  });

  test("Shield Advanced protects the website, the zone and both load balancers of production, at an acknowledged cost", () => {
    const protections = planOf("prod").all("aws_shield_protection");
    expect(Object.fromEntries(protections.map(({ key, values }) => [key, values.resource_arn]))).toEqual({
      website: arnOf("module.site.aws_cloudfront_distribution.this"),
      zone: "arn:aws:route53:::hostedzone/Z0000000000000FPROD",
      blue: arnOf("module.blue_load_balancer.aws_lb.this"),
      green: arnOf("module.green_load_balancer.aws_lb.this"),
    });
    for (const { values } of protections) {
      expect(values.tags).toEqual({ AcknowledgedCost: "Shield Advanced costs USD 3000 a month for at least one year" });
    }
    expect([...planOf("dev").all("aws_shield_protection"), ...planOf("staging").all("aws_shield_protection")]).toEqual(
      [],
    );
  });
});

/** The managed groups of a web ACL in alphabetical order, and its limits. */
function rulesOf(plan: Planned, call: string): (string | number)[] {
  const { rule } = z
    .object({
      rule: z.array(
        z.object({
          statement: z.tuple([
            z.looseObject({
              managed_rule_group_statement: z.array(z.looseObject({ name: z.string() })),
              rate_based_statement: z.array(z.looseObject({ limit: z.number() })),
            }),
          ]),
        }),
      ),
    })
    .parse(plan.values(`module.${call}.aws_wafv2_web_acl.this`));
  const statements = rule.map(({ statement: [one] }) => one);
  return [
    ...statements.flatMap(({ managed_rule_group_statement: groups }) => groups.map(({ name }) => name)).sort(),
    ...statements.flatMap(({ rate_based_statement: limits }) => limits.map(({ limit }) => limit)),
  ];
}
