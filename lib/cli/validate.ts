/** `groundplan validate`: runs terraform validate in copies of roots. */
import type { Command } from "commander";
import { treeFolder } from "../generator/synth/tree";
import {
  findRoot,
  inParallel,
  MissingProviders,
  requireWrittenTree,
  rootName,
  rootPaths,
  TerraformError,
  validate,
} from "../terraform";
import { type Progress, withProgress } from "./progress";
import { reportMissingConfiguration } from "./terraform";

export function add(program: Command): void {
  program
    .command("validate")
    .description("run terraform init and terraform validate for roots; needs no AWS account")
    .argument("[roots...]", "roots: <system>/<environment>[/<component>] or accounts/<account>; default: all roots")
    .action(validateRoots);
}

async function validateRoots(names: readonly string[]): Promise<void> {
  const tree = treeFolder();
  const paths = names.length > 0 ? names.map((name) => findRoot(tree, name)) : rootPaths(tree);
  requireWrittenTree(tree);
  reportMissingConfiguration();
  const answers = await withProgress(`terraform validate, roots: ${paths.length}`, (progress) =>
    inParallel(paths, (rootPath) => answerTo(tree, rootPath, progress)),
  );
  const count = (answer: Answer) => answers.filter((one) => one === answer).length;
  const unchecked = count("not checked");
  console.log(
    `roots: ${count("valid")} valid, ${count("invalid")} invalid${unchecked > 0 ? `, ${unchecked} not checked` : ""}`,
  );
  if (count("invalid") > 0 || (unchecked > 0 && process.env.CI === "true")) process.exitCode = 1;
}

type Answer = "valid" | "invalid" | "not checked";

async function answerTo(tree: string, rootPath: string, progress: Progress): Promise<Answer> {
  try {
    await validate(tree, rootPath);
    progress.print(`${rootName(rootPath)}: valid`);
    return "valid";
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    progress.print(error.message);
    return error instanceof MissingProviders ? "not checked" : "invalid";
  }
}
