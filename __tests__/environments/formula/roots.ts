/** The committed roots of Formula, evaluated. */
import { Configurations, type RootConfiguration, readTree } from "../../../lib/judgement/configuration";
import { TREE } from "../committed-tree";

const configurations = new Configurations(readTree(TREE));

export function configurationOf(root: string): RootConfiguration {
  return configurations.root(root);
}
