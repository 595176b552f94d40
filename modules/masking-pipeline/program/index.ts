/** Program of the pipeline's tasks: `mask`, `verify` or `export`, one command in each task. */
import { connected, masterLogin } from "./database";
import { exportDump } from "./export";
import { mask } from "./mask";
import { parseMaskMap } from "./mask-map";
import { findings } from "./verify";

const { MASK_MAP = "", EXPORT_BUCKET = "", EXPORT_KEY = "" } = process.env;

const COMMANDS = new Map([
  ["mask", async () => connected(await masterLogin(), (client) => mask(client, parseMaskMap(MASK_MAP)))],
  ["verify", verify],
  ["export", async () => exportDump(await masterLogin(), EXPORT_BUCKET, EXPORT_KEY)],
]);

async function verify(): Promise<void> {
  const found = await connected(await masterLogin(), findings);
  if (found.length > 0) throw new Error(found.join("\n"));
}

async function main(name = ""): Promise<void> {
  const command = COMMANDS.get(name);
  if (command === undefined) throw new Error(`command: got ${name}; allowed: ${[...COMMANDS.keys()].join(", ")}`);
  await command();
  console.log(`${name}: done`);
}

main(process.argv[2]).catch((error) => {
  console.error(error instanceof Error ? error.message : "got a value that is no error");
  process.exitCode = 1;
});
