/** Reports work in progress on stderr: as a spinner on a terminal, otherwise as a line. */

export interface Progress {
  /** Prints a line of the result on stdout while the work continues. */
  print(line: string): void;
}

/** Shorter work gets no spinner. */
const PATIENCE_MS = 1000;

export async function withProgress<T>(text: string, work: (progress: Progress) => Promise<T>): Promise<T> {
  // A terminal of unknown size reports 0 columns, and the spinner would wrap its line without end.
  if (process.stderr.isTTY && process.stderr.columns > 0) return withSpinner(text, work);
  console.error(text);
  return work({ print: (line) => console.log(line) });
}

/** Loads the package of the spinner only if it is needed. */
async function withSpinner<T>(text: string, work: (progress: Progress) => Promise<T>): Promise<T> {
  const { default: ora } = await import("ora");
  const spinner = ora({ text, discardStdin: false });
  const timer = setTimeout(() => spinner.start(), PATIENCE_MS);
  const print = (line: string) => {
    spinner.clear();
    console.log(line);
  };
  try {
    return await work({ print });
  } finally {
    clearTimeout(timer);
    spinner.stop();
  }
}
