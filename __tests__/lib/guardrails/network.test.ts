import { NETWORK } from "../../../lib/guardrails/network";
import { EncodedJson, Reference, Unknown, type Value } from "../../../lib/hcl";
import { type Case, testRows } from "./cases";
import { resourceOf } from "./fixture";

const vpc = resourceOf("aws_vpc", { cidr_block: "10.0.0.0/16" });
const vpcId = new Reference(vpc.address, "id");
const group = (name: string) => new Reference(`module.call.aws_security_group.this["${name}"]`, "id");

function flowLog(trafficType: Value) {
  return resourceOf("aws_flow_log", { vpc_id: vpcId, traffic_type: trafficType });
}

function ingress(values: { readonly [argument: string]: Value }) {
  return resourceOf("aws_vpc_security_group_ingress_rule", {
    ip_protocol: "tcp",
    from_port: 443,
    to_port: 443,
    security_group_id: group("web"),
    ...values,
  });
}

function egress(values: { readonly [argument: string]: Value }) {
  return resourceOf("aws_vpc_security_group_egress_rule", values);
}

function endpoint(statement: { readonly [element: string]: Value }) {
  return resourceOf("aws_vpc_endpoint", { policy: new EncodedJson({ Statement: [{ Sid: "Use", ...statement }] }) });
}

const loadBalancer = resourceOf("aws_lb", { security_groups: [group("web")] });
const everything = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };

