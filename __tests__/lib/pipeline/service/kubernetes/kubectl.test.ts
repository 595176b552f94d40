import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { reasonOf, systemKubectl } from "../../../../../lib/pipeline/service/kubernetes/kubectl";
import { temporaryFolder } from "../../../terraform/sample";
import { failureMessage } from "../fake-work";

const folder = temporaryFolder();
const searchPath = process.env.PATH;
afterEach(() => {
  process.env.PATH = searchPath;
});

test("kubectl gets the arguments and the input, and its exit code and output come back", async () => {
  const file = path.join(folder, "kubectl");
  writeFileSync(file, '#!/bin/sh\necho "$@"\ncat\necho refused >&2\nexit 3\n');
  chmodSync(file, 0o755);
  process.env.PATH = `${folder}:${searchPath}`;
  const input = "manifest\n".repeat(20);
  expect(await systemKubectl(["apply", "--filename", "-"], input)).toEqual({
    exitCode: 3,
    stdout: `apply --filename -\n${input}`,
    stderr: "refused\n",
  });
});

test("without kubectl, the message names it", async () => {
  process.env.PATH = path.join(folder, "none");
  expect(await failureMessage(systemKubectl(["version"]))).toBe(
    "kubectl\n  got Error: spawn kubectl ENOENT; allowed: a kubectl on PATH",
  );
});

test("the reason of a failure has no lines of the log, and none twice", () => {
  const stderr =
    "No credentials\nE1130 03:20:45.491778   1 memcache.go:265] again\nNo credentials\nUnable to connect\n";
  expect(reasonOf({ stdout: "", stderr })).toBe("No credentials\nUnable to connect");
  expect(reasonOf({ stdout: "waiting\n", stderr: "" })).toBe("waiting");
});
