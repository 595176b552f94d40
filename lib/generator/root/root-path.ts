/** The folder of a root below the tree, in its parts. */

export interface RootParts {
  readonly kind: "environments" | "accounts";
  /** The system of an environment; "" for an account. */
  readonly system: string;
  /** The environment, or the account. */
  readonly environment: string;
  /** The part of the system where it has several roots in an environment: `cluster`, `cluster/addons`; else "". */
  readonly component: string;
}

/** @param path `environments/shop/dev`, `environments/shop/dev/cluster`, `accounts/shared` */
export function rootParts(path: string): RootParts {
  const [kind = "", ...names] = path.split("/");
  if (kind === "accounts") return { kind, system: "", environment: names.join("/"), component: "" };
  const [system = "", environment = "", ...component] = names;
  return { kind: "environments", system, environment, component: component.join("/") };
}

/** `shop-dev` for `environments/shop/dev`, `account-shop-dev` for `accounts/shop-dev`. */
export function stackName(path: string): string {
  return path
    .replace(/^environments\//, "")
    .replace(/^accounts/, "account")
    .replaceAll("/", "-");
}
