/** Where in the author's TypeScript something was said. */
import path from "node:path";

/** `environments/shop/system.ts:41:3`: the innermost caller outside this library; undefined where there is none. */
export function callSite(stack = new Error().stack ?? ""): string | undefined {
  return stack
    .split("\n")
    .map((line) => /\(?((?:file:\/\/)?\/[^()]+|[A-Z]:\\[^()]+):(\d+):(\d+)\)?$/.exec(line))
    .filter((match) => match !== null)
    .map(
      ([, file = "", line, column]) => `${path.relative(process.cwd(), file.replace("file://", ""))}:${line}:${column}`,
    )
    .find((site) => !/^lib[\\/]|(^|[\\/])node_modules[\\/]/.test(site));
}
