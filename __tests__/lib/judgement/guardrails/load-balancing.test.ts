import { LOAD_BALANCING } from "../../../../lib/judgement/guardrails/load-balancing";
import { Reference, Unknown, type Value } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { type Case, proveRows } from "./rows";

type Values = { readonly [argument: string]: Value };

const lb = (values: Values) => [resourceOf("aws_lb", values)];
const listener = (values: Values) => [resourceOf("aws_lb_listener", values)];
const subnet = (zone: string) => new Reference(`module.vpc.aws_subnet.this["${zone}"]`, "id");
const rule = (
  action: Value,
  listener: Value = new Reference("module.call.aws_lb_listener.this", "arn"),
  type = "aws_lb_listener_rule",
) => resourceOf(type, { listener_arn: listener, action: [action] });
const association = (loadBalancer: string) =>
  resourceOf("aws_wafv2_web_acl_association", { resource_arn: new Reference(loadBalancer, "arn") });
const redirecting = { protocol: "HTTP", default_action: [{ type: "redirect", redirect: [{ protocol: "HTTPS" }] }] };
const redirect = (protocol: Value) => ({ type: "redirect", redirect: [{ protocol, status_code: "HTTP_301" }] });

const policies = (LOAD_BALANCING.find(({ id }) => id === "lb-listener-tls-policy")?.allowed ?? "").split(" of ")[1];

