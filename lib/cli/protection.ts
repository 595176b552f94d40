/** `groundplan protection`: checks GitHub's settings that the workflows rely on. Each misconfiguration is one line. */
import type { Command } from "commander";
import type { Mode } from "../generator/root/approval-modes";
import { composedRoots } from "../generator/synth/composition-root";
import { APPROVALS } from "../judgement/gate/context";
import { branchGaps } from "../pipeline/github/branch";
import { readMainProtection } from "../pipeline/github/branch-rules";
import { withGitHub } from "../pipeline/github/client";
import { environmentGaps, readEnvironment } from "../pipeline/github/environments";
import { GitHubError } from "../pipeline/github/failure";
import { type Gap, gapInWords } from "../pipeline/github/gap";
import { readRepository, readSent, subjectGaps, subjectPlace } from "../pipeline/github/subject";

export function add(program: Command): void {
  program
    .command("protection")
    .description(
      "check GitHub's settings: protection of environments and of main, and the OIDC subject; exit code 1 if one is wrong",
    )
    .option("--environment <name...>", "check only these environments, of an application's repository")
    .option("--as-far-as-readable", "report settings that the token may not read, and do not fail for them")
    .action(check);
}

interface Options {
  readonly environment?: readonly string[];
  readonly asFarAsReadable?: true;
}

async function check({ environment: named, asFarAsReadable }: Options): Promise<void> {
  const modes = named === undefined ? environmentsOfRoots() : new Map(named.map((name) => [name, REVIEWED]));
  await withGitHub(async (github) => {
    // GitHub answers 404 to every request about a repository that the token may not read.
    const repository = await readRepository(github);
    const gaps: Gap[] = [];
    for (const [name, mode] of [...modes].sort()) {
      const read = async () => environmentGaps(name, await readEnvironment(github, name), mode);
      gaps.push(...(await readable(`environment ${name}`, read)));
    }
    const declared = composedRoots().flatMap(({ props }) => props.repositories ?? []);
    const today = new Date().toISOString().slice(0, 10);
    gaps.push(
      ...(await readable(subjectPlace(repository), async () =>
        subjectGaps(repository, await readSent(github, repository), declared, today),
      )),
    );
    if (named === undefined) gaps.push(...branchGaps(await readMainProtection(github)));
    for (const gap of gaps) console.log(gapInWords(gap));
    if (gaps.some((gap) => !("unreadable" in gap && asFarAsReadable))) process.exitCode = 1;
    else if (gaps.length === 0) {
      const main = named === undefined ? ", main" : "";
      console.log(`environments: ${modes.size}${main}, OIDC subject: as the workflows assume`);
    }
  });
}

/** The workflows for applications know no other. */
const REVIEWED: Mode = "environment";

/** If roots of one environment have different modes, the stricter one is checked. */
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

/** Reports unreadable settings beside the misconfigurations, so that one missing permission does not hide the rest. */
async function readable(place: string, read: () => Promise<Gap[]>): Promise<Gap[]> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof GitHubError) || ![403, 404].includes(error.status)) throw error;
    return [{ place, unreadable: error.message }];
  }
}
