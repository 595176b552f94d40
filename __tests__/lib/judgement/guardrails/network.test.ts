import { NETWORK } from "../../../../lib/judgement/guardrails/network";
import { EncodedJson, type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

const vpc = resourceOf("aws_vpc", { cidr_block: "10.0.0.0/16" });
const vpcId = new Reference(vpc.address, "id");
const group = (name: string) => new Reference(`module.call.aws_security_group.this["${name}"]`, "id");

function flowLog(trafficType: HclValue) {
  return resourceOf("aws_flow_log", { vpc_id: vpcId, traffic_type: trafficType });
}

function ingress(values: { readonly [argument: string]: HclValue }) {
  return resourceOf("aws_vpc_security_group_ingress_rule", {
    ip_protocol: "tcp",
    from_port: 443,
    to_port: 443,
    security_group_id: group("web"),
    ...values,
  });
}

function egress(values: { readonly [argument: string]: HclValue }) {
  return resourceOf("aws_vpc_security_group_egress_rule", values);
}

function endpoint(statement: { readonly [element: string]: HclValue }) {
  return resourceOf("aws_vpc_endpoint", { policy: new EncodedJson({ Statement: [{ Sid: "Use", ...statement }] }) });
}

const loadBalancer = resourceOf("aws_lb", { security_groups: [group("web")] });
const everything = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };

