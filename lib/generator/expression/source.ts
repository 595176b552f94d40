/** Where in the author's TypeScript something was said. */
import path from "node:path";

/** `environments/shop/system.ts:41:3`, or undefined where all callers lie in this library. */
export type CallSite = () => string | undefined;

/** The innermost caller outside this library. Its stack is read only when somebody asks: that takes longer than to write a block. */
export function callSite(): CallSite {
  const trace = new Error();
  return () => siteIn(trace.stack ?? "");
}

function siteIn(stack: string): string | undefined {
  return stack
    .split("\n")
    .map((line) => /\(?((?:file:\/\/)?\/[^()]+|[A-Z]:\\[^()]+):(\d+):(\d+)\)?$/.exec(line))
    .filter((match) => match !== null)
    .map(
      ([, file = "", line, column]) => `${path.relative(process.cwd(), file.replace("file://", ""))}:${line}:${column}`,
    )
    .find((site) => !/^lib[\\/]|(^|[\\/])node_modules[\\/]/.test(site));
}
