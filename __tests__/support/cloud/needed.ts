/** Tests that apply to the mock of AWS. */
import { findTerraform } from "../../../lib/terraform";
import { describeWhere } from "../needed";
import { isNightly } from "../nightly";
import { findPython } from "./python";

export function describeWithCloud(name: string, tests: () => void): void {
  describeWhere({ mark: "moto", find: () => [findTerraform(), findPython()] }, name, tests);
}

/** For what the lanes of a pull request show in another way. */
export const describeWithCloudNightly = isNightly ? describeWithCloud : describe.skip;
