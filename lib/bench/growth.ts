/** Synthesizes many environments in one process: those that environments/synthetic.ts makes up. */
import path from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import type { Root } from "../root";
import { synthesize } from "../synthesize";

const SYNTHETIC = z.object({ syntheticRoot: z.custom<(n: number) => Root>((value) => typeof value === "function") });

async function main([count = "", output = ""]: readonly string[]): Promise<void> {
  const file = pathToFileURL(path.resolve("dist/environments/synthetic.js")).href;
  const { syntheticRoot } = SYNTHETIC.parse(await import(file));
  synthesize(
    Array.from({ length: Number(count) }, (_, n) => syntheticRoot(n)),
    output,
  );
}

void main(process.argv.slice(2));
