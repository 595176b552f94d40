/** The name of a root's state in its backend, and the argument of the backend that has it. */
import { InputError } from "../../common/errors";
import { text } from "../inputs/schema";
import { projectSettings } from "../project-settings";
import type { OtherBackendType } from "./backend-types";
import { stackName } from "./root-path";

/** A type of state backend. */
export type BackendType = "s3" | OtherBackendType;

interface StateName {
  readonly argument: string;
  /** What Terraform accepts, beyond the type of the argument. */
  readonly form: ReturnType<typeof text>;
  /** @param root path of the root */
  default(root: string): string;
}

const PATH = text(/^[^/\s](?:[^\s]*[^/\s])?$/, "text without spaces that neither begins nor ends with a slash");

function folderOf(root: string): string {
  return root.split("/").slice(1).join("/");
}

function fileOf(root: string): string {
  return `${folderOf(root)}/terraform.tfstate`;
}

/** The backend `http` has none: its `address` is the name. */
const STATE_NAMES: Readonly<Record<Exclude<BackendType, "http">, StateName>> = {
  azurerm: { argument: "key", form: PATH, default: fileOf },
  consul: { argument: "path", form: PATH, default: folderOf },
  cos: { argument: "key", form: PATH, default: fileOf },
  gcs: { argument: "prefix", form: PATH, default: folderOf },
  kubernetes: {
    argument: "secret_suffix",
    // Terraform splits a large state into Secrets whose names end with numbers.
    form: text(
      /^(?!.*-\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
      "up to 63 lower-case letters, digits and inner hyphens, no number after the last hyphen",
    ),
    default: (root) => `${stackName(root)}-state`,
  },
  oss: { argument: "key", form: PATH, default: fileOf },
  // PostgreSQL cuts a longer name off.
  pg: {
    argument: "schema_name",
    form: text(/^[a-z_][a-z0-9_-]{0,62}$/, "up to 63 lower-case letters, digits, hyphens and underscores"),
    default: stackName,
  },
  remote: {
    argument: "workspaces",
    form: text(/^[a-zA-Z0-9_-]{1,90}$/, "up to 90 letters, digits, hyphens and underscores"),
    default: stackName,
  },
  s3: { argument: "key", form: PATH, default: fileOf },
};

/** @throws InputError if the backend does not accept the name that project.ts gives */
export function stateName(root: string, type: Exclude<BackendType, "http">): { argument: string; name: string } {
  const { argument, form, default: byDefault } = STATE_NAMES[type];
  const name = projectSettings().stateKey?.(root, type) ?? byDefault(root);
  if (form.safeParse(name).success) return { argument, name };
  const allowed = form.meta()?.allowed;
  throw new InputError(root, [
    `state in the backend ${type}: got the name ${JSON.stringify(name)}; allowed: ${allowed}; stateKey in project.ts decides`,
  ]);
}
