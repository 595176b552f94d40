/** Commands of the AWS CLI, checked without a call of AWS. */
import { execFileSync } from "node:child_process";
import path from "node:path";
import { z } from "zod";
import { findAwsModule } from "./needed";

const CHECKED = z.array(z.tuple([z.number(), z.string()]));

/** Exit code and errors of each command, such as `aws s3 ls`. One process checks all, because the CLI takes a second to start. */
export function checkedCommands(commands: readonly string[]): [exitCode: number, errors: string][] {
  const words = commands.map((command) => command.split(" ").slice(1));
  const program = path.join(__dirname, "aws_commands.py");
  return CHECKED.parse(
    JSON.parse(execFileSync(findAwsModule(), [program], { input: JSON.stringify(words), encoding: "utf8" })),
  );
}
