/** Archives of functions and canaries: one program each, with its packages, except those that the runtime has. */
import path from "node:path";
import { build } from "esbuild";
import { type Zippable, zipSync } from "fflate";

/** Folders of programs below the repository, with the name that each runtime gives to the program in the archive. */
export const FUNCTIONS = [
  { folder: "modules/rds-user-rotation/function", program: "index.cjs" },
  { folder: "modules/synthetics-canary/v1", program: "index.js" },
  { folder: "modules/synthetics-canary/v2", program: "index.js" },
] as const;

type Program = (typeof FUNCTIONS)[number];

export const ARCHIVE = "function.zip";

/** Packages of the runtimes of Lambda and of CloudWatch Synthetics. */
const OF_RUNTIMES = ["@aws-sdk/*", "@aws/synthetics-*", "pg-native"];

/** The first day that a ZIP can have. */
const DAY = new Date(1980, 0, 1);
const MAX_SPACES = 1_000_000;

/**
 * The tree is text, so that the archive is text as well: the program is not compressed, and every byte of the archive is ASCII. The
 * number of spaces at the end decides on the bytes of its checksum and its lengths. An archive can be read with any pager.
 */
export async function archiveOf(repository: string, { folder, program }: Program): Promise<string> {
  const code = await bundle(path.join(repository, folder));
  for (let spaces = 0; spaces < MAX_SPACES; spaces++) {
    const length = code.length + spaces;
    if (!isAscii(length) || !isAscii(length + HEADER + program.length)) continue;
    const archive = Buffer.from(zipSync(contents(program, code + " ".repeat(spaces))));
    if (archive.every((byte) => byte < 0x80)) return archive.toString("ascii");
  }
  throw new Error(`${folder}: got no archive of ASCII bytes with up to ${MAX_SPACES} spaces`);
}

/** Length of the local header, which the name follows, and then the program. */
const HEADER = 30;

/** Whether a length of 32 bits has four ASCII bytes. */
function isAscii(length: number): boolean {
  return (length & 0x80808080) === 0;
}

function contents(program: string, code: string): Zippable {
  return { [program]: [Buffer.from(code, "ascii"), { level: 0, mtime: DAY }] };
}

async function bundle(folder: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: ["index.ts"],
    bundle: true,
    write: false,
    platform: "node",
    target: "node22",
    format: "cjs",
    charset: "ascii",
    preserveSymlinks: true,
    external: OF_RUNTIMES,
    legalComments: "inline",
    tsconfigRaw: {},
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`${folder}: got no program`);
  return output.text;
}
