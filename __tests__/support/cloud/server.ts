/** A mock of AWS for one account, in a process of its own. It ends with the work, or with the process that started it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { Root } from "../../../lib";
import type { ProcessEnvironment } from "../../../lib/common/process-environment";
import { findPython } from "./python";

export interface Cloud {
  readonly account: string;
  /** `http://localhost:<port>` */
  readonly url: string;
  /** Directs the AWS provider and the AWS SDKs to the mock. */
  readonly environment: ProcessEnvironment;
}

const READY = z.object({ port: z.number() });

/**
 * Serves one account. The hosted zones and the invitations that its roots name exist from the start, as on AWS.
 * @param log file that gets a line for each request; none without it
 */
export async function withCloud<T>(
  account: string,
  roots: readonly Root[],
  work: (cloud: Cloud) => Promise<T>,
  log?: string,
): Promise<T> {
  const invitations = administrators(roots).map((administrator) => `--administrator=${administrator}`);
  const logged = log === undefined ? [] : ["--log", log];
  const args = ["--account", account, "--zones", JSON.stringify(hostedZones(roots)), ...invitations, ...logged];
  const server = spawn(findPython(), [path.join(__dirname, "serve.py"), ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  try {
    const url = `http://localhost:${await portOf(server)}`;
    return await work({ account, url, environment: environmentFor(url) });
  } finally {
    if (server.kill()) await once(server, "exit");
  }
}

/** Accounts whose invitations the roots accept. Each has a server of its own. */
function administrators(roots: readonly Root[]): string[] {
  const inputs = roots.flatMap(({ calls }) => [...calls.values()].map(({ inputs }) => INVITED.parse(inputs)));
  return [...new Set(inputs.flatMap(({ administratorId }) => administratorId ?? []))];
}

const INVITED = z.object({ administratorId: z.string().nullish() });

/** Hosted zones by the ids in the identity of environments. Each has the name that all domains below it end in. */
export function hostedZones(roots: readonly Root[]): { readonly id: string; readonly name: string }[] {
  const identities = roots.map(({ props: { identity = {} } }) => identity);
  const ids = new Set(identities.flatMap(({ zone_id: own = [] }) => own));
  return [...ids].map((id) => {
    const domains = identities
      .filter(({ zone_id: own = [] }) => own.includes(id))
      .flatMap(({ domain = [], certificate_domain: ofCertificates = [], assets_domain: ofAssets = [] }) => [
        ...domain,
        ...ofCertificates,
        ...ofAssets,
      ]);
    return { id, name: commonEnd(domains) };
  });
}

function commonEnd([first = "", ...others]: readonly string[]): string {
  const labels = first.split(".");
  const ends = labels.map((_, i) => labels.slice(i).join("."));
  return ends.find((end) => others.every((other) => `.${other}`.endsWith(`.${end}`))) ?? first;
}

async function portOf(server: ChildProcess): Promise<number> {
  if (server.stdout === null) throw new Error("the mock of AWS has no output");
  const ended = once(server, "exit").then(([code]) => {
    throw new Error(`the mock of AWS ended before it answered (exit code ${code})`);
  });
  const [line] = await Promise.race([once(createInterface(server.stdout), "line"), ended]);
  ended.catch(() => undefined);
  return READY.parse(JSON.parse(String(line))).port;
}

/** S3 Control puts the account before the host name, which only a proxy resolves. */
function environmentFor(url: string): ProcessEnvironment {
  return {
    AWS_ENDPOINT_URL: url,
    HTTP_PROXY: url,
    AWS_ACCESS_KEY_ID: "mock",
    AWS_SECRET_ACCESS_KEY: "mock",
    // The provider tries 25 times, which takes minutes, and an error of the mock stays one.
    AWS_MAX_ATTEMPTS: "3",
  };
}
