import { chmodSync, chownSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { writeTree } from "../../../../lib/generator/synth/write";
import {
  asContents,
  contents,
  ended,
  mountSmall,
  ready,
  removeScratch,
  scratch,
  staging,
  treeOf,
  writerOf,
} from "./write-process";

afterAll(removeScratch);
jest.setTimeout(30_000);

const [former, next] = [treeOf("old", 40), treeOf("new", 40)];
const wholeStates = new Map([...former, ...next].map((file) => [file.path, [] as string[]]));
for (const file of [...former, ...next]) wholeStates.get(file.path)?.push(file.content);

/** Files outside of the staging folder that have neither the former nor the new content. */
function torn(folder: string): string[] {
  return Object.entries(contents(folder))
    .filter(([file, content]) => !file.startsWith(".groundplan-") && !wholeStates.get(file)?.includes(content))
    .map(([file]) => file);
}

const KILLS = 40;

test(`a writer killed at up to ${KILLS} moments leaves whole files, and the next run finishes or undoes its work`, async () => {
  const writer = writerOf(next);
  const folder = scratch();
  writeTree(folder, former);
  const measured = writer.start(folder);
  await ready(measured);
  const start = performance.now();
  await ended(measured);
  const duration = performance.now() - start;
  writeTree(folder, former);

  const outcomes = { undone: 0, finished: 0 };
  const deadline = performance.now() + 15_000;
  for (let i = 0; i < KILLS && performance.now() < deadline; i++) {
    const child = writer.start(folder);
    const end = ended(child);
    await ready(child);
    const moment = Math.random() * duration;
    const since = performance.now();
    while (performance.now() - since < moment) await new Promise((resolve) => setImmediate(resolve));
    child.kill("SIGKILL");
    await end;
    expect({ moment, torn: torn(folder) }).toEqual({ moment, torn: [] });
    if (i % 2 === 0) {
      writeTree(folder, next);
      expect(contents(folder)).toEqual(asContents(next));
      writeTree(folder, former);
    } else {
      const { written } = writeTree(folder, former);
      outcomes[written.length === 0 ? "undone" : "finished"]++;
      expect({ moment, written: [0, former.length - 1].includes(written.length) ? "all or nothing" : written }).toEqual(
        {
          moment,
          written: "all or nothing",
        },
      );
    }
    expect(contents(folder)).toEqual(asContents(former));
  }
  expect(outcomes.undone).toBeGreaterThan(0);
});

test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
  "a %s while files are written takes effect after the last one",
  async (signal) => {
    const folder = scratch();
    writeTree(folder, former);
    const child = writerOf(next).start(folder);
    const end = ended(child);
    await staging(folder);
    child.kill(signal);
    expect(await end).toBe(signal);
    expect(contents(folder)).toEqual(asContents(next));
  },
);

const NOBODY = 65534;
const asRoot = process.getuid?.() === 0;

test.each([
  ["the whole tree", "."],
  ["one folder", "modules/m7"],
  ["the folder of an orphan", "modules/old3"],
])("if %s is read-only, the tree stays unchanged", (_, place) => {
  const folder = scratch();
  writeTree(folder, former);
  const before = contents(folder);
  if (asRoot)
    for (const file of [".", ...readdirSync(folder, { recursive: true, encoding: "utf8" })])
      chownSync(path.join(folder, file), NOBODY, NOBODY);
  chmodSync(path.join(folder, place), 0o555);
  const { status, stderr } = writerOf(next).run(folder, asRoot ? NOBODY : undefined);
  chmodSync(path.join(folder, place), 0o755);
  expect(status).not.toBe(0);
  expect(stderr).toMatch(/EACCES|EPERM/);
  expect(contents(folder)).toEqual(before);
});

const probe = mountSmall(64);
probe?.unmount();
const testOnFullDisk = probe === undefined ? test.skip : test;

testOnFullDisk(
  `a disk that is full at any moment of the writing leaves the tree as it was${probe === undefined ? " (skipped: mounting a small tmpfs needs root)" : ""}`,
  () => {
    const [small, large] = [treeOf("old", 10), treeOf("new", 10, 6000)];
    const disk = mountSmall(512);
    if (disk === undefined) throw new Error("the file system that could be mounted a moment ago cannot be mounted");
    const outcomes = { failed: 0, written: 0 };
    try {
      for (let filler = 480; filler >= 200; filler -= 10) {
        rmSync(path.join(disk.folder, "filler"), { force: true });
        writeTree(disk.folder, small);
        try {
          writeFileSync(path.join(disk.folder, "filler"), Buffer.alloc(filler * 1024));
        } catch {
          // As full as it gets.
        }
        try {
          writeTree(disk.folder, large);
          outcomes.written++;
        } catch (error) {
          outcomes.failed++;
          expect(String(error)).toContain("ENOSPC");
          const { filler: _, ...left } = contents(disk.folder);
          expect(left).toEqual(asContents(small));
        }
      }
    } finally {
      disk.unmount();
    }
    expect(outcomes.failed).toBeGreaterThan(5);
    expect(outcomes.written).toBeGreaterThan(5);
  },
);
