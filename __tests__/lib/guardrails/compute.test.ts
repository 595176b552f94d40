import { COMPUTE } from "../../../lib/guardrails/compute";
import { Unknown, type Value } from "../../../lib/hcl";
import { type Case, testRows } from "./cases";
import { resourceOf } from "./fixture";

type Values = { readonly [argument: string]: Value };

const instance = (values: Values) => [resourceOf("aws_instance", values)];
const template = (values: Values) => [resourceOf("aws_launch_template", values)];
const lambda = (values: Values) => [resourceOf("aws_lambda_function", values)];

const cases: readonly Case[] = [
  ["instance-metadata-v2", "tokens are required", instance({ metadata_options: { http_tokens: "required" } }), "holds"],
  ["instance-metadata-v2", "it is off", template({ metadata_options: [{ http_endpoint: "disabled" }] }), "holds"],
  [
    "instance-metadata-v2",
    "nothing is said",
    instance({}),
    "broken: metadata_options.http_tokens = null and metadata_options.http_endpoint = null",
  ],
  [
    "instance-metadata-v2",
    "it is open",
    instance({ metadata_options: new Unknown() }),
    "unknown: metadata_options.http_tokens = (known after apply)",
  ],
  ["instance-no-public-address", "a machine has none", instance({ associate_public_ip_address: false }), "holds"],
  ["instance-no-public-address", "a template leaves it to the subnet", template({}), "holds"],
  ["instance-no-public-address", "the subnet decides", instance({}), "broken: associate_public_ip_address = null"],
  [
    "instance-no-public-address",
    "a template gives one",
    template({ network_interfaces: [{ associate_public_ip_address: "true" }] }),
    'broken: network_interfaces.associate_public_ip_address = "true"',
  ],
  [
    "instance-no-public-address",
    "it is open",
    instance({ associate_public_ip_address: new Unknown() }),
    "unknown: associate_public_ip_address = (known after apply)",
  ],
  ["instance-disk-encrypted", "it is", instance({ root_block_device: { encrypted: true } }), "holds"],
  ["instance-disk-encrypted", "nothing is said", instance({}), "broken: root_block_device.encrypted = null"],
  [
    "instance-disk-encrypted",
    "the second disk says nothing",
    template({ block_device_mappings: [{ ebs: { encrypted: "true" } }, { ebs: {} }] }),
    "broken: block_device_mappings.ebs.encrypted = null",
  ],
  [
    "instance-disk-encrypted",
    "it is open",
    template({ block_device_mappings: new Unknown() }),
    "unknown: block_device_mappings.ebs.encrypted = (known after apply)",
  ],
  ["lambda-runtime-supported", "it is", lambda({ runtime: "nodejs22.x" }), "holds"],
  ["lambda-runtime-supported", "an image brings its own", lambda({ package_type: "Image" }), "holds"],
  ["lambda-runtime-supported", "it is not", lambda({ runtime: "nodejs16.x" }), 'broken: runtime = "nodejs16.x"'],
  [
    "lambda-runtime-supported",
    "it is open",
    lambda({ runtime: new Unknown() }),
    "unknown: runtime = (known after apply)",
  ],
];

testRows(COMPUTE, cases);
