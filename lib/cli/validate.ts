/** `groundplan validate`: runs terraform validate in copies of roots. */
import type { Command } from "commander";
import { treeFolder } from "../generator/synth/tree";
import { findRoot, inParallel, requireWrittenTree, rootName, rootPaths, TerraformError, validate } from "../terraform";
import { type Progress, withProgress } from "./progress";
import { tellMissingConfiguration } from "./terraform";

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
  tellMissingConfiguration();
  const answers = await withProgress(`terraform validate, roots: ${paths.length}`, (progress) =>
    inParallel(paths, (rootPath) => isValid(tree, rootPath, progress)),
  );
  const invalid = answers.filter((valid) => !valid).length;
  console.log(`roots: ${answers.length - invalid} valid, ${invalid} invalid`);
  if (invalid > 0) process.exitCode = 1;
}

async function isValid(tree: string, rootPath: string, progress: Progress): Promise<boolean> {
  try {
    await validate(tree, rootPath);
    progress.print(`${rootName(rootPath)}: valid`);
    return true;
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    progress.print(error.message);
    return false;
  }
}
