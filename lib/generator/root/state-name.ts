/** The name of a root's state in its backend. */
import { InputError } from "../../common/errors";
import { text } from "../inputs/schema";
import { projectSettings } from "../project-settings";

export interface StateName {
  /** What Terraform accepts. */
  readonly form: ReturnType<typeof text>;
  /** @param root path of the root */
  default(root: string): string;
}

const PATH = text(/^[^/\s](?:[^\s]*[^/\s])?$/, "text without spaces that neither begins nor ends with a slash");

/** A backend that appends a file name of its own: `shop/dev`. */
export const FOLDER: StateName = { form: PATH, default: (root) => root.split("/").slice(1).join("/") };

/** `shop/dev/terraform.tfstate`. */
export const FILE: StateName = { form: PATH, default: (root) => `${FOLDER.default(root)}/terraform.tfstate` };

/** @throws InputError if the backend does not accept the name that project.ts gives */
export function stateName(root: string, type: string, { form, default: byDefault }: StateName): string {
  const name = projectSettings().stateKey?.(root, type) ?? byDefault(root);
  if (form.safeParse(name).success) return name;
  throw new InputError(root, [
    `state in the backend ${type}: got the name ${JSON.stringify(name)}; allowed: ${form.meta()?.allowed}; stateKey in project.ts decides`,
  ]);
}
