/** Synthesizes many environments in one process: those that environments/synthetic.ts makes up. */
import path from "node:path";
import { z } from "zod";
import type { Root } from "../root";
import { synthesize } from "../synthesize";

const SYNTHETIC = z.object({ syntheticRoot: z.custom<(n: number) => Root>((value) => typeof value === "function") });

const [count, output] = process.argv.slice(2);
const { syntheticRoot } = SYNTHETIC.parse(require(path.resolve("environments/synthetic.ts")));
synthesize(
  Array.from({ length: Number(count) }, (_, n) => syntheticRoot(n)),
  output,
);
