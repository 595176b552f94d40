import { LOAD_BALANCING } from "../../../../lib/judgement/guardrails/load-balancing";
import { type HclValue, isList, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { type Case, proveRows } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const lb = (values: Values) => [resourceOf("aws_lb", values)];
const listener = (values: Values) => [resourceOf("aws_lb_listener", values)];
const subnet = (zone: string) => new Reference(`module.vpc.aws_subnet.this["${zone}"]`, "id");
const rule = (
  action: HclValue,
  listener: HclValue = new Reference("module.call.aws_lb_listener.this", "arn"),
  type = "aws_lb_listener_rule",
) => resourceOf(type, { listener_arn: listener, action: isList(action) ? action : [action] });
const association = (loadBalancer: string) =>
  resourceOf("aws_wafv2_web_acl_association", { resource_arn: new Reference(loadBalancer, "arn") });
const redirecting = { protocol: "HTTP", default_action: [{ type: "redirect", redirect: [{ protocol: "HTTPS" }] }] };
const redirect = (protocol: HclValue) => ({ type: "redirect", redirect: [{ protocol, status_code: "HTTP_301" }] });

const FORWARD = { type: "forward" };
const LOGIN = { type: "authenticate-cognito" };
const loggedIn = { protocol: "HTTPS", default_action: [LOGIN, FORWARD] };
const albListener = new Reference("module.call.aws_alb_listener.this", "arn");

const policies = (LOAD_BALANCING.find(({ id }) => id === "lb-listener-tls-policy")?.allowed ?? "").split(" of ")[1];

proveRows(LOAD_BALANCING, {
  "lb-listener-encrypted": [
    ["holds for HTTPS", listener({ protocol: "HTTPS" }), "holds"],
    ["holds if it redirects", listener({ protocol: "HTTP", default_action: [redirect("HTTPS")] }), "holds"],
    [
      "is broken if it forwards plain HTTP",
      listener({ protocol: "HTTP", default_action: [{ type: "forward" }] }),
      'broken: protocol = "HTTP" and default_action.redirect.protocol = null',
    ],
    [
      "is broken if one of two actions forwards",
      listener({ protocol: "HTTP", default_action: [redirect("HTTPS"), { type: "forward" }] }),
      'broken: protocol = "HTTP" and default_action.redirect.protocol = null',
    ],
    [
      "is broken if the redirect is not its action",
      listener({ protocol: "HTTP", default_action: [{ ...redirect("HTTPS"), type: "forward" }] }),
      'broken: protocol = "HTTP" and default_action.type = "forward"',
    ],
    ["holds if its rules redirect too", [...listener(redirecting), rule(redirect("HTTPS"))], "holds"],
    [
      "holds if another listener has a rule that forwards",
      [...listener(redirecting), rule({ type: "forward" }, new Reference("module.other.aws_lb_listener.this", "arn"))],
      "holds",
    ],
    ["holds if an HTTPS listener forwards", [...listener({ protocol: "HTTPS" }), rule({ type: "forward" })], "holds"],
    ...["forward", "fixed-response", "authenticate-oidc"].map(
      (type): Case => [
        `is broken if a rule has the action ${type}`,
        [...listener(redirecting), rule(redirect("HTTPS")), rule({ type })],
        'broken: protocol = "HTTP" and action.redirect.protocol = null in module.call.aws_lb_listener_rule.this',
      ],
    ),
    [
      "is broken if a rule redirects to plain HTTP, under the rule's other name",
      [...listener(redirecting), rule(redirect("HTTP"), undefined, "aws_alb_listener_rule")],
      'broken: protocol = "HTTP" and action.redirect.protocol = "HTTP" in module.call.aws_alb_listener_rule.this',
    ],
    [
      "is unknown if the listener of a rule that forwards is unknown",
      [...listener(redirecting), rule({ type: "forward" }, new Unknown())],
      "unknown: action.redirect.protocol = null in module.call.aws_lb_listener_rule.this",
    ],
    [
      "is unknown if the protocol is unknown",
      listener({ protocol: new Unknown() }),
      "unknown: protocol = (known after apply)",
    ],
  ],
  "lb-rules-authenticated": [
    ["holds if the listener has no login", [...listener({ default_action: [FORWARD] }), rule(FORWARD)], "holds"],
    ["holds if the rule has the login too", [...listener(loggedIn), rule([LOGIN, FORWARD])], "holds"],
    ["holds for a rule that forwards nothing", [...listener(loggedIn), rule({ type: "fixed-response" })], "holds"],
    [
      "holds for a rule of another listener",
      [...listener(loggedIn), rule(FORWARD, new Reference("module.other.aws_lb_listener.this", "arn"))],
      "holds",
    ],
    [
      "is broken if a rule forwards without the login",
      [...listener(loggedIn), rule(FORWARD)],
      'broken: action.type = "forward"; module.call.aws_lb_listener.this has a login',
    ],
    [
      "is broken under the other names of both",
      [resourceOf("aws_alb_listener", loggedIn), rule(FORWARD, albListener, "aws_alb_listener_rule")],
      'broken: action.type = "forward"; module.call.aws_alb_listener.this has a login',
    ],
    [
      "is broken if the login lets everybody pass",
      [...listener(loggedIn), rule([{ ...LOGIN, authenticate_cognito: [{ on_unauthenticated_request: "allow" }] }])],
      'broken: action.authenticate_cognito.on_unauthenticated_request = "allow"',
    ],
    [
      "is unknown if the action is unknown",
      [...listener(loggedIn), rule({ type: new Unknown() })],
      "unknown: action.type = (known after apply); module.call.aws_lb_listener.this has a login",
    ],
  ],
  "lb-listener-tls-policy": [
    [
      "holds if it accepts TLS 1.2 and 1.3",
      listener({ protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06" }),
      "holds",
    ],
    ["holds if it only redirects", listener({ protocol: "HTTP" }), "holds"],
    [
      "is broken if it accepts TLS 1.0",
      listener({ protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-TLS13-1-0-2021-06" }),
      'broken: ssl_policy = "ELBSecurityPolicy-TLS13-1-0-2021-06"',
    ],
    ["is broken if none is set", listener({ protocol: "TLS" }), "broken: ssl_policy = null"],
    [
      "is unknown if it is unknown",
      listener({ protocol: "TLS", ssl_policy: new Unknown() }),
      "unknown: ssl_policy = (known after apply)",
    ],
  ],
  "lb-drops-invalid-headers": [
    ["holds if it does", lb({ drop_invalid_header_fields: true }), "holds"],
    ["holds for a network load balancer, which has no headers", lb({ load_balancer_type: "network" }), "holds"],
    ["is broken if it does not", lb({}), "broken: drop_invalid_header_fields = null"],
    [
      "is unknown if its type is unknown",
      lb({ load_balancer_type: new Unknown() }),
      "unknown: load_balancer_type = (known after apply)",
    ],
  ],
  "lb-desync-mitigation": [
    ["holds with the default", lb({}), "holds"],
    [
      "is broken in monitor mode",
      lb({ desync_mitigation_mode: "monitor" }),
      'broken: desync_mitigation_mode = "monitor"',
    ],
    [
      "is unknown if it is unknown",
      lb({ desync_mitigation_mode: new Unknown() }),
      "unknown: desync_mitigation_mode = (known after apply)",
    ],
  ],
  "lb-deletion-protection": [
    ["holds if it is on", lb({ enable_deletion_protection: true }), "holds"],
    ["is broken if it is off", lb({ enable_deletion_protection: false }), "broken: enable_deletion_protection = false"],
    [
      "is unknown if it is unknown",
      lb({ enable_deletion_protection: new Unknown() }),
      "unknown: enable_deletion_protection = (known after apply)",
    ],
  ],
  "lb-access-logs": [
    [
      "holds if they go to a bucket",
      lb({ access_logs: { enabled: true, bucket: new Reference("module.logs.aws_s3_bucket.this", "id") } }),
      "holds",
    ],
    ["is broken if there are none", lb({ access_logs: [] }), "broken: access_logs.enabled = null"],
    [
      "is broken if no bucket is named",
      lb({ access_logs: { enabled: true, bucket: "" } }),
      'broken: access_logs.bucket = ""',
    ],
    [
      "is unknown if the bucket is unknown",
      lb({ access_logs: { enabled: true, bucket: new Unknown() } }),
      "unknown: access_logs.bucket = (known after apply)",
    ],
  ],
  "lb-web-acl": [
    ["holds with a web ACL in front of it", [...lb({}), association("module.call.aws_lb.this")], "holds"],
    ["holds if it is internal", lb({ internal: true }), "holds"],
    ["holds with a tag that gives the reason", lb({ tags: { WithoutWebAcl: "Clients are programs" } }), "holds"],
    ["holds for a network load balancer, which supports none", lb({ load_balancer_type: "network" }), "holds"],
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
      "is unknown if the resource of the web ACL is known only after the apply",
      [...lb({}), resourceOf("aws_wafv2_web_acl_association", { resource_arn: new Unknown() })],
      "unknown: resource_arn of module.call.aws_wafv2_web_acl_association.this",
    ],
  ],
  "lb-two-zones": [
    ["holds if it has two subnets", lb({ subnets: [subnet("a"), subnet("b")] }), "holds"],
    ["holds if the plan shows how many", lb({ subnets: [new Unknown(), new Unknown()] }), "holds"],
    ["holds if it has two mappings", lb({ subnet_mapping: [{ subnet_id: "a" }, { subnet_id: "b" }] }), "holds"],
    [
      "is broken if it has the same subnet twice",
      lb({ subnets: ["subnet-a", "subnet-a"] }),
      'broken: subnets = ["subnet-a", "subnet-a"] and subnet_mapping = null',
    ],
    ["is unknown if they are unknown", lb({ subnets: new Unknown() }), "unknown: subnets = (known after apply)"],
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
