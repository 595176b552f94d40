/** `groundplan performance`: puts the load of an environment's performance tests on a service. Exit code 1 if a target is missed. */
import type { Command } from "commander";
import { InputError, Refusal } from "../common/errors";
import { measure, missedTargets } from "../pipeline/service/performance";
import { composedRoot } from "./composed-root";

/** Its value is sent as the header `Authorization`. It is no option, so that other users of the machine cannot see it. */
const TOKEN = "PERFORMANCE_TOKEN";

export function add(program: Command): void {
  program
    .command("performance")
    .description("put the load of an environment's performance tests on a service; exit code 1 if a target is missed")
    .argument("<root>", "root whose data has the targets: <system>/<environment>")
    .requiredOption("--url <url>", `address of the service; ${TOKEN} of the environment is sent as Authorization`)
    .action(test);
}

async function test(name: string, { url }: { readonly url: string }): Promise<void> {
  if (!/^https?:\/\/[^/\s]+\/?$/.test(url)) {
    throw new InputError("--url", [`got "${url}"; allowed: https://<host>, without a path`]);
  }
  const { address, props } = composedRoot(name);
  if (props.performance === undefined)
    throw new InputError(address, ["performance: got nothing; allowed: the targets of performance tests"]);
  const token = process.env[TOKEN];
  const missed: string[] = [];
  for (const [scenario, targets] of Object.entries(props.performance)) {
    const got = await measure(url, targets, token ? { authorization: token } : {});
    console.log(`${scenario}: ${got.requests} requests, ${got.failures} failures, p95 ${got.p95Milliseconds} ms`);
    missed.push(...missedTargets(scenario, targets, got));
  }
  if (missed.length > 0) throw new Refusal(["performance targets are missed", ...missed].join("\n  "));
}
