/** SSM parameters that a root publishes and reads. */
import type { ResourceInstance, RootConfiguration } from "../configuration";
import { show } from "../hcl";
import { accountOf, accountsOf, configurationsOf } from "./account";

/** What a root publishes and reads: plain data, which a later run can recall. */
export interface RootParameters {
  /** Folder below the tree. */
  readonly path: string;
  /** Account, region and name of each. */
  readonly published: readonly string[];
  readonly read: readonly ReadParameter[];
}

export interface ReadParameter {
  readonly address: string;
  /** As a message shows it. */
  readonly name: string;
  /** Account, region and name; null for a name that only Terraform knows. */
  readonly key: string | null;
}

export function parametersOf(root: RootConfiguration): RootParameters {
  return {
    path: root.path,
    published: root.of(PARAMETER).map((resource) => keyOf(root, resource, resource.values.name)),
    read: root.resources
      .filter(({ mode, type, values: { name } }) => mode === "data" && type === PARAMETER && !isOfAws(name))
      .map((parameter) => {
        const { name = null } = parameter.values;
        return typeof name === "string"
          ? { address: parameter.address, name, key: keyOf(root, parameter, name) }
          : { address: parameter.address, name: show(name), key: null };
      }),
  };
}

const PARAMETER = "aws_ssm_parameter";

/** Parameters that AWS itself publishes. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html */
const OF_AWS = "/aws/service/";

function isOfAws(name: unknown): boolean {
  return typeof name === "string" && name.startsWith(OF_AWS);
}

/** Account, region and name. A parameter of another region has the same name and is another parameter. */
function keyOf(root: RootConfiguration, { provider = "aws", values }: ResourceInstance, name: unknown): string {
  const region = values.region ?? configurationsOf(root).get(provider)?.region;
  return `${accountsOf(root).get(provider) ?? accountOf(root)} ${region} ${name}`;
}
