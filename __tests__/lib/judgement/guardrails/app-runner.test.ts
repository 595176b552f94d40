import { APP_RUNNER } from "../../../../lib/judgement/guardrails/app-runner";
import { type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

const unknown = new Unknown();
const service = (values: { readonly [argument: string]: HclValue }) => resourceOf("aws_apprunner_service", values);
const network = (values: { readonly [argument: string]: HclValue }) => service({ network_configuration: [values] });
const egress = (values: { readonly [argument: string]: HclValue }) => network({ egress_configuration: [values] });
const connector = new Reference("aws_apprunner_vpc_connector.this", "arn");
const EGRESS = "network_configuration.egress_configuration";
const PUBLIC = "network_configuration.ingress_configuration.is_publicly_accessible";

proveRows(APP_RUNNER, {
  "app-runner-encrypted": [
    [
      "holds with a key of the root",
      [service({ encryption_configuration: [{ kms_key: new Reference("aws_kms_key.this", "arn") }] })],
      "holds",
    ],
    ["is broken without a key", [service({})], "broken: encryption_configuration.kms_key = null"],
    [
      "is unknown if the key is known only after the apply",
      [service({ encryption_configuration: [{ kms_key: unknown }] })],
      "unknown: encryption_configuration.kms_key = (known after apply)",
    ],
  ],
  "app-runner-egress-vpc": [
    ["holds with a connector", [egress({ egress_type: "VPC", vpc_connector_arn: connector })], "holds"],
    ["is broken by default", [service({})], `broken: ${EGRESS}.egress_type = null`],
    [
      "is broken by the default path",
      [egress({ egress_type: "DEFAULT" })],
      `broken: ${EGRESS}.egress_type = "DEFAULT"`,
    ],
    [
      "is unknown if the type is",
      [egress({ egress_type: unknown, vpc_connector_arn: connector })],
      `unknown: ${EGRESS}.egress_type = (known after apply)`,
    ],
  ],
  "app-runner-deployed-by-pipeline": [
    ["holds if it is off", [service({ source_configuration: [{ auto_deployments_enabled: false }] })], "holds"],
    [
      "is broken by default",
      [service({ source_configuration: [{}] })],
      "broken: source_configuration.auto_deployments_enabled = null",
    ],
    [
      "is broken if it is on",
      [service({ source_configuration: [{ auto_deployments_enabled: true }] })],
      "broken: source_configuration.auto_deployments_enabled = true",
    ],
  ],
  "app-runner-health-check": [
    ["holds by HTTP", [service({ health_check_configuration: [{ protocol: "HTTP" }] })], "holds"],
    ["is broken by default", [service({})], "broken: health_check_configuration.protocol = null"],
    [
      "is broken by TCP",
      [service({ health_check_configuration: [{ protocol: "TCP" }] })],
      'broken: health_check_configuration.protocol = "TCP"',
    ],
  ],
  "app-runner-traced": [
    [
      "holds with a configuration",
      [
        service({
          observability_configuration: [
            {
              observability_enabled: true,
              observability_configuration_arn: new Reference("aws_apprunner_observability_configuration.this", "arn"),
            },
          ],
        }),
      ],
      "holds",
    ],
    [
      "is broken if it is off",
      [service({ observability_configuration: [{ observability_enabled: false }] })],
      "broken: observability_configuration.observability_enabled = false",
    ],
  ],
  "app-runner-web-acl": [
    ["holds for a private service", [network({ ingress_configuration: [{ is_publicly_accessible: false }] })], "holds"],
    [
      "holds with a web ACL",
      [
        service({}),
        resourceOf("aws_wafv2_web_acl_association", {
          resource_arn: new Reference("module.call.aws_apprunner_service.this", "arn"),
        }),
      ],
      "holds",
    ],
    [
      "is broken for a public service without one",
      [service({})],
      `broken: ${PUBLIC} = null and no aws_wafv2_web_acl_association whose resource_arn names this resource`,
    ],
  ],
});
