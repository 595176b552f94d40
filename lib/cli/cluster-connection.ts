/** `groundplan cluster-connection`: writes the connection of a new cluster into the data of its environment. */
import type { Command } from "commander";
import { z } from "zod";
import { parsedInput, readText } from "../common/input-file";
import { writeOutput } from "../common/output-file";
import { withConnection } from "../pipeline/bootstrap/connection-source";
import { fromCaller } from "./caller.cjs";

const OUTPUT = z.object({ value: z.string() });
const OUTPUTS = z.object({ cluster_endpoint: OUTPUT, cluster_certificate_authority: OUTPUT });
const EXPECTED = {
  noun: "the outputs cluster_endpoint and cluster_certificate_authority",
  allowed: "`terraform output -json` of the root that makes the cluster",
};

export function add(program: Command): void {
  program
    .command("cluster-connection")
    .description("write the endpoint and certificate of a cluster into its environment; reads `terraform output -json`")
    .argument("<file>", "source of the environment, such as environments/shop/dev.ts", fromCaller)
    .option("--outputs <file>", "`terraform output -json` of the root that makes the cluster", fromCaller, "/dev/stdin")
    .action(write);
}

function write(file: string, { outputs }: { readonly outputs: string }): void {
  const found = parsedInput(outputs, readText(outputs, EXPECTED.allowed), OUTPUTS, EXPECTED);
  const connection = {
    endpoint: found.cluster_endpoint.value,
    certificateAuthority: found.cluster_certificate_authority.value,
  };
  const source = readText(file, "the source of an environment");
  writeOutput(file, withConnection(file, source, connection));
  console.log(`${file}: cluster is ${connection.endpoint}`);
}
