import { COMPUTE } from "../../../../lib/judgement/guardrails/compute";
import { type HclValue, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const instance = (values: Values) => [resourceOf("aws_instance", values)];
const template = (values: Values) => [resourceOf("aws_launch_template", values)];
const lambda = (values: Values) => [resourceOf("aws_lambda_function", values)];
const url = (values: Values) => [resourceOf("aws_lambda_function_url", values)];

proveRows(COMPUTE, {
  "instance-metadata-v2": [
    ["holds if tokens are required", instance({ metadata_options: { http_tokens: "required" } }), "holds"],
    ["holds if it is off", template({ metadata_options: [{ http_endpoint: "disabled" }] }), "holds"],
    [
      "is broken if nothing is set",
      instance({}),
      "broken: metadata_options.http_tokens = null and metadata_options.http_endpoint = null",
    ],
    [
      "is unknown if it is unknown",
      instance({ metadata_options: new Unknown() }),
      "unknown: metadata_options.http_tokens = (known after apply)",
    ],
  ],
  "instance-no-public-address": [
    ["holds for an instance without one", instance({ associate_public_ip_address: false }), "holds"],
    ["holds if a template leaves it to the subnet", template({}), "holds"],
    ["is broken if the subnet decides on it", instance({}), "broken: associate_public_ip_address = null"],
    [
      "is broken if a template assigns one",
      template({ network_interfaces: [{ associate_public_ip_address: "true" }] }),
      'broken: network_interfaces.associate_public_ip_address = "true"',
    ],
    [
      "is unknown if it is unknown",
      instance({ associate_public_ip_address: new Unknown() }),
      "unknown: associate_public_ip_address = (known after apply)",
    ],
  ],
  "instance-disk-encrypted": [
    ["holds if it is", instance({ root_block_device: { encrypted: true } }), "holds"],
    ["is broken if nothing is set", instance({}), "broken: root_block_device.encrypted = null"],
    [
      "is broken if the second disk has no setting",
      template({ block_device_mappings: [{ ebs: { encrypted: "true" } }, { ebs: {} }] }),
      "broken: block_device_mappings.ebs.encrypted = null",
    ],
    [
      "is unknown if it is unknown",
      template({ block_device_mappings: new Unknown() }),
      "unknown: block_device_mappings.ebs.encrypted = (known after apply)",
    ],
  ],
  "lambda-runtime-supported": [
    ["holds if it is", lambda({ runtime: "nodejs22.x" }), "holds"],
    ["holds for an image, which has its own runtime", lambda({ package_type: "Image" }), "holds"],
    ["is broken if it is not", lambda({ runtime: "nodejs16.x" }), 'broken: runtime = "nodejs16.x"'],
    ["is unknown if it is unknown", lambda({ runtime: new Unknown() }), "unknown: runtime = (known after apply)"],
  ],
  "lambda-url-authorized": [
    ["holds if it is", url({ authorization_type: "AWS_IAM" }), "holds"],
    ["is broken if it is open", url({ authorization_type: "NONE" }), 'broken: authorization_type = "NONE"'],
    [
      "is unknown if it is unknown",
      url({ authorization_type: new Unknown() }),
      "unknown: authorization_type = (known after apply)",
    ],
  ],
});
