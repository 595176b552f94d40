/** Parameter groups of databases, and their parameters for TLS. */
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { isMapping, isUnknown } from "../hcl";
import { type Judge, judgeValues } from "./attributes";
import { broken, HOLDS, undecided, type Verdict } from "./guardrail";
import { itemsAt, named, stemsFromNothing } from "./values";

/** The database uses a parameter group of this root that refuses connections without TLS. */
export function forcesTls(database: ResourceInstance, root: RootConfiguration): Verdict {
  const { argument, type } = GROUPS[database.type] ?? GROUPS.aws_db_instance;
  const engine = database.type === "aws_docdb_cluster" ? "docdb" : (database.values.engine ?? null);
  const tls = TLS.find((one) => typeof engine === "string" && one.engine.test(engine));
  if (tls === undefined) return undecided(`engine = ${show(engine)}`);
  const name = database.values[argument] ?? null;
  const group = named(name, type, root);
  if (group !== undefined) return judgeParameter(group, tls.parameter, tls.values);
  return stemsFromNothing(name)
    ? undecided(`${argument} = ${show(name)}`)
    : broken(`no ${type} that ${argument} names`);
}

/** Each instance has its own group; the instances of a cluster share one. */
const GROUPS: { readonly [database: string]: { readonly argument: string; readonly type: string } } & {
  readonly aws_db_instance: { readonly argument: string; readonly type: string };
} = {
  aws_db_instance: { argument: "parameter_group_name", type: "aws_db_parameter_group" },
  aws_rds_cluster: { argument: "db_cluster_parameter_group_name", type: "aws_rds_cluster_parameter_group" },
  aws_docdb_cluster: { argument: "db_cluster_parameter_group_name", type: "aws_docdb_cluster_parameter_group" },
};

/**
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
 * @see https://docs.aws.amazon.com/documentdb/latest/developerguide/security.encryption.ssl.html
 */
const TLS: readonly { readonly engine: RegExp; readonly parameter: string; readonly values: readonly string[] }[] = [
  { engine: /^postgres$|^aurora-postgresql$|^sqlserver-/, parameter: "rds.force_ssl", values: ["1"] },
  { engine: /^(aurora-)?mysql$|^mariadb$/, parameter: "require_secure_transport", values: ["1", "ON"] },
  { engine: /^docdb$/, parameter: "tls", values: ["tls1.2+", "tls1.3+", "fips-140-3"] },
];

/** A parameter that is not set has the engine's default. */
export function parameterOrDefault(name: string, ...allowed: readonly string[]): Judge {
  return (group) => {
    const isSet = itemsAt(group.values, "parameter").some((one) => !isMapping(one) || one.name === name);
    return isSet ? judgeParameter(group, name, allowed) : HOLDS;
  };
}

function judgeParameter(group: ResourceInstance, name: string, allowed: readonly string[]): Verdict {
  const parameters = itemsAt(group.values, "parameter");
  const open = parameters.find(isUnknown);
  const parameter = parameters.filter(isMapping).find((one) => one.name === name);
  if (parameter === undefined && open !== undefined) return undecided(`parameter = ${show(open)}`);
  return judgeValues(`parameter ${name}`, [parameter?.value ?? null], (value) => allowed.includes(String(value)));
}
