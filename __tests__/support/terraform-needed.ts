/** Tests that run the real Terraform. */
import { findTerraform } from "../../lib/terraform";
import { describeWhere } from "./needed";

export function describeWithTerraform(name: string, tests: () => void): void {
  describeWhere({ mark: "Terraform", find: () => findTerraform() }, name, tests);
}
