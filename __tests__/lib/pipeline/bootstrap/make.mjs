// What a resource of the account's root does: makes a bucket or a lock table on the loopback servers, once as AWS does, and
// notes it; or it is the middle of the apply, where a test may have it wait or kill what runs.
// Usage: node make.mjs bucket|table|pause <name> <file for the note>
import { appendFileSync, existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { createTable } from "../../../support/dynamodb.mjs";

const [what, name, note] = process.argv.slice(2);
const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL_DYNAMODB, KILL_IN_APPLY, WAIT_FOR, COMMAND_PID, TERRAFORM_PID } =
  process.env;

if (what === "pause") {
  if (WAIT_FOR !== undefined) appendFileSync(note, "pause\n");
  while (WAIT_FOR !== undefined && !existsSync(WAIT_FOR)) await setTimeout(20);
  if (KILL_IN_APPLY !== undefined)
    for (const program of [COMMAND_PID, TERRAFORM_PID]) process.kill(Number(program), "SIGKILL");
  process.exit();
}
if (what === "bucket") await createBucket();
else await createTable(AWS_ENDPOINT_URL_DYNAMODB, name);
appendFileSync(note, `${what}\n`);

async function createBucket() {
  const url = `${AWS_ENDPOINT_URL_S3}/${name}`;
  if ((await fetch(url, { method: "HEAD" })).ok) throw new Error(`BucketAlreadyOwnedByYou: ${name}`);
  const response = await fetch(url, { method: "PUT" });
  if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
}
