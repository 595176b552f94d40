/** Tests that apply to the mock of AWS. */
import { findTerraform } from "../../../lib/terraform";
import { describeWhere } from "../needed";
import { findPython } from "./python";

export function describeWithCloud(name: string, tests: () => void): void {
  describeWhere({ mark: "moto", find: () => [findTerraform(), findPython()] }, name, tests);
}
