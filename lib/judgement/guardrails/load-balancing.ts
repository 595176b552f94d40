/** Load balancers: encrypted, logged, resistant to request smuggling, and protected against deletion. */

import { WITHOUT_WEB_ACL } from "../../aws/load-balancer-tags";
import { type ResourceInstance, show } from "../configuration";
import { type HclValue, isUnknown } from "../hcl";
import {
  accompanied,
  all,
  allows,
  eachBlock,
  either,
  equals,
  given,
  type Judge,
  several,
  where,
  worst,
} from "./attributes";
import { broken, HOLDS, type ResourceGuardrail, undecided, type Verdict } from "./guardrail";
import { isText, named, pointsAt, stemsFromNothing, valuesAt } from "./values";

/**
 * Policies that allow only TLS 1.2 and later, and only ciphers with forward secrecy.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const TLS_POLICIES = [
  "ELBSecurityPolicy-TLS13-1-3-2021-06",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-FS-1-2-Res-2020-10",
  "ELBSecurityPolicy-FS-1-2-Res-2019-08",
  "ELBSecurityPolicy-FS-1-2-2019-08",
] as const;

/** The provider has two names for both types. */
const LOAD_BALANCERS = ["aws_lb", "aws_alb"] as const;
const LISTENERS = ["aws_lb_listener", "aws_alb_listener"] as const;
const LISTENER_RULES = ["aws_lb_listener_rule", "aws_alb_listener_rule"] as const;

export const LOAD_BALANCING = [
  {
    id: "lb-listener-encrypted",
    title: "A load balancer accepts only encrypted connections, or redirects to them",
    why: "Everybody on the network path can read and change plain HTTP.",
    severity: "critical",
    controls: {
      hipaa: ["164.312(e)(1)", "164.312(e)(2)(ii)"],
      soc2: ["CC6.1", "CC6.7"],
      gdpr: ["32(1)(a)"],
      fsbp: ["ELB.1", "ELB.18"],
    },
    allowed: "protocol HTTPS or TLS, or a default action and rules that all redirect to HTTPS",
    types: LISTENERS,
    judge: either(allows("protocol", isEncrypted), all(redirects("default_action"), eachRule(redirects("action")))),
  },
  {
    id: "lb-rules-authenticated",
    title: "A rule of a listener with a login requires the login",
    why: "Everybody reaches the application through the rule without signing in.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)", "164.312(d)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed:
      "an action authenticate-oidc or authenticate-cognito before forward, with on_unauthenticated_request authenticate or deny",
    types: LISTENER_RULES,
    judge: (rule, root) => {
      const listener = LISTENERS.map((type) => named(rule.values.listener_arn ?? null, type, root)).find(hasLogin);
      if (listener === undefined) return HOLDS;
      return worst([
        requiresLogin(rule, listener.address),
        ...LOGINS.map((login) => refusesStrangers(login)(rule, root)),
      ]);
    },
  },
  {
    id: "lb-listener-tls-policy",
    title: "A load balancer requires TLS 1.2 or later, with forward secrecy",
    why: "Older protocols and ciphers can be broken, some of them years later from recorded traffic.",
    severity: "high",
    controls: {
      hipaa: ["164.312(e)(1)", "164.312(e)(2)(ii)"],
      soc2: ["CC6.1", "CC6.7"],
      gdpr: ["32(1)(a)"],
      fsbp: ["ELB.17"],
    },
    allowed: `ssl_policy one of ${TLS_POLICIES.join(", ")}`,
    types: LISTENERS,
    judge: where("protocol", isEncrypted, equals("ssl_policy", ...TLS_POLICIES)),
  },
  {
    id: "lb-drops-invalid-headers",
    title: "A load balancer drops invalid headers",
    why: "Two programs that parse a malformed header differently can disagree on where a request ends.",
    severity: "medium",
    controls: { soc2: ["CC6.6"], fsbp: ["ELB.4"] },
    allowed: "drop_invalid_header_fields = true",
    types: LOAD_BALANCERS,
    judge: whereApplication(equals("drop_invalid_header_fields", true)),
  },
  {
    id: "lb-desync-mitigation",
    title: "A load balancer blocks ambiguous requests",
    why: "In monitor mode it forwards requests that smuggle a second request past every check.",
    severity: "medium",
    controls: { soc2: ["CC6.6"], fsbp: ["ELB.12"] },
    allowed: "desync_mitigation_mode defensive, which is its default, or strictest",
    types: LOAD_BALANCERS,
    judge: whereApplication(equals("desync_mitigation_mode", "defensive", "strictest", null)),
  },
  {
    id: "lb-deletion-protection",
    title: "A load balancer has deletion protection",
    why: "Its DNS name is lost with it: nothing answers until a new load balancer exists and DNS records have changed.",
    severity: "medium",
    controls: { soc2: ["A1.2"], gdpr: ["32(1)(b)"], fsbp: ["ELB.6"] },
    allowed: "enable_deletion_protection = true",
    types: LOAD_BALANCERS,
    judge: equals("enable_deletion_protection", true),
  },
  {
    id: "lb-access-logs",
    title: "A load balancer logs each request",
    why: "Without the log, nobody can find out who requested which record, and from where.",
    severity: "high",
    controls: { hipaa: ["164.312(b)"], soc2: ["CC7.2"], fsbp: ["ELB.5"] },
    allowed: "access_logs enabled, with a bucket",
    types: LOAD_BALANCERS,
    judge: where(
      "load_balancer_type",
      (type) => type !== "gateway",
      all(equals("access_logs.enabled", true), given("access_logs.bucket")),
    ),
  },
  {
    id: "lb-web-acl",
    title: "A public application load balancer has a web ACL, or a tag with the reason for having none",
    why: "Scanners and request floods reach the application, which has to withstand them alone.",
    severity: "medium",
    controls: { soc2: ["CC6.6", "CC6.8"], gdpr: ["32(1)(b)"], fsbp: ["ELB.16"] },
    allowed: `an aws_wafv2_web_acl_association whose resource_arn names this load balancer, internal = true, or the tag ${WITHOUT_WEB_ACL} with the reason`,
    types: LOAD_BALANCERS,
    judge: whereApplication(
      either(
        equals("internal", true),
        accompanied("aws_wafv2_web_acl_association", "resource_arn"),
        allows(`tags.${WITHOUT_WEB_ACL}`, isText),
      ),
    ),
  },
  {
    id: "lb-two-zones",
    title: "A load balancer has subnets in at least two zones",
    why: "If the only zone fails, nothing answers.",
    severity: "medium",
    controls: { soc2: ["A1.2"], gdpr: ["32(1)(b)"], fsbp: ["ELB.13"] },
    allowed: "two subnets or more",
    types: LOAD_BALANCERS,
    judge: either(several("subnets", 2), several("subnet_mapping", 2)),
  },
] as const satisfies readonly ResourceGuardrail[];

