/** The root of one environment of a system, made from the environment's data. */
import { type DatabaseMigration, Root, type RootProps } from "../../lib";
import { delivery } from "./delivery";
import { type Environment, fullName, type InComponent } from "./environment";

/** One of several roots of an environment. Each has its own state, GitHub environment and apply role. */
export interface Component<Name extends string = string> {
  readonly name: Name;
  /** Waves between the environment's first root and this one. */
  readonly wavesAfter: number;
  /** Label of the runner that plans and applies the root, if only a network of the environment reaches its resources. */
  readonly runner?: string;
  /** Set for the root of a migration of a database. */
  readonly migration?: DatabaseMigration;
}

/**
 * @param identity values that distinguish the environment from the others of its system, such as its domain; parity
 * ignores them
 * @param component undefined for a root without a component; others get only the differences and exceptions that name them
 */
export function systemRoot<Name extends string = never>(
  system: string,
  environment: Environment<Partial<InComponent<Name>>>,
  identity: NonNullable<RootProps["identity"]>,
  component?: Component<NoInfer<Name>>,
): Root {
  const { name, account, region, wave, production, dataClass, signOffs, performance } = environment;
  const { ending, singular, differences, exceptions } = environment;
  return new Root({
    path: rootPath(system, environment, component?.name),
    source: `environments/${system}/${name}.ts`,
    accountId: account.id,
    region,
    backend: account.state,
    tags: {
      CostCenter: system,
      App: system,
      Owner: "platform",
      Env: name,
      ...(dataClass && { DataClass: dataClass }),
    },
    delivery: {
      ...delivery(
        account,
        githubEnvironment(system, environment, component?.name),
        wave + (component?.wavesAfter ?? 0),
      ),
      ...(signOffs && { signOffs: [...signOffs] }),
      ...(component?.runner !== undefined && { runner: component.runner }),
    },
    production,
    identity,
    ...(performance && { performance }),
    ...(ending && { ending }),
    ...(singular && { singular }),
    ...(differences && { differences: inComponent(differences, component?.name) }),
    ...(exceptions && { exceptions: inComponent(exceptions, component?.name) }),
    ...(component?.migration && { migration: component.migration }),
  });
}

function inComponent<T extends Partial<InComponent<string>>>(declared: readonly T[], name: string | undefined) {
  return declared.filter(({ component }) => component === name).map(({ component: _, ...own }) => own);
}

/** @param component name of one of several roots of the environment */
export function rootPath(system: string, { name }: { readonly name: string }, component?: string): string {
  return ["environments", system, name, ...(component === undefined ? [] : [component])].join("/");
}

/** GitHub environment whose reviewers approve the applies of a root. */
export function githubEnvironment(system: string, environment: { readonly name: string }, component?: string): string {
  return [fullName(system, environment), ...(component === undefined ? [] : [component])].join("-");
}
