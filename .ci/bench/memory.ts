/**
 * The largest process of a process tree. Node.js reports only the peak of its own process, and the compiler
 * is not a Node.js program, so that the tree is sampled from outside while it runs.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

export interface Peak {
  /** Program of the process: `tsc`, `node main.js`. */
  readonly name: string;
  readonly megabytes: number;
}

interface ProcessState extends Peak {
  readonly pid: number;
}

/** The descendants of a process, with their memory. */
export type ProcessTree = (root: number) => ProcessState[];

/** The process tree: Linux reports the peak of each process, other systems its current memory. */
export const processTree: ProcessTree = existsSync("/proc/self/task") ? treeFromProc : treeFromPs;

/** Samples a process tree. @returns a function that stops the sampling and returns the largest peak */
export function watchMemory(root: number, everyMs = 10): () => Peak {
  const peaks = new Map<number, Peak>();
  const look = () => {
    for (const { pid, name, megabytes } of processTree(root)) {
      peaks.set(pid, { name, megabytes: Math.max(megabytes, peaks.get(pid)?.megabytes ?? 0) });
    }
  };
  const timer = setInterval(look, everyMs);
  return () => {
    clearInterval(timer);
    return [...peaks.values()].reduce((a, b) => (b.megabytes > a.megabytes ? b : a), { name: "", megabytes: 0 });
  };
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html VmHWM is the peak of the resident set. */
export function treeFromProc(root: number): ProcessState[] {
  try {
    const read = (file: string) => readFileSync(`/proc/${root}/${file}`, "utf8");
    const kibibytes = Number(/VmHWM:\s+(\d+)/.exec(read("status"))?.[1]);
    if (Number.isNaN(kibibytes)) return []; // A zombie process.
    const children = read(`task/${root}/children`).trim().split(" ").filter(Boolean);
    const own = { pid: root, name: nameOf(read("cmdline").split("\0")), megabytes: (kibibytes * 1024) / 1e6 };
    return [own, ...children.flatMap((child) => treeFromProc(Number(child)))];
  } catch {
    return []; // The process ended meanwhile.
  }
}

export function treeFromPs(root: number): ProcessState[] {
  const { stdout } = spawnSync("ps", ["-axo", "pid=,ppid=,rss=,args="], { encoding: "utf8" });
  const all = [...stdout.matchAll(/^ *(\d+) +(\d+) +(\d+) +(.*)$/gm)].map(([, pid, parent, kibibytes, args = ""]) => ({
    pid: Number(pid),
    parent: Number(parent),
    name: nameOf(args.split(" ")),
    megabytes: (Number(kibibytes) * 1024) / 1e6,
  }));
  const below = (pid: number): typeof all =>
    all.filter((one) => one.parent === pid).flatMap((child) => [child, ...below(child.pid)]);
  return [...all.filter((one) => one.pid === root), ...below(root)];
}

/** `node synth.ts` for `/usr/bin/node --require=./typescript.cjs lib/synth.ts`. */
function nameOf([program = "", ...args]: readonly string[]): string {
  const name = path.basename(program);
  const script = args.find((arg) => !arg.startsWith("-"));
  return name === "node" && script !== undefined ? `${name} ${path.basename(script)}` : name;
}
