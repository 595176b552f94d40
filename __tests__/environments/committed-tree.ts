/** The committed tree, with its roots as an apply leaves them. */
import path from "node:path";
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { appliedTree } from "../lib/judgement/gate/applied";

export const TREE = path.resolve(__dirname, "../../terraform");

export const { applied, gateOn } = appliedTree(new Configurations(readTree(TREE)));
