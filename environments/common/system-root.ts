/** The root of one environment of a system, made from the environment's data. */
import { Root, type RootProps } from "../../lib";
import { delivery } from "./delivery";
import { type Environment, fullName } from "./environment";

/**
 * @param identity values that distinguish the environment from the others of its system, such as its domain; parity
 * ignores them
 */
export function systemRoot(
  system: string,
  environment: Environment,
  identity: NonNullable<RootProps["identity"]>,
): Root {
  const { name, account, region, wave, production, ending, differences, exceptions } = environment;
  const path = `environments/${system}/${name}`;
  return new Root({
    path,
    source: `${path}.ts`,
    accountId: account.id,
    region,
    backend: account.state,
    tags: { CostCenter: system, App: system, Owner: "platform", Env: name },
    delivery: delivery(account, fullName(system, environment), wave),
    production,
    identity,
    ...(ending && { ending }),
    ...(differences && { differences }),
    ...(exceptions && { exceptions }),
  });
}
