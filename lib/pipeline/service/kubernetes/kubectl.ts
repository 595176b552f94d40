/** Runs kubectl, which reads the address of the cluster and the credentials from KUBECONFIG. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { InputError } from "../../../common/errors";
import { ServiceError } from "../failure";

export interface KubectlAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param input standard input of the command */
export type Kubectl = (args: readonly string[], input?: string) => Promise<KubectlAnswer>;

/** @throws InputError if there is no kubectl on PATH */
export const systemKubectl: Kubectl = async (args, input = "") => {
  const child = spawn("kubectl", args, { stdio: "pipe", env: process.env });
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => stream.setEncoding("utf8").toArray());
  // kubectl may end before it has read everything: its exit code has the reason.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  try {
    await once(child, "close");
  } catch (error) {
    throw new InputError("kubectl", [`got ${String(error)}; allowed: a kubectl on PATH`]);
  }
  const text = async (chunks: Promise<readonly string[]> | undefined) => ((await chunks) ?? []).join("");
  return { exitCode: child.exitCode ?? 1, stdout: await text(stdout), stderr: await text(stderr) };
};

/** The output of a command. @throws ServiceError if it fails */
export async function output(kubectl: Kubectl, args: readonly string[], input?: string): Promise<string> {
  const { exitCode, stdout, stderr } = await kubectl(args, input);
  if (exitCode === 0) return stdout;
  throw new ServiceError(`kubectl ${args.join(" ")} failed: ${reasonOf({ stdout, stderr })}`);
}

/** What kubectl reports, without the lines of its log and repetitions of the program that gets a token. */
export function reasonOf({ stdout, stderr }: Pick<KubectlAnswer, "stdout" | "stderr">): string {
  const lines = (stderr || stdout).split("\n").filter((line) => line !== "" && !/^[EW]\d{4} /.test(line));
  return [...new Set(lines)].join("\n");
}
