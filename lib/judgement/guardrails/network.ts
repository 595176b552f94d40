/** Networks: only necessary paths are open, and traffic is logged. */
import { type RootConfiguration, show } from "../configuration";
import { type HclValue, isList, isUnknown } from "../hcl";
import { accompanied, all, allows, equals, forbidden, given, type Judge, where } from "./attributes";
import { CALLER, RESOURCE } from "./condition-keys";
import { unlessRestricted } from "./foreign-accounts";
import { broken, HOLDS, type ResourceGuardrail, undecided } from "./guardrail";
import type { Statement } from "./policies";
import { isPublic } from "./principals";
import { type Answer, eachAllowed, openAmong } from "./statements";
import { isEverything } from "./targets";
import { isAbsent, itemsAt, stemsFromNothing } from "./values";

export const NETWORK = [
  {
    id: "vpc-flow-logs",
    title: "A VPC logs all of its connections",
    why: "Without flow logs, nobody can find out after an incident who connected to what, or that data left.",
    severity: "medium",
    controls: { hipaa: ["164.312(b)"], soc2: ["CC7.2"], cis: ["3.7"], fsbp: ["EC2.6"] },
    allowed: 'an aws_flow_log for the VPC with traffic_type = "ALL"',
    types: ["aws_vpc"],
    judge: accompanied("aws_flow_log", "vpc_id", equals("traffic_type", "ALL")),
  },
  {
    id: "default-security-group-closed",
    title: "The default security group of a VPC allows nothing",
    why: "A resource without a security group gets the default group, in which all members can connect to each other.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC6.6"], gdpr: ["25(2)"], cis: ["5.4"], fsbp: ["EC2.2"] },
    allowed: "an aws_default_security_group for the VPC without rules",
    types: ["aws_vpc"],
    judge: accompanied("aws_default_security_group", "vpc_id", all(without("ingress"), without("egress"))),
  },
  {
    id: "security-group-rules-separate",
    title: "Each security group rule is a resource of its own",
    why: "Inline rules conflict with separate ones: each apply removes the rules that the other one added.",
    severity: "low",
    controls: { soc2: ["CC8.1"] },
    allowed: "aws_vpc_security_group_ingress_rule and aws_vpc_security_group_egress_rule",
    types: ["aws_security_group", "aws_security_group_rule"],
    judge: (resource, root) =>
      resource.type === "aws_security_group"
        ? all(without("ingress"), without("egress"))(resource, root)
        : forbidden(resource, root),
  },
  {
    id: "ingress-from-anywhere",
    title: "The internet reaches only HTTPS on a load balancer",
    why: "Scanners find every open port within minutes and attack it without pause.",
    severity: "critical",
    controls: {
      hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
      soc2: ["CC6.1", "CC6.6"],
      gdpr: ["32(1)(b)"],
      cis: ["5.2", "5.3"],
      fsbp: ["EC2.18", "EC2.19"],
    },
    allowed: "ranges from 0.0.0.0/0 and ::/0 on only to TCP port 443 of a group that a load balancer of the root has",
    types: ["aws_vpc_security_group_ingress_rule"],
    judge: whereAnywhere(
      all(equals("ip_protocol", "tcp"), equals("from_port", 443), equals("to_port", 443), belongsToALoadBalancer),
    ),
  },
  {
    id: "egress-to-anywhere",
    title: "Nothing may connect to the whole internet",
    why: "Code that an attacker has injected can send data to any address.",
    severity: "high",
    controls: { hipaa: ["164.312(e)(1)"], soc2: ["CC6.6", "CC6.7"], gdpr: ["32(1)(b)"] },
    allowed: "a referenced security group, a prefix list, or ranges of known networks",
    types: ["aws_vpc_security_group_egress_rule"],
    judge: whereAnywhere(({ values: { cidr_ipv4: v4 = null, cidr_ipv6: v6 = null } }) =>
      broken(isAnywhere(v4) ? `cidr_ipv4 = ${show(v4)}` : `cidr_ipv6 = ${show(v6)}`),
    ),
  },
  {
    id: "security-group-rule-described",
    title: "Each security group rule has a description",
    why: "Nobody dares to remove a rule that nobody can explain.",
    severity: "low",
    controls: { soc2: ["CC6.1"] },
    allowed: "a description",
    types: ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"],
    judge: given("description"),
  },
  {
    id: "subnet-no-public-addresses",
    title: "A subnet does not assign public addresses",
    why: "Every resource that starts in it can be reached from the internet, although nobody asked for it.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC6.6"], gdpr: ["25(2)"], fsbp: ["EC2.15"] },
    allowed: "map_public_ip_on_launch = false",
    types: ["aws_subnet", "aws_default_subnet"],
    judge: equals("map_public_ip_on_launch", false, null),
  },
  {
    id: "vpc-endpoint-policy",
    title: "A VPC endpoint serves named callers or named resources",
    why: "An attacker can use an endpoint that serves everybody to copy data into any account, regardless of every network rule.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)", "164.312(e)(1)"], soc2: ["CC6.1", "CC6.6", "CC6.7"], gdpr: ["32(1)(b)"] },
    allowed:
      "a policy that names principals or resources, or restricts them by a condition to the own account or to other fixed values, such as aws:PrincipalAccount; or no policy, for an endpoint service that is not one of AWS",
    types: ["aws_vpc_endpoint", "aws_vpc_endpoint_policy"],
    judge: (resource, root) =>
      isAbsent(resource.values.policy ?? null)
        ? where(
            "service_name",
            (name) => typeof name !== "string" || !WITHOUT_POLICIES.test(name),
            accompanied("aws_vpc_endpoint_policy", "vpc_endpoint_id", given("policy")),
          )(resource, root)
        : eachAllowed("policy", servesEverybody)(resource, root),
  },
] as const satisfies readonly ResourceGuardrail[];

