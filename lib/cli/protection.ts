/** `groundplan protection`: checks the settings of GitHub that the workflows rely on. Prints one line per problem; exit code 1. */
import type { Command } from "commander";
import { InputError } from "../common/errors";
import type { Mode } from "../generator/root/approval-modes";
import type { Root } from "../generator/root/root";
import type { Delivery } from "../generator/root/root-props";
import { composedRoots } from "../generator/synth/composition-root";
import { APPROVALS } from "../judgement/gate/context";
import { branchProblems } from "../pipeline/github/branch";
import { readMainProtection } from "../pipeline/github/branch-rules";
import { withGitHub } from "../pipeline/github/client";
import { environmentProblems, readEnvironment } from "../pipeline/github/environments";
import { GitHubError } from "../pipeline/github/failure";
import { problemLine, type SettingProblem } from "../pipeline/github/setting-problem";
import { readRepository, readSent, subjectPlace, subjectProblems } from "../pipeline/github/subject";

export function add(program: Command): void {
  program
    .command("protection")
    .description(
      "check GitHub's settings: protection of environments and of main, and the OIDC subject; exit code 1 if one is wrong",
    )
    .option("--environment <name...>", "check only these environments, of an application's repository")
    .option(
      "--branch <pattern...>",
      "branches that deploy to these environments, as GitHub has them: main, release/*; default: main alone",
    )
    .option("--unreviewed", "check environments of development, whose deployments nobody approves")
    .option("--as-far-as-readable", "report settings that the token may not read, and do not fail for them")
    .action(check);
}

interface Options {
  readonly environment?: readonly string[];
  readonly branch?: readonly string[];
  readonly unreviewed?: true;
  readonly asFarAsReadable?: true;
}

async function check({ environment: named, branch, unreviewed, asFarAsReadable }: Options): Promise<void> {
  if (named === undefined && (branch !== undefined || unreviewed))
    throw new InputError("--branch, --unreviewed", [
      "got one without --environment; allowed: with it, since applies are reviewed and only main applies",
    ]);
  const modes =
    named === undefined
      ? environmentsOfRoots()
      : new Map(named.map((name) => [name, unreviewed ? UNREVIEWED : REVIEWED]));
  await withGitHub(async (github) => {
    // Fails first if the token has no access to the repository, because GitHub then returns 404 for every setting.
    const repository = await readRepository(github);
    const problems: SettingProblem[] = [];
    for (const [name, mode] of [...modes].sort()) {
      const read = async () => environmentProblems(name, await readEnvironment(github, name), mode, branch);
      problems.push(...(await readable(`environment ${name}`, read)));
    }
    const declared = composedRoots().flatMap(({ props }) => props.repositories ?? []);
    const today = new Date().toISOString().slice(0, 10);
    problems.push(
      ...(await readable(subjectPlace(repository), async () =>
        subjectProblems(repository, await readSent(github, repository), declared, today),
      )),
    );
    if (named === undefined) problems.push(...branchProblems(await readMainProtection(github)));
    for (const problem of problems) console.log(problemLine(problem));
    if (problems.some((problem) => !("unreadable" in problem && asFarAsReadable))) process.exitCode = 1;
    else if (problems.length === 0) {
      const main = named === undefined ? ", main" : "";
      console.log(`environments: ${modes.size}${main}, OIDC subject: no problems`);
    }
  });
}

/** The only mode of the workflows for applications. */
const REVIEWED: Mode = "environment";

/** Nobody approves the end of a sandbox, and deployments in development. The branches are limited, as in this mode. */
const UNREVIEWED: Mode = "codeowners";

function environmentOf({ props }: Root): string | undefined {
  return props.delivery?.environment;
}

/** If several roots with different modes share an environment, the stricter mode applies. */
function environmentsOfRoots(): Map<string, Mode> {
  const roots = composedRoots();
  const endings = roots.filter(({ props }) => props.sandboxes !== undefined && props.ending).map(environmentOf);
  const delivered = roots
    .flatMap(({ props }) => props.delivery ?? [])
    .map((one): Delivery => (endings.includes(one.environment) ? { ...one, approval: UNREVIEWED } : one));
  const reviewed = delivered.filter(({ approval }) => approval === REVIEWED);
  const approvals = reviewed.length > 0 ? APPROVALS.map((name) => `approve-${name}`) : [];
  return new Map([
    ...delivered.map(({ environment, approval }): [string, Mode] => [environment, approval]),
    ...[...reviewed.flatMap(({ environment, signOffs = [] }) => [environment, ...signOffs]), ...approvals].map(
      (name): [string, Mode] => [name, REVIEWED],
    ),
  ]);
}

/** A setting that cannot be read is reported, too: one missing permission must not hide the other problems. */
async function readable(place: string, read: () => Promise<SettingProblem[]>): Promise<SettingProblem[]> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof GitHubError) || ![403, 404].includes(error.status)) throw error;
    return [{ place, unreadable: error.message }];
  }
}
