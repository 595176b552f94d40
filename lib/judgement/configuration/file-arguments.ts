/** Arguments that name a file which the provider reads. */
import { asObject } from "./json";

/** By type of resource. @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs */
const OF_RESOURCES: Readonly<Record<string, readonly string[]>> = {
  aws_connect_contact_flow: ["filename"],
  aws_connect_contact_flow_module: ["filename"],
  aws_gamelift_script: ["zip_file"],
  aws_lambda_function: ["filename"],
  aws_lambda_layer_version: ["filename"],
  aws_rds_custom_db_engine_version: ["filename"],
  aws_s3_bucket_object: ["source"],
  aws_s3_object: ["source"],
  aws_synthetics_canary: ["zip_file"],
  helm_release: ["chart", "repository_ca_file", "repository_cert_file", "repository_key_file"],
};

/** By type of data source. @see https://registry.terraform.io/providers/hashicorp/archive/latest/docs/data-sources/file */
const OF_DATA: Readonly<Record<string, readonly string[]>> = {
  archive_file: ["source_dir", "source_file"],
  local_file: ["filename"],
  local_sensitive_file: ["filename"],
};

/** The arguments that are set, with their places. @param content a file in Terraform JSON */
export function fileArguments(content: unknown): [place: string, value: unknown][] {
  const { resource, data } = asObject(content);
  return [...argumentsIn(resource, "resource", OF_RESOURCES), ...argumentsIn(data, "data", OF_DATA)];
}

function argumentsIn(
  blocks: unknown,
  kind: string,
  table: Readonly<Record<string, readonly string[]>>,
): [place: string, value: unknown][] {
  return Object.entries(asObject(blocks)).flatMap(([type, named]) =>
    Object.entries(asObject(named)).flatMap(([name, block]) =>
      (table[type] ?? []).flatMap((argument): [string, unknown][] => {
        const value = asObject(block)[argument] ?? null;
        const read = argument === "chart" ? chartFile(value) : value;
        return read === null ? [] : [[`${kind}.${type}.${name}.${argument}`, read]];
      }),
    ),
  );
}

/** The file of a chart on a path; null for a chart of a repository, which has another guardrail. */
function chartFile(chart: unknown): string | null {
  return typeof chart === "string" && /^(\$\{path\.|[./])/.test(chart) ? `${chart}/Chart.yaml` : null;
}
