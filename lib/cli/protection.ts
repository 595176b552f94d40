/** `groundplan protection`: whether GitHub's settings are what the workflows rely on. Each gap is one line; exit code 1. */
import type { Command } from "commander";
import { z } from "zod";
import { composedRoots } from "../composition-root";
import { APPROVALS } from "../gate/context";
import { branchGaps } from "../github/branch";
import { readMainProtection } from "../github/branch-rules";
import { type GitHub, withGitHub } from "../github/client";
import { environmentGaps, readEnvironment } from "../github/environments";
import { GitHubError } from "../github/failure";
import { type Gap, gapInWords, type Mode } from "../github/gap";

export function add(program: Command): void {
  program
    .command("protection")
    .description("check that GitHub's environments and main are protected as the workflows assume")
    .option("--environment <name...>", "check these alone: environments of an application's repository")
    .option("--as-far-as-readable", "tell what the token may not read, and do not fail for it")
    .action(check);
}

interface Options {
  readonly environment?: readonly string[];
  readonly asFarAsReadable?: true;
}

async function check({ environment: named, asFarAsReadable }: Options): Promise<void> {
  const modes = named === undefined ? environmentsOfRoots() : new Map(named.map((name) => [name, REVIEWED]));
  await withGitHub(async (github) => {
    // Of a repository that the token may not see, GitHub says of everything that it is not there.
    await github.get("/repos/{owner}/{repo}", {}, z.unknown());
    const gaps: Gap[] = [];
    for (const [name, mode] of [...modes].sort()) gaps.push(...(await gapsOf(github, name, mode)));
    if (named === undefined) gaps.push(...branchGaps(await readMainProtection(github)));
    for (const gap of gaps) console.log(gapInWords(gap));
    if (gaps.some((gap) => !("unreadable" in gap && asFarAsReadable))) process.exitCode = 1;
    else if (gaps.length === 0) {
      const main = named === undefined ? ", and main" : "";
      console.log(`environments: ${modes.size}${main}: protected as the workflows assume`);
    }
  });
}

/** The workflows for applications know no other. */
const REVIEWED: Mode = "environment";

/** Where roots differ in who approves, an environment of both is held to what more is asked for. */
function environmentsOfRoots(): Map<string, Mode> {
  const delivered = composedRoots().flatMap(({ props }) => props.delivery ?? []);
  const reviewed = delivered.filter(({ approval }) => approval === REVIEWED);
  const approvals = reviewed.length > 0 ? APPROVALS.map((name) => `approve-${name}`) : [];
  return new Map([
    ...delivered.map(({ environment, approval }): [string, Mode] => [environment, approval]),
    ...[...reviewed.map(({ environment }) => environment), ...approvals].map((name): [string, Mode] => [
      name,
      REVIEWED,
    ]),
  ]);
}

/** What may not be read is told beside the gaps: one missing permission must not hide the rest. */
async function gapsOf(github: GitHub, name: string, mode: Mode): Promise<Gap[]> {
  try {
    return environmentGaps(name, await readEnvironment(github, name), mode);
  } catch (error) {
    if (!(error instanceof GitHubError) || error.status !== 403) throw error;
    return [{ place: `environment ${name}`, unreadable: error.message }];
  }
}