const cases: readonly Case[] = [
  ["vpc-flow-logs", "a flow log takes all traffic", [vpc, flowLog("ALL")], "holds"],
  ["vpc-flow-logs", "none is there", [vpc], "broken: no aws_flow_log whose vpc_id is this"],
  ["vpc-flow-logs", "it takes a part", [vpc, flowLog("REJECT")], 'broken: traffic_type = "REJECT"'],
  [
    "vpc-flow-logs",
    "what it takes is open",
    [vpc, flowLog(new Unknown())],
    "unknown: traffic_type = (known after apply)",
  ],
  [
    "vpc-flow-logs",
    "whose it is is open",
    [vpc, resourceOf("aws_flow_log", { vpc_id: new Unknown() })],
    "unknown: vpc_id of module.call.aws_flow_log.this",
  ],
  [
    "default-security-group-closed",
    "it has no rules",
    [vpc, resourceOf("aws_default_security_group", { vpc_id: vpcId, ingress: [], egress: [] })],
    "holds",
  ],
  [
    "default-security-group-closed",
    "it lets its members talk",
    [vpc, resourceOf("aws_default_security_group", { vpc_id: vpcId, ingress: [{ self: true }] })],
    'broken: ingress = [{"self": true}]',
  ],
  [
    "default-security-group-closed",
    "nobody closed it",
    [vpc],
    "broken: no aws_default_security_group whose vpc_id is this",
  ],
  ["security-group-rules-separate", "the group has none", [resourceOf("aws_security_group", { ingress: [] })], "holds"],
  [
    "security-group-rules-separate",
    "the group has one",
    [resourceOf("aws_security_group", { egress: [{ from_port: 0 }] })],
    'broken: egress = [{"from_port": 0}]',
  ],
  [
    "security-group-rules-separate",
    "a rule is of the old type",
    [resourceOf("aws_security_group_rule", {})],
    "broken: a resource of type aws_security_group_rule",
  ],
  [
    "security-group-rules-separate",
    "the group's rules are open",
    [resourceOf("aws_security_group", { ingress: new Unknown() })],
    "unknown: ingress = (known after apply)",
  ],
  ["ingress-from-anywhere", "a load balancer answers", [ingress({ cidr_ipv4: "0.0.0.0/0" }), loadBalancer], "holds"],
  [
    "ingress-from-anywhere",
    "it comes from the network",
    [ingress({ cidr_ipv4: "10.0.0.0/8", from_port: 22 })],
    "holds",
  ],
  [
    "ingress-from-anywhere",
    "the port is another one",
    [ingress({ cidr_ipv4: "0.0.0.0/0", from_port: 22 }), loadBalancer],
    "broken: from_port = 22",
  ],
  [
    "ingress-from-anywhere",
    "all protocols are meant",
    [ingress({ cidr_ipv6: "::/0", ip_protocol: "-1" }), loadBalancer],
    'broken: ip_protocol = "-1"',
  ],
  [
    "ingress-from-anywhere",
    "half of the internet is meant",
    [ingress({ cidr_ipv4: "128.0.0.0/1", security_group_id: group("tasks") }), loadBalancer],
    'broken: security_group_id = ${module.call.aws_security_group.this["tasks"].id}, which no load balancer has',
  ],
  [
    "ingress-from-anywhere",
    "the range is open",
    [ingress({ cidr_ipv4: new Unknown() })],
    "unknown: cidr_ipv4 = (known after apply)",
  ],
  [
    "ingress-from-anywhere",
    "whose group it is is open",
    [ingress({ cidr_ipv4: "0.0.0.0/0", security_group_id: new Unknown() }), loadBalancer],
    "unknown: security_group_id = (known after apply), which no load balancer has",
  ],
  ["egress-to-anywhere", "a group is meant", [egress({ referenced_security_group_id: group("web") })], "holds"],
  [
    "egress-to-anywhere",
    "all of IPv4 is meant",
    [egress({ cidr_ipv4: "0.0.0.0/0" })],
    'broken: cidr_ipv4 = "0.0.0.0/0"',
  ],
  ["egress-to-anywhere", "all of IPv6 is meant", [egress({ cidr_ipv6: "::/0" })], 'broken: cidr_ipv6 = "::/0"'],
  [
    "egress-to-anywhere",
    "it is open",
    [egress({ cidr_ipv4: new Unknown() })],
    "unknown: cidr_ipv4 = (known after apply)",
  ],
  ["security-group-rule-described", "it says why", [egress({ description: "PostgreSQL" })], "holds"],
  ["security-group-rule-described", "it does not", [egress({ description: "" })], 'broken: description = ""'],
  [
    "security-group-rule-described",
    "what it says is open",
    [egress({ description: new Unknown() })],
    "unknown: description = (known after apply)",
  ],
  ["subnet-no-public-addresses", "it says so", [resourceOf("aws_subnet", { map_public_ip_on_launch: false })], "holds"],
  ["subnet-no-public-addresses", "the provider's default says so", [resourceOf("aws_subnet", {})], "holds"],
  [
    "subnet-no-public-addresses",
    "it gives them out",
    [resourceOf("aws_subnet", { map_public_ip_on_launch: true })],
    "broken: map_public_ip_on_launch = true",
  ],
  [
    "subnet-no-public-addresses",
    "it is open",
    [resourceOf("aws_subnet", { map_public_ip_on_launch: new Unknown() })],
    "unknown: map_public_ip_on_launch = (known after apply)",
  ],
  ["vpc-endpoint-policy", "it names resources", [endpoint({ ...everything, Resource: "arn:aws:s3:::a/*" })], "holds"],
  [
    "vpc-endpoint-policy",
    "a condition names the account",
    [endpoint({ ...everything, Condition: { StringEquals: { "aws:PrincipalAccount": "111111111111" } } })],
    "holds",
  ],
  [
    "vpc-endpoint-policy",
    "it serves everybody",
    [endpoint(everything)],
    'broken: policy, Use: {"Principal": "*", "Resource": "*"}',
  ],
  [
    "vpc-endpoint-policy",
    "its condition binds nobody",
    [endpoint({ ...everything, Condition: { StringLike: { "aws:PrincipalAccount": "*" } } })],
    'broken: policy, Use: {"Principal": "*", "Resource": "*"}',
  ],
  [
    "vpc-endpoint-policy",
    "there is none",
    [resourceOf("aws_vpc_endpoint", {})],
    "broken: no aws_vpc_endpoint_policy whose vpc_endpoint_id is this",
  ],
  [
    "vpc-endpoint-policy",
    "it is a resource of its own",
    [
      resourceOf("aws_vpc_endpoint", {}),
      resourceOf("aws_vpc_endpoint_policy", {
        vpc_endpoint_id: new Reference("module.call.aws_vpc_endpoint.this", "id"),
        policy: '{"Statement":[]}',
      }),
    ],
    "holds",
  ],
  [
    "vpc-endpoint-policy",
    "the resources are open",
    [endpoint({ ...everything, Resource: new Unknown() })],
    "unknown: policy, Use: (known after apply)",
  ],
];

testRows(NETWORK, cases);
