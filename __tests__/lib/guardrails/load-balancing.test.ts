import { LOAD_BALANCING } from "../../../lib/guardrails/load-balancing";
import { Reference, Unknown, type Value } from "../../../lib/hcl";
import { type Case, testRows } from "./cases";
import { resourceOf } from "./fixture";

type Values = { readonly [argument: string]: Value };

const lb = (values: Values) => [resourceOf("aws_lb", values)];
const listener = (values: Values) => [resourceOf("aws_lb_listener", values)];
const subnet = (zone: string) => new Reference(`module.vpc.aws_subnet.this["${zone}"]`, "id");
const redirect = (protocol: Value) => ({ type: "redirect", redirect: [{ protocol, status_code: "HTTP_301" }] });

const policies = (LOAD_BALANCING.find(({ id }) => id === "lb-listener-tls-policy")?.allowed ?? "").split(" of ")[1];

const cases: readonly Case[] = [
  ["lb-listener-encrypted", "it speaks HTTPS", listener({ protocol: "HTTPS" }), "holds"],
  [
    "lb-listener-encrypted",
    "it redirects",
    listener({ protocol: "HTTP", default_action: [redirect("HTTPS")] }),
    "holds",
  ],
  [
    "lb-listener-encrypted",
    "it forwards plain HTTP",
    listener({ protocol: "HTTP", default_action: [{ type: "forward" }] }),
    'broken: protocol = "HTTP" and default_action.redirect.protocol = null',
  ],
  [
    "lb-listener-encrypted",
    "one of two actions forwards",
    listener({ protocol: "HTTP", default_action: [redirect("HTTPS"), { type: "forward" }] }),
    'broken: protocol = "HTTP" and default_action.redirect.protocol = null',
  ],
  [
    "lb-listener-encrypted",
    "the protocol is open",
    listener({ protocol: new Unknown() }),
    "unknown: protocol = (known after apply)",
  ],
  [
    "lb-listener-tls-policy",
    "it takes TLS 1.2 and 1.3",
    listener({ protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06" }),
    "holds",
  ],
  ["lb-listener-tls-policy", "it only redirects", listener({ protocol: "HTTP" }), "holds"],
  [
    "lb-listener-tls-policy",
    "it takes TLS 1.0",
    listener({ protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-TLS13-1-0-2021-06" }),
    'broken: ssl_policy = "ELBSecurityPolicy-TLS13-1-0-2021-06"',
  ],
  ["lb-listener-tls-policy", "none is set", listener({ protocol: "TLS" }), "broken: ssl_policy = null"],
  [
    "lb-listener-tls-policy",
    "it is open",
    listener({ protocol: "TLS", ssl_policy: new Unknown() }),
    "unknown: ssl_policy = (known after apply)",
  ],
  ["lb-drops-invalid-headers", "it does", lb({ drop_invalid_header_fields: true }), "holds"],
  ["lb-drops-invalid-headers", "it knows no headers", lb({ load_balancer_type: "network" }), "holds"],
  ["lb-drops-invalid-headers", "it does not", lb({}), "broken: drop_invalid_header_fields = null"],
  [
    "lb-drops-invalid-headers",
    "its type is open",
    lb({ load_balancer_type: new Unknown() }),
    "unknown: load_balancer_type = (known after apply)",
  ],
  ["lb-desync-mitigation", "the default stands", lb({}), "holds"],
  [
    "lb-desync-mitigation",
    "it only watches",
    lb({ desync_mitigation_mode: "monitor" }),
    'broken: desync_mitigation_mode = "monitor"',
  ],
  [
    "lb-desync-mitigation",
    "it is open",
    lb({ desync_mitigation_mode: new Unknown() }),
    "unknown: desync_mitigation_mode = (known after apply)",
  ],
  ["lb-deletion-protection", "it is on", lb({ enable_deletion_protection: true }), "holds"],
  [
    "lb-deletion-protection",
    "it is off",
    lb({ enable_deletion_protection: false }),
    "broken: enable_deletion_protection = false",
  ],
  [
    "lb-deletion-protection",
    "it is open",
    lb({ enable_deletion_protection: new Unknown() }),
    "unknown: enable_deletion_protection = (known after apply)",
  ],
  [
    "lb-access-logs",
    "they go to a bucket",
    lb({ access_logs: { enabled: true, bucket: new Reference("module.logs.aws_s3_bucket.this", "id") } }),
    "holds",
  ],
  ["lb-access-logs", "there are none", lb({ access_logs: [] }), "broken: access_logs.enabled = null"],
  [
    "lb-access-logs",
    "no bucket is named",
    lb({ access_logs: { enabled: true, bucket: "" } }),
    'broken: access_logs.bucket = ""',
  ],
  [
    "lb-access-logs",
    "the bucket is open",
    lb({ access_logs: { enabled: true, bucket: new Unknown() } }),
    "unknown: access_logs.bucket = (known after apply)",
  ],
  ["lb-two-zones", "it has two subnets", lb({ subnets: [subnet("a"), subnet("b")] }), "holds"],
  ["lb-two-zones", "the plan knows how many", lb({ subnets: [new Unknown(), new Unknown()] }), "holds"],
  ["lb-two-zones", "it has two mappings", lb({ subnet_mapping: [{ subnet_id: "a" }, { subnet_id: "b" }] }), "holds"],
  [
    "lb-two-zones",
    "it has the same one twice",
    lb({ subnets: ["subnet-a", "subnet-a"] }),
    'broken: subnets = ["subnet-a", "subnet-a"] and subnet_mapping = null',
  ],
  ["lb-two-zones", "they are open", lb({ subnets: new Unknown() }), "unknown: subnets = (known after apply)"],
];

testRows(LOAD_BALANCING, cases);

test.each([
  "ELBSecurityPolicy-2016-08",
  "ELBSecurityPolicy-TLS13-1-0-2021-06",
  "ELBSecurityPolicy-TLS13-1-1-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06",
  "ELBSecurityPolicy-FS-1-1-2019-08",
])("%s is not among the policies that are allowed", (policy) => {
  expect(policies?.split(", ")).not.toContain(policy);
});
