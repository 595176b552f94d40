/** Tells on stderr what takes its time: a spinner on a terminal, a plain line elsewhere. */

export interface Progress {
  /** A line of the command's answer, on stdout, while the work goes on. */
  print(line: string): void;
}

/** Work that is done within this time needs no spinner. */
const PATIENCE_MS = 1000;

export async function withProgress<T>(text: string, work: (progress: Progress) => Promise<T>): Promise<T> {
  // A terminal of unknown size says that it has 0 columns, in which the spinner would wrap its line for ever.
  if (process.stderr.isTTY && process.stderr.columns > 0) return withSpinner(text, work);
  console.error(text);
  return work({ print: (line) => console.log(line) });
}

/** The spinner's package is loaded here, as no other run needs it. */
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
