/** App Runner: services that are private inside, protected outside, and deployed by the pipeline alone. */
import { KEY_OF_ACCOUNT, keyOfAccount } from "./account-keys";
import { accompanied, all, either, equals, given } from "./attributes";
import type { ResourceGuardrail } from "./guardrail";

const SERVICES = ["aws_apprunner_service"] as const;
const NETWORK = "network_configuration";

export const APP_RUNNER = [
  {
    id: "app-runner-encrypted",
    title: "The stored copies of a service's image and settings are encrypted with a customer managed KMS key",
    why: "Without a customer managed key, policies alone control who reads the copies. A service cannot get another key later: its replacement has another host.",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: `encryption_configuration.kms_key with ${KEY_OF_ACCOUNT}`,
    types: SERVICES,
    judge: keyOfAccount("encryption_configuration.kms_key"),
  },
  {
    id: "app-runner-egress-vpc",
    title: "The connections that a service opens go through a VPC",
    why: "Security groups, endpoint policies and flow logs do not cover the default path, which leads from the service to every address of the internet.",
    severity: "high",
    controls: { hipaa: ["164.312(e)(1)"], soc2: ["CC6.6"], gdpr: ["32(1)(b)"] },
    allowed: `${NETWORK}.egress_configuration with egress_type = "VPC" and vpc_connector_arn`,
    types: SERVICES,
    judge: all(
      equals(`${NETWORK}.egress_configuration.egress_type`, "VPC"),
      given(`${NETWORK}.egress_configuration.vpc_connector_arn`),
    ),
  },
  {
    id: "app-runner-deployed-by-pipeline",
    title: "App Runner deploys no image by itself",
    why: "Whoever may push to the repository otherwise deploys to users, without tests, scan and approval.",
    severity: "high",
    controls: { soc2: ["CC8.1"] },
    allowed: "source_configuration.auto_deployments_enabled = false; its default is true",
    types: SERVICES,
    judge: equals("source_configuration.auto_deployments_enabled", false),
  },
  {
    id: "app-runner-health-check",
    title: "The health check of a service sends an HTTP request",
    why: "The default only opens a connection: a program that answers every request with an error counts as healthy, and its deployment as successful.",
    severity: "medium",
    controls: { soc2: ["A1.2", "CC8.1"] },
    allowed: 'health_check_configuration.protocol = "HTTP"',
    types: SERVICES,
    judge: equals("health_check_configuration.protocol", "HTTP"),
  },
  {
    id: "app-runner-traced",
    title: "A service sends traces to X-Ray",
    why: "Nobody can find out in which of the services behind it a slow or failed request spent its time.",
    severity: "low",
    controls: { soc2: ["CC7.2"] },
    allowed: "observability_configuration with observability_enabled = true and a configuration",
    types: SERVICES,
    judge: all(
      equals("observability_configuration.observability_enabled", true),
      given("observability_configuration.observability_configuration_arn"),
    ),
  },
  {
    id: "app-runner-web-acl",
    title: "A public service has a web ACL",
    why: "Scanners and request floods reach the application, which has to withstand them alone.",
    severity: "medium",
    controls: { soc2: ["CC6.6", "CC6.8"], gdpr: ["32(1)(b)"] },
    allowed: `an aws_wafv2_web_acl_association whose resource_arn names this service, or ${NETWORK}.ingress_configuration.is_publicly_accessible = false`,
    types: SERVICES,
    judge: either(
      equals(`${NETWORK}.ingress_configuration.is_publicly_accessible`, false),
      accompanied("aws_wafv2_web_acl_association", "resource_arn"),
    ),
  },
] as const satisfies readonly ResourceGuardrail[];
