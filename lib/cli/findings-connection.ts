/** `groundplan findings-connection`: makes the EventBridge connection to a tool that receives findings. */
import { type Command, InvalidArgumentError } from "commander";
import { type FindingsConnection, findingsConnection } from "../pipeline/service/findings-connection";
import { SYSTEM_CLOCK } from "../pipeline/service/waiting";
import { withProgress } from "./progress";

export function add(program: Command): void {
  program
    .command("findings-connection")
    .description(
      "make or update the EventBridge connection to a tool that receives findings, with the credential from a secret",
    )
    .requiredOption("--name <name>", "name of the connection", connectionName)
    .requiredOption("--secret <id>", "secret of Secrets Manager whose text is the credential")
    .option("--header <name>", "header of the requests that has the credential", header, "Authorization")
    .option("--dry-run", "print the AWS calls that would be made, and change nothing")
    .action((options: FindingsConnection) =>
      withProgress(`${options.name}: connecting`, ({ print }) =>
        findingsConnection(options, { clock: SYSTEM_CLOCK, timeoutMinutes: MINUTES, report: print }),
      ),
    );
}

/** EventBridge authorizes a key within seconds. */
const MINUTES = 5;

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateConnection.html */
function connectionName(text: string): string {
  if (/^[\w.-]{1,64}$/.test(text)) return text;
  throw new InvalidArgumentError("Allowed: up to 64 letters, digits, dots, hyphens and underscores.");
}

function header(text: string): string {
  if (/^[A-Za-z0-9-]+$/.test(text)) return text;
  throw new InvalidArgumentError("Allowed: the name of a header, such as X-Api-Key.");
}
