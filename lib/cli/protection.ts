/** `groundplan protection`: whether GitHub's settings are what the workflows rely on. Each gap is one line; exit code 1. */
import { type Command, Option } from "commander";
import { z } from "zod";
import { composedRoots } from "../composition-root";
import { APPROVALS } from "../gate/context";
import { branchGaps } from "../github/branch";
import { readMainProtection } from "../github/branch-rules";
import { type GitHub, withGitHub } from "../github/client";
import { environmentGaps, readEnvironment } from "../github/environments";
import { GitHubError } from "../github/failure";
import { type Gap, gapInWords, MODES, type Mode } from "../github/gap";

export function add(program: Command): void {
  program
    .command("protection")
    .description("check that GitHub's environments and main are protected as the workflows assume")
    .addOption(new Option("--mode <mode>", "who approves an apply").choices(MODES).default("environment"))
    .option("--as-far-as-readable", "tell what the token may not read, and do not fail for it")
    .action(check);
}

interface Options {
  readonly mode: Mode;
  readonly asFarAsReadable?: true;
}

async function check({ mode, asFarAsReadable }: Options): Promise<void> {
  const own = composedRoots().flatMap(({ props }) => props.delivery?.environment ?? []);
  const approvals = mode === "environment" ? APPROVALS.map((name) => `approve-${name}`) : [];
  const names = [...new Set([...own, ...approvals])].sort();
  await withGitHub(async (github) => {
    // Of a repository that the token may not see, GitHub says of everything that it is not there.
    await github.get("/repos/{owner}/{repo}", {}, z.unknown());
    const gaps: Gap[] = [];
    for (const name of names) gaps.push(...(await gapsOf(github, name, mode)));
    gaps.push(...branchGaps(await readMainProtection(github), mode));
    for (const gap of gaps) console.log(gapInWords(gap));
    if (gaps.some((gap) => !("unreadable" in gap && asFarAsReadable))) process.exitCode = 1;
    else if (gaps.length === 0)
      console.log(`environments: ${names.length}, and main: protected as the workflows assume`);
  });
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