/**
 * Endpoint services of other providers: one service each, whose endpoints take no policy but that of full access. The gate asks for
 * an approval of each such endpoint.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-endpoints-access.html
 */
const WITHOUT_POLICIES = /^com\.amazonaws\.vpce\.[a-z0-9-]+\.vpce-svc-[0-9a-f]+$/;

/** No inline rules in the group. */
function without(path: "ingress" | "egress"): Judge {
  return allows(path, (rules) => rules === null || (isList(rules) && rules.length === 0));
}

/** A part of the internet that is as good as all of it: 0.0.0.0/1 with its other half, 2000::/3. */
const ANYWHERE = /^[\d.]+\/[0-7]$|^[\da-f:]+\/[0-3]$/i;

function isAnywhere(value: HclValue): boolean {
  return typeof value === "string" && ANYWHERE.test(value);
}

function whereAnywhere(judge: Judge): Judge {
  return all(where("cidr_ipv4", isAnywhere, judge), where("cidr_ipv6", isAnywhere, judge));
}

function belongsToALoadBalancer(...[{ values }, root]: Parameters<Judge>): ReturnType<Judge> {
  const { security_group_id: group = null } = values;
  const loadBalancers = ["aws_lb", "aws_alb"].flatMap((type) => root.of(type));
  const attached = loadBalancers.flatMap((one) => itemsAt(one.values, "security_groups"));
  const names = namesOf(group);
  if (attached.some((other) => namesOf(other).some((name) => names.includes(name)))) return HOLDS;
  const got = `security_group_id = ${show(group)}, which no load balancer has`;
  return [group, ...attached].some(stemsFromNothing) ? undecided(got) : broken(got);
}

/** Addresses that a value refers to, or its text. */
function namesOf(value: HclValue): readonly string[] {
  if (isUnknown(value)) return value.references.map(({ address }) => address);
  return typeof value === "string" ? [value] : [];
}

function servesEverybody(statement: Statement, root: RootConfiguration): Answer {
  const { principals, notPrincipals, resources, notResources } = statement;
  const everybody = principals.some(isPublic) || notPrincipals.length > 0;
  const everything = resources.some(isEverything) || notResources.length > 0;
  const answer: Answer =
    everybody && everything
      ? { wrong: { Principal: "*", Resource: "*" } }
      : openAmong([...(everything ? principals.map(({ id }) => id) : []), ...(everybody ? resources : [])]);
  return unlessRestricted(statement, root, answer, CALLER, RESOURCE);
}