function redirects(actions: string): Judge {
  return all(
    eachBlock(actions, "redirect.protocol", (protocol) => protocol === "HTTPS"),
    eachBlock(actions, "type", (type) => type === "redirect"),
  );
}

/** Judges every rule of a listener, including rules whose listener is known only after the apply. */
function eachRule(judge: Judge): Judge {
  return (listener, root) => {
    const rules = LISTENER_RULES.flatMap((type) => root.of(type)).map((rule) => {
      const { listener_arn: arn = null } = rule.values;
      if (!pointsAt(arn, listener) && !stemsFromNothing(arn)) return HOLDS;
      const verdict = judge(rule, root);
      if (verdict.outcome === "holds") return HOLDS;
      const got = `${verdict.got} in ${rule.address}`;
      return pointsAt(arn, listener) && verdict.outcome === "broken" ? broken(got) : undecided(got);
    });
    return worst(rules);
  };
}

/** Blocks of the actions with which a load balancer signs callers in. */
const LOGINS = ["authenticate_cognito", "authenticate_oidc"] as const;

function isLogin(type: HclValue): boolean {
  return LOGINS.some((login) => type === login.replace("_", "-"));
}

function hasLogin(listener: ResourceInstance | undefined): boolean {
  return listener !== undefined && valuesAt(listener.values, "default_action.type").some(isLogin);
}

function requiresLogin({ values }: ResourceInstance, listener: string): Verdict {
  const types = valuesAt(values, "action.type");
  if (types.some(isLogin) || types.every((type) => ENDING.includes(type))) return HOLDS;
  const got = (type: HclValue) => `action.type = ${show(type)}; ${listener} has a login`;
  const open = types.find(isUnknown);
  return open === undefined ? broken(got(types[0] ?? null)) : undecided(got(open));
}

/** Actions that send a caller to no target. */
const ENDING: readonly HclValue[] = ["redirect", "fixed-response"];

function refusesStrangers(login: (typeof LOGINS)[number]): Judge {
  return allows(`action.${login}.on_unauthenticated_request`, (value) => value !== "allow");
}

function isEncrypted(protocol: HclValue): boolean {
  return protocol === "HTTPS" || protocol === "TLS";
}

/** A load balancer without a type is an application load balancer. */
function whereApplication(judge: Judge): Judge {
  return where("load_balancer_type", (type) => type === null || type === "application", judge);
}
