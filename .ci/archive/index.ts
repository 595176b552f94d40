/** Archives of Lambda functions: one program each, with its packages, except the AWS SDK, which Lambda has. */
import path from "node:path";
import { build } from "esbuild";
import { type Zippable, zipSync } from "fflate";

/** Functions of modules, below the repository. */
export const FUNCTIONS = ["modules/rds-user-rotation/function"] as const;

export const ARCHIVE = "function.zip";

const PROGRAM = "index.cjs";
/** The first day that a ZIP can have. */
const DAY = new Date(1980, 0, 1);
const MAX_SPACES = 1_000_000;

/**
 * The tree is text, so that the archive is text as well: the program is not compressed, and every byte of the archive is ASCII. The
 * number of spaces at the end decides on the bytes of its checksum and its lengths. An archive can be read with any pager.
 */
export async function archiveOf(repository: string, folder: string): Promise<string> {
  const program = await bundle(path.join(repository, folder));
  for (let spaces = 0; spaces < MAX_SPACES; spaces++) {
    const length = program.length + spaces;
    if (!isAscii(length) || !isAscii(length + HEADER)) continue;
    const archive = Buffer.from(zipSync(contents(program + " ".repeat(spaces))));
    if (archive.every((byte) => byte < 0x80)) return archive.toString("ascii");
  }
  throw new Error(`${folder}: got no archive of ASCII bytes with up to ${MAX_SPACES} spaces`);
}

/** Length of what is before the program: the local header and the name. */
const HEADER = 30 + PROGRAM.length;

/** Whether a length of 32 bits has four ASCII bytes. */
function isAscii(length: number): boolean {
  return (length & 0x80808080) === 0;
}

function contents(program: string): Zippable {
  return { [PROGRAM]: [Buffer.from(program, "ascii"), { level: 0, mtime: DAY }] };
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
    external: ["@aws-sdk/*", "pg-native"],
    legalComments: "inline",
    tsconfigRaw: {},
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`${folder}: got no program`);
  return output.text;
}
