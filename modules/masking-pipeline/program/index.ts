/** Program of the tasks: `mask`, `verify` and `export` in the account that masks, `import` in the one that uses the masked data. */
import { connected, masterLogin } from "./database";
import { exportDump } from "./export";
import { importDump } from "./import";
import { mask } from "./mask";
import { parseMaskMap } from "./mask-map";
import { parseSubset } from "./subset";
import { findings, recordCheck } from "./verify";

const { MASK_MAP = "", SUBSET = "{}", EXPORT_BUCKET = "", EXPORT_KEY = "", KEPT_TABLES = "" } = process.env;

const COMMANDS = new Map([
  ["mask", maskRows],
  ["verify", verify],
  ["export", async () => exportDump(await masterLogin(), EXPORT_BUCKET, EXPORT_KEY)],
  [
    "import",
    async () => importDump(await masterLogin(), EXPORT_BUCKET, EXPORT_KEY, KEPT_TABLES.split(",").filter(Boolean)),
  ],
]);

async function maskRows(): Promise<void> {
  await connected(await masterLogin(), (client) => mask(client, parseMaskMap(MASK_MAP), parseSubset(SUBSET)));
}

async function verify(): Promise<void> {
  await connected(await masterLogin(), async (client) => {
    const found = await findings(client);
    if (found.length > 0) throw new Error(found.join("\n"));
    await recordCheck(client);
  });
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
