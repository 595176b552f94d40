/** `groundplan blue-green`: deploys to the colour without requests, and moves the requests between two colours. */
import { type Command, InvalidArgumentError } from "commander";
import { InputError } from "../common/errors";
import type { Colours } from "../pipeline/service/blue-green/colours";
import { deployToIdle, type IdleDeployment, idleColour } from "../pipeline/service/blue-green/deploy";
import { getStatus, smokeTest } from "../pipeline/service/blue-green/smoke-test";
import { clientsWith, type Switch, type SwitchBack, switchBack, switchTo } from "../pipeline/service/blue-green/switch";
import type { Archive } from "../pipeline/service/function";
import { SYSTEM_CLOCK, type Work } from "../pipeline/service/waiting";
import { withProgress } from "./progress";
import { minutes } from "./whole-number";

interface Timed {
  readonly to: string;
  readonly timeout: number;
}

interface DeployOptions extends Omit<IdleDeployment, "code">, Timed {
  readonly codeBucket?: string;
  readonly codeKey?: string;
  readonly codeVersion?: string;
}

interface WatchOptions extends Omit<Switch, "watchMinutes">, Timed {
  readonly watch: number;
}

interface SmokeTestOptions extends Pick<Colours, "domain">, Timed {
  readonly path: string;
}

const PATH = ["--path <path>", "path of the health, which has to answer with status 200", path, "/health"] as const;
const TIMEOUT = ["--timeout <minutes>", "maximum time of each step", minutes, 30] as const;

export function add(program: Command): void {
  const blueGreen = program
    .command("blue-green")
    .description("deploy to the colour that gets no requests, test it, and move the requests to it or back");
  inZone(blueGreen.command("idle"))
    .description("print the colour that gets no requests")
    .action(async (options: Pick<Colours, "zone" | "domain">) => console.log(await idleColour(options)));
  withArtifact(blueGreen.command("deploy"))
    .description("deploy an image, and the archive of a function, to the colour that gets no requests")
    .requiredOption("--to <colour>", "colour to deploy to")
    .option("--code-bucket <name>", "bucket of the archive of the function")
    .option("--code-key <key>", "key of the archive")
    .option("--code-version <id>", "version of the object")
    .option(...TIMEOUT)
    .action(deploy);
  withDomain(blueGreen.command("smoke-test"))
    .description("wait until https://<colour>.<domain> answers five times in a row with status 200")
    .requiredOption("--to <colour>", "colour to test")
    .option(...PATH)
    .option(...TIMEOUT)
    .action((options: SmokeTestOptions) =>
      run(`${options.to}.${options.domain}: testing`, options.timeout, (work) =>
        smokeTest(options, options.to, options.path, getStatus, work),
      ),
    );
  withVersion(withArtifact(blueGreen.command("switch")))
    .description("move the requests to a colour, watch alarms, and move the requests back if an alarm is on")
    .requiredOption("--to <colour>", "colour that is to get the requests")
    .requiredOption("--alarms <names...>", "alarms, none of which may be on")
    .option("--watch <minutes>", "time to watch the alarms", minutes, 15)
    .option(...PATH)
    .option(...TIMEOUT)
    .action(({ watch, ...options }: WatchOptions) => {
      requireVersion(options);
      return run(`origin.${options.domain}: moving the requests to ${options.to}`, options.timeout, (work) =>
        switchTo({ ...options, watchMinutes: watch }, clientsWith(getStatus), work),
      );
    });
  withVersion(withArtifact(blueGreen.command("back")))
    .description("move the requests to the former colour, whatever alarms are on")
    .requiredOption("--to <colour>", "colour that is to get the requests")
    .option(...PATH)
    .option(...TIMEOUT)
    .action((options: SwitchBack & Timed) => {
      requireVersion(options);
      return run(`origin.${options.domain}: moving the requests back to ${options.to}`, options.timeout, (work) =>
        switchBack(options, clientsWith(getStatus), work),
      );
    });
}

function withDomain(command: Command): Command {
  return command.requiredOption("--domain <name>", "domain of origin.<domain> and <colour>.<domain>", domain);
}

function inZone(command: Command): Command {
  return withDomain(command).requiredOption("--zone <id>", "hosted zone of the domain", zone);
}

function withArtifact(command: Command): Command {
  return inZone(command)
    .requiredOption("--cluster <name>", "cluster of the services")
    .requiredOption("--service <name>", "name of the services without the colour: <name>-<colour>")
    .requiredOption("--image <repository@digest>", "image by digest: <repository>@sha256:<digest>")
    .option("--container <name>", "container that has the image, if the task has several")
    .option("--function <name>", "function with an alias for each colour");
}

function withVersion(command: Command): Command {
  return command.option("--function-version <number>", "version of the function that the colour has to have", version);
}

async function deploy({ codeBucket, codeKey, codeVersion, ...request }: DeployOptions): Promise<void> {
  const code = archive(request.function, codeBucket, codeKey, codeVersion);
  await run(`${request.service}-${request.to}: deploying ${request.image}`, request.timeout, (work) =>
    deployToIdle({ ...request, ...(code !== undefined && { code }) }, work),
  );
}

/** @throws InputError unless all of the options are given, or none */
function archive(name?: string, bucket?: string, key?: string, version?: string): Archive | undefined {
  const given = Object.entries({
    "--function": name,
    "--code-bucket": bucket,
    "--code-key": key,
    "--code-version": version,
  }).flatMap(([option, value]) => (value === undefined ? [] : [option]));
  if (given.length === 0) return undefined;
  if (name !== undefined && bucket !== undefined && key !== undefined && version !== undefined) {
    return { bucket, key, version };
  }
  throw new InputError("--function", [
    `got ${given.join(", ")}; allowed: --function, --code-bucket, --code-key and --code-version, or none of them`,
  ]);
}

/** @throws InputError unless both options are given, or none */
function requireVersion(options: Pick<SwitchBack, "function" | "functionVersion">): void {
  if ((options.function === undefined) === (options.functionVersion === undefined)) return;
  const given = options.function === undefined ? "--function-version" : "--function";
  throw new InputError("--function", [`got ${given}; allowed: --function and --function-version, or none of them`]);
}

/** @param text line that is printed at the start */
function run(text: string, timeoutMinutes: number, work: (work: Work) => Promise<void>): Promise<void> {
  return withProgress(text, ({ print }) => work({ clock: SYSTEM_CLOCK, timeoutMinutes, report: print }));
}

function domain(text: string): string {
  return matching(text, /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, "a lower-case domain such as shop.example");
}

function zone(text: string): string {
  return matching(text, /^Z[A-Z0-9]{1,31}$/, "the id of a hosted zone, such as Z0123456789ABC");
}

function path(text: string): string {
  return matching(text, /^\/[\w\-./]*$/, "a path such as /health");
}

function version(text: string): string {
  return matching(text, /^[1-9]\d*$/, "the number of a version, such as 7");
}

function matching(text: string, pattern: RegExp, allowed: string): string {
  if (pattern.test(text)) return text;
  throw new InvalidArgumentError(`Allowed: ${allowed}.`);
}
