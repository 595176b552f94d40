/** `groundplan subject`: prints the OIDC subject of a repository. Exit code 1 if no role can trust it. */
import type { Command } from "commander";
import { type SentSubject, subjectOf } from "../generator/root/repository";
import { withGitHub } from "../pipeline/github/client";
import { DEFAULT_TEMPLATE, readRepository, readSent, withIds, withName } from "../pipeline/github/subject";

export function add(program: Command): void {
  program
    .command("subject")
    .description("print the OIDC subject that the repository sends, and the data that makes roles trust it")
    .action(subject);
}

async function subject(): Promise<void> {
  await withGitHub(async (github) => {
    const repository = await readRepository(github);
    const [name, ids] = [withName(repository), withIds(repository)];
    const sent = await readSent(github, repository);
    const form = "prefix" in sent ? [name, ids].find((one) => `repo:${subjectOf(one)}` === sent.prefix) : undefined;
    console.log(`sub: ${"prefix" in sent ? `${sent.prefix}:…` : sent.customized}`);
    if (form === undefined) {
      console.log(
        `data: none; allowed: ${DEFAULT_TEMPLATE}, which sends repo:${subjectOf(name)} or repo:${subjectOf(ids)}`,
      );
      process.exitCode = 1;
      return;
    }
    console.log(`data: ${inSource(form)}`);
    if (form === name) console.log(`with ids: ${inSource(ids)}`);
  });
}

/** As TypeScript, for an environment's file. */
function inSource(subject: SentSubject): string {
  const fields = Object.entries(subject).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `{ ${fields.join(", ")} }`;
}
