/** Writes the connection of a cluster into the source of its environment. */
import { InputError } from "../../common/errors";
import { type ClusterConnection, clusterConnection } from "../../kubernetes/cluster-connection";

/** Properties on lines of their own, as the formatter writes them. */
const REGION = /^( *)region: "([^"]+)",$/gm;
const CLUSTER = /^( *)cluster: (?:null|\{[^{}]*\}),$/gm;

/**
 * The source with the connection as its property `cluster`.
 * @param file place in messages
 * @throws InputError if the connection is not of a cluster in the environment's region, or the source has another form
 */
export function withConnection(file: string, source: string, connection: ClusterConnection): string {
  const [regions, clusters] = [[...source.matchAll(REGION)], [...source.matchAll(CLUSTER)]];
  const [[, , region = ""] = [], [found = "", indent = ""] = []] = [regions[0] ?? [], clusters[0] ?? []];
  if (regions.length !== 1 || clusters.length !== 1) {
    throw new InputError(file, [
      `got ${regions.length} lines with a region and ${clusters.length} properties cluster; ` +
        'allowed: one `region: "<region>",` and one `cluster: null,` or `cluster: { … },` on lines of their own',
    ]);
  }
  clusterConnection("the outputs", connection, { region, clusterName: "" });
  const lines = Object.entries(connection).map(([name, text]) => `${indent}  ${name}: ${JSON.stringify(text)},\n`);
  return source.replace(found, () => `${indent}cluster: {\n${lines.join("")}${indent}},`);
}
