/** EC2 instances and Lambda functions. */
import type { HclValue } from "../hcl";
import { allows, byType, eachBlock, either, equals, where } from "./attributes";
import { encryptsDisks, WITH_MACHINE_DISKS } from "./disks";
import type { ResourceGuardrail } from "./guardrail";

/**
 * Runtimes that receive security updates until at least 2027.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
const RUNTIMES = [
  "dotnet10",
  "java17",
  "java21",
  "java25",
  "nodejs22.x",
  "nodejs24.x",
  "provided.al2023",
  "python3.12",
  "python3.13",
  "python3.14",
  "ruby3.4",
] as const;

export const COMPUTE = [
  {
    id: "instance-metadata-v2",
    title: "An instance requires session tokens for its metadata service (IMDSv2)",
    why: "With version 1 of the metadata service, a single forged request through an application returns the credentials of the role.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1"], cis: ["5.6"], fsbp: ["EC2.8", "EC2.170"] },
    allowed: 'metadata_options with http_tokens = "required", or http_endpoint = "disabled"',
    types: ["aws_instance", "aws_launch_configuration", "aws_launch_template", "aws_spot_instance_request"],
    judge: either(
      equals("metadata_options.http_tokens", "required"),
      equals("metadata_options.http_endpoint", "disabled"),
    ),
  },
  {
    id: "instance-no-public-address",
    title: "An instance has no public address",
    why: "It can be reached without passing the load balancer and its protections.",
    severity: "critical",
    controls: {
      hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
      soc2: ["CC6.1", "CC6.6"],
      gdpr: ["32(1)(b)"],
      fsbp: ["EC2.9", "EC2.25"],
    },
    allowed: "associate_public_ip_address = false",
    types: ["aws_instance", "aws_launch_template"],
    judge: byType({
      aws_instance: equals("associate_public_ip_address", false),
      aws_launch_template: eachBlock("network_interfaces", "associate_public_ip_address", isFalse),
    }),
  },
  {
    id: "instance-disk-encrypted",
    title: "The disks of an instance are encrypted",
    why: "Anybody who gets a copy of a disk or its snapshots can read them.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"], fsbp: ["EC2.3", "EC2.181"] },
    allowed: "encrypted = true for each disk",
    types: WITH_MACHINE_DISKS,
    judge: encryptsDisks,
  },
  {
    id: "lambda-runtime-supported",
    title: "A function runs on a runtime that receives security updates",
    why: "Known vulnerabilities are not fixed, and in the end the function can no longer be updated.",
    severity: "medium",
    controls: { soc2: ["CC7.1"], fsbp: ["Lambda.2"] },
    allowed: `runtime one of ${RUNTIMES.join(", ")}, or an image`,
    types: ["aws_lambda_function"],
    judge: where("package_type", (type) => type !== "Image", allows("runtime", isRuntime)),
  },
  {
    id: "lambda-url-authorized",
    title: "The URL of a function requires signed requests",
    why: "Everybody on the internet can start the function, without a web ACL or throttling in front of it.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)", "164.312(d)"], soc2: ["CC6.1", "CC6.6"], gdpr: ["32(1)(b)"] },
    allowed: "authorization_type = AWS_IAM",
    types: ["aws_lambda_function_url"],
    judge: equals("authorization_type", "AWS_IAM"),
  },
] as const satisfies readonly ResourceGuardrail[];

/** Launch templates use text for booleans of other resources. */
function isFalse(value: HclValue): boolean {
  return value === false || value === "false" || value === null || value === "";
}

function isRuntime(value: HclValue): boolean {
  return RUNTIMES.some((runtime) => runtime === value);
}