proveRows(LOAD_BALANCING, {
  "lb-listener-encrypted": [
    ["holds where it speaks HTTPS", listener({ protocol: "HTTPS" }), "holds"],
    ["holds where it redirects", listener({ protocol: "HTTP", default_action: [redirect("HTTPS")] }), "holds"],
    [
      "is broken where it forwards plain HTTP",
      listener({ protocol: "HTTP", default_action: [{ type: "forward" }] }),
      'broken: protocol = "HTTP" and default_action.redirect.protocol = null',
    ],
    [
      "is broken where one of two actions forwards",
      listener({ protocol: "HTTP", default_action: [redirect("HTTPS"), { type: "forward" }] }),
      'broken: protocol = "HTTP" and default_action.redirect.protocol = null',
    ],
    [
      "is broken where the redirect is not what it does",
      listener({ protocol: "HTTP", default_action: [{ ...redirect("HTTPS"), type: "forward" }] }),
      'broken: protocol = "HTTP" and default_action.type = "forward"',
    ],
    ["holds where its rules redirect too", [...listener(redirecting), rule(redirect("HTTPS"))], "holds"],
    [
      "holds where another listener has a rule that forwards",
      [...listener(redirecting), rule({ type: "forward" }, new Reference("module.other.aws_lb_listener.this", "arn"))],
      "holds",
    ],
    [
      "holds where a listener of HTTPS forwards",
      [...listener({ protocol: "HTTPS" }), rule({ type: "forward" })],
      "holds",
    ],
    ...["forward", "fixed-response", "authenticate-oidc"].map(
      (type): Case => [
        `is broken where a rule has the action ${type}`,
        [...listener(redirecting), rule(redirect("HTTPS")), rule({ type })],
        'broken: protocol = "HTTP" and action.redirect.protocol = null in module.call.aws_lb_listener_rule.this',
      ],
    ),
    [
      "is broken where a rule redirects to plain HTTP, under the rule's other name",
      [...listener(redirecting), rule(redirect("HTTP"), undefined, "aws_alb_listener_rule")],
      'broken: protocol = "HTTP" and action.redirect.protocol = "HTTP" in module.call.aws_alb_listener_rule.this',
    ],
    [
      "is undecided where the listener of a rule that forwards is open",
      [...listener(redirecting), rule({ type: "forward" }, new Unknown())],
      "unknown: action.redirect.protocol = null in module.call.aws_lb_listener_rule.this",
    ],
    [
      "is undecided where the protocol is open",
      listener({ protocol: new Unknown() }),
      "unknown: protocol = (known after apply)",
    ],
  ],
  "lb-listener-tls-policy": [
    [
      "holds where it takes TLS 1.2 and 1.3",
      listener({ protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06" }),
      "holds",
    ],
    ["holds where it only redirects", listener({ protocol: "HTTP" }), "holds"],
    [
      "is broken where it takes TLS 1.0",
      listener({ protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-TLS13-1-0-2021-06" }),
      'broken: ssl_policy = "ELBSecurityPolicy-TLS13-1-0-2021-06"',
    ],
    ["is broken where none is set", listener({ protocol: "TLS" }), "broken: ssl_policy = null"],
    [
      "is undecided where it is open",
      listener({ protocol: "TLS", ssl_policy: new Unknown() }),
      "unknown: ssl_policy = (known after apply)",
    ],
  ],
  "lb-drops-invalid-headers": [
    ["holds where it does", lb({ drop_invalid_header_fields: true }), "holds"],
    ["holds where it knows no headers", lb({ load_balancer_type: "network" }), "holds"],
    ["is broken where it does not", lb({}), "broken: drop_invalid_header_fields = null"],
    [
      "is undecided where its type is open",
      lb({ load_balancer_type: new Unknown() }),
      "unknown: load_balancer_type = (known after apply)",
    ],
  ],
  "lb-desync-mitigation": [
    ["holds where the default stands", lb({}), "holds"],
    [
      "is broken where it only watches",
      lb({ desync_mitigation_mode: "monitor" }),
      'broken: desync_mitigation_mode = "monitor"',
    ],
    [
      "is undecided where it is open",
      lb({ desync_mitigation_mode: new Unknown() }),
      "unknown: desync_mitigation_mode = (known after apply)",
    ],
  ],
  "lb-deletion-protection": [
    ["holds where it is on", lb({ enable_deletion_protection: true }), "holds"],
    [
      "is broken where it is off",
      lb({ enable_deletion_protection: false }),
      "broken: enable_deletion_protection = false",
    ],
    [
      "is undecided where it is open",
      lb({ enable_deletion_protection: new Unknown() }),
      "unknown: enable_deletion_protection = (known after apply)",
    ],
  ],
  "lb-access-logs": [
    [
      "holds where they go to a bucket",
      lb({ access_logs: { enabled: true, bucket: new Reference("module.logs.aws_s3_bucket.this", "id") } }),
      "holds",
    ],
    ["is broken where there are none", lb({ access_logs: [] }), "broken: access_logs.enabled = null"],
    [
      "is broken where no bucket is named",
      lb({ access_logs: { enabled: true, bucket: "" } }),
      'broken: access_logs.bucket = ""',
    ],
    [
      "is undecided where the bucket is open",
      lb({ access_logs: { enabled: true, bucket: new Unknown() } }),
      "unknown: access_logs.bucket = (known after apply)",
    ],
  ],
  "lb-web-acl": [
    ["holds with a web ACL in front of it", [...lb({}), association("module.call.aws_lb.this")], "holds"],
    ["holds where it is internal", lb({ internal: true }), "holds"],
    ["holds where it says why there is none", lb({ tags: { WithoutWebAcl: "Clients are programs" } }), "holds"],
    ["holds for a network load balancer, which takes none", lb({ load_balancer_type: "network" }), "holds"],
    [
      "is broken without one",
      [...lb({ internal: false }), association("module.other.aws_lb.this")],
      "broken: internal = false and no aws_wafv2_web_acl_association whose resource_arn names this resource and tags.WithoutWebAcl = null",
    ],
    [
      "is broken by an empty reason",
      lb({ tags: { WithoutWebAcl: "" } }),
      'broken: internal = null and no aws_wafv2_web_acl_association whose resource_arn names this resource and tags.WithoutWebAcl = ""',
    ],
    [
      "is undecided where only the apply tells what the web ACL protects",
      [...lb({}), resourceOf("aws_wafv2_web_acl_association", { resource_arn: new Unknown() })],
      "unknown: resource_arn of module.call.aws_wafv2_web_acl_association.this",
    ],
  ],
  "lb-two-zones": [
    ["holds where it has two subnets", lb({ subnets: [subnet("a"), subnet("b")] }), "holds"],
    ["holds where the plan knows how many", lb({ subnets: [new Unknown(), new Unknown()] }), "holds"],
    ["holds where it has two mappings", lb({ subnet_mapping: [{ subnet_id: "a" }, { subnet_id: "b" }] }), "holds"],
    [
      "is broken where it has the same one twice",
      lb({ subnets: ["subnet-a", "subnet-a"] }),
      'broken: subnets = ["subnet-a", "subnet-a"] and subnet_mapping = null',
    ],
    ["is undecided where they are open", lb({ subnets: new Unknown() }), "unknown: subnets = (known after apply)"],
  ],
});

test.each([
  "ELBSecurityPolicy-2016-08",
  "ELBSecurityPolicy-TLS13-1-0-2021-06",
  "ELBSecurityPolicy-TLS13-1-1-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06",
  "ELBSecurityPolicy-FS-1-1-2019-08",
])("%s is not among the policies that are allowed", (policy) => {
  expect(policies?.split(", ")).not.toContain(policy);
});
