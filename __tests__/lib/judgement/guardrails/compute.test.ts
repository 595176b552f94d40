import { COMPUTE } from "../../../../lib/judgement/guardrails/compute";
import { Unknown, type Value } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [argument: string]: Value };

const instance = (values: Values) => [resourceOf("aws_instance", values)];
const template = (values: Values) => [resourceOf("aws_launch_template", values)];
const lambda = (values: Values) => [resourceOf("aws_lambda_function", values)];

proveRows(COMPUTE, {
  "instance-metadata-v2": [
    ["holds where tokens are required", instance({ metadata_options: { http_tokens: "required" } }), "holds"],
    ["holds where it is off", template({ metadata_options: [{ http_endpoint: "disabled" }] }), "holds"],
    [
      "is broken where nothing is said",
      instance({}),
      "broken: metadata_options.http_tokens = null and metadata_options.http_endpoint = null",
    ],
    [
      "is undecided where it is open",
      instance({ metadata_options: new Unknown() }),
      "unknown: metadata_options.http_tokens = (known after apply)",
    ],
  ],
  "instance-no-public-address": [
    ["holds where a machine has none", instance({ associate_public_ip_address: false }), "holds"],
    ["holds where a template leaves it to the subnet", template({}), "holds"],
    ["is broken where the subnet decides", instance({}), "broken: associate_public_ip_address = null"],
    [
      "is broken where a template gives one",
      template({ network_interfaces: [{ associate_public_ip_address: "true" }] }),
      'broken: network_interfaces.associate_public_ip_address = "true"',
    ],
    [
      "is undecided where it is open",
      instance({ associate_public_ip_address: new Unknown() }),
      "unknown: associate_public_ip_address = (known after apply)",
    ],
  ],
  "instance-disk-encrypted": [
    ["holds where it is", instance({ root_block_device: { encrypted: true } }), "holds"],
    ["is broken where nothing is said", instance({}), "broken: root_block_device.encrypted = null"],
    [
      "is broken where the second disk says nothing",
      template({ block_device_mappings: [{ ebs: { encrypted: "true" } }, { ebs: {} }] }),
      "broken: block_device_mappings.ebs.encrypted = null",
    ],
    [
      "is undecided where it is open",
      template({ block_device_mappings: new Unknown() }),
      "unknown: block_device_mappings.ebs.encrypted = (known after apply)",
    ],
  ],
  "lambda-runtime-supported": [
    ["holds where it is", lambda({ runtime: "nodejs22.x" }), "holds"],
    ["holds where an image brings its own", lambda({ package_type: "Image" }), "holds"],
    ["is broken where it is not", lambda({ runtime: "nodejs16.x" }), 'broken: runtime = "nodejs16.x"'],
    ["is undecided where it is open", lambda({ runtime: new Unknown() }), "unknown: runtime = (known after apply)"],
  ],
});