proveRows(NETWORK, {
  "vpc-flow-logs": [
    ["holds with a flow log of all traffic", [vpc, flowLog("ALL")], "holds"],
    ["is broken without a flow log", [vpc], "broken: no aws_flow_log whose vpc_id names this resource"],
    ["is broken if it logs only a part", [vpc, flowLog("REJECT")], 'broken: traffic_type = "REJECT"'],
    [
      "is unknown if its traffic type is unknown",
      [vpc, flowLog(new Unknown())],
      "unknown: traffic_type = (known after apply)",
    ],
    [
      "is unknown if its VPC is unknown",
      [vpc, resourceOf("aws_flow_log", { vpc_id: new Unknown() })],
      "unknown: vpc_id of module.call.aws_flow_log.this",
    ],
  ],
  "default-security-group-closed": [
    [
      "holds if it has no rules",
      [vpc, resourceOf("aws_default_security_group", { vpc_id: vpcId, ingress: [], egress: [] })],
      "holds",
    ],
    [
      "is broken if its members may connect to each other",
      [vpc, resourceOf("aws_default_security_group", { vpc_id: vpcId, ingress: [{ self: true }] })],
      'broken: ingress = [{"self": true}]',
    ],
    [
      "is broken without a resource that closes it",
      [vpc],
      "broken: no aws_default_security_group whose vpc_id names this resource",
    ],
  ],
  "security-group-rules-separate": [
    ["holds if the group has none", [resourceOf("aws_security_group", { ingress: [] })], "holds"],
    [
      "is broken if the group has an inline rule",
      [resourceOf("aws_security_group", { egress: [{ from_port: 0 }] })],
      'broken: egress = [{"from_port": 0}]',
    ],
    [
      "is broken for a rule of the old type",
      [resourceOf("aws_security_group_rule", {})],
      "broken: a resource of type aws_security_group_rule",
    ],
    [
      "is unknown if the group's rules are unknown",
      [resourceOf("aws_security_group", { ingress: new Unknown() })],
      "unknown: ingress = (known after apply)",
    ],
  ],
  "ingress-from-anywhere": [
    ["holds for the group of a load balancer", [ingress({ cidr_ipv4: "0.0.0.0/0" }), loadBalancer], "holds"],
    ["holds for addresses of the network", [ingress({ cidr_ipv4: "10.0.0.0/8", from_port: 22 })], "holds"],
    [
      "is broken for another port",
      [ingress({ cidr_ipv4: "0.0.0.0/0", from_port: 22 }), loadBalancer],
      "broken: from_port = 22",
    ],
    [
      "is broken for all protocols",
      [ingress({ cidr_ipv6: "::/0", ip_protocol: "-1" }), loadBalancer],
      'broken: ip_protocol = "-1"',
    ],
    [
      "is broken for half of the internet",
      [ingress({ cidr_ipv4: "128.0.0.0/1", security_group_id: group("tasks") }), loadBalancer],
      'broken: security_group_id = ${module.call.aws_security_group.this["tasks"].id}, which no load balancer has',
    ],
    [
      "is unknown if the range is unknown",
      [ingress({ cidr_ipv4: new Unknown() })],
      "unknown: cidr_ipv4 = (known after apply)",
    ],
    [
      "is unknown if its group is unknown",
      [ingress({ cidr_ipv4: "0.0.0.0/0", security_group_id: new Unknown() }), loadBalancer],
      "unknown: security_group_id = (known after apply), which no load balancer has",
    ],
  ],
  "egress-to-anywhere": [
    ["holds for a security group", [egress({ referenced_security_group_id: group("web") })], "holds"],
    ["is broken for all of IPv4", [egress({ cidr_ipv4: "0.0.0.0/0" })], 'broken: cidr_ipv4 = "0.0.0.0/0"'],
    ["is broken for all of IPv6", [egress({ cidr_ipv6: "::/0" })], 'broken: cidr_ipv6 = "::/0"'],
    ["is unknown if it is unknown", [egress({ cidr_ipv4: new Unknown() })], "unknown: cidr_ipv4 = (known after apply)"],
  ],
  "security-group-rule-described": [
    ["holds with a description", [egress({ description: "PostgreSQL" })], "holds"],
    ["is broken if it does not", [egress({ description: "" })], 'broken: description = ""'],
    [
      "is unknown if its description is unknown",
      [egress({ description: new Unknown() })],
      "unknown: description = (known after apply)",
    ],
  ],
  "subnet-no-public-addresses": [
    ["holds if it is set", [resourceOf("aws_subnet", { map_public_ip_on_launch: false })], "holds"],
    ["holds with the provider's default", [resourceOf("aws_subnet", {})], "holds"],
    [
      "is broken if it assigns them",
      [resourceOf("aws_subnet", { map_public_ip_on_launch: true })],
      "broken: map_public_ip_on_launch = true",
    ],
    [
      "is unknown if it is unknown",
      [resourceOf("aws_subnet", { map_public_ip_on_launch: new Unknown() })],
      "unknown: map_public_ip_on_launch = (known after apply)",
    ],
  ],
  "vpc-endpoint-policy": [
    [
      "holds without a policy for an endpoint service of another provider, which takes none",
      [resourceOf("aws_vpc_endpoint", { service_name: "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0" })],
      "holds",
    ],
    [
      "is broken for such a service by a policy that serves everybody",
      [
        resourceOf("aws_vpc_endpoint", {
          service_name: "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0",
          policy: JSON.stringify({ Statement: [everything] }),
        }),
      ],
      'broken: policy, statement 1: {"Principal": "*", "Resource": "*"}',
    ],
    ...["com.amazonaws.eu-central-1.s3", "com.amazonaws.eu-central-1.vpce-svc-0123456789abcdef0"].map(
      (service_name) =>
        [
          `is broken without a policy for ${service_name}`,
          [resourceOf("aws_vpc_endpoint", { service_name })],
          "broken: no aws_vpc_endpoint_policy whose vpc_endpoint_id names this resource",
        ] as const,
    ),
    ["holds if it names resources", [endpoint({ ...everything, Resource: "arn:aws:s3:::a/*" })], "holds"],
    [
      "holds if a condition names the account",
      [endpoint({ ...everything, Condition: { StringEquals: { "aws:PrincipalAccount": "111111111111" } } })],
      "holds",
    ],
    [
      "is broken if it serves everybody",
      [endpoint(everything)],
      'broken: policy, Use: {"Principal": "*", "Resource": "*"}',
    ],
    [
      "is broken if its condition restricts nobody",
      [endpoint({ ...everything, Condition: { StringLike: { "aws:PrincipalAccount": "*" } } })],
      'broken: policy, Use: {"Principal": "*", "Resource": "*"}',
    ],
    [
      "is broken if its condition is only about TLS",
      [endpoint({ ...everything, Condition: { Bool: { "aws:SecureTransport": "true" } } })],
      'broken: policy, Use: {"Principal": "*", "Resource": "*"}',
    ],
    [
      "is broken if it names every bucket",
      [endpoint({ ...everything, Resource: ["arn:aws:s3:::*"] })],
      'broken: policy, Use: {"Principal": "*", "Resource": "*"}',
    ],
    [
      "holds if a condition names the account of the resources",
      [endpoint({ ...everything, Condition: { StringEquals: { "AWS:ResourceAccount": "111111111111" } } })],
      "holds",
    ],
    [
      "is broken if there is none",
      [resourceOf("aws_vpc_endpoint", {})],
      "broken: no aws_vpc_endpoint_policy whose vpc_endpoint_id names this resource",
    ],
    [
      "holds if it is a resource of its own",
      [
        resourceOf("aws_vpc_endpoint", {}),
        resourceOf("aws_vpc_endpoint_policy", {
          vpc_endpoint_id: new Reference("module.call.aws_vpc_endpoint.this", "id"),
          policy: '{"Statement":[]}',
        }),
      ],
      "holds",
      "holds",
    ],
    [
      "is unknown if the resources are unknown",
      [endpoint({ ...everything, Resource: new Unknown() })],
      "unknown: policy, Use: (known after apply)",
    ],
  ],
});
