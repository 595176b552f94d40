/**
 * Steps of a runbook as Markdown: a numbered list. Each entry begins with a name and can have a block of commands or
 * of a change.
 */

export interface RunbookNames {
  readonly here: RunbookPlace;
  readonly there: RunbookPlace;
  readonly domain: string;
  /** Instance whose backups are copied here: `orders-prod`. */
  readonly source: string;
  /** Maximum duration of a restore, in words. */
  readonly restoreTime: string;
}

interface RunbookPlace {
  /** `dr` */
  readonly name: string;
  /** `orders-dr` */
  readonly full: string;
  readonly region: string;
}

export interface Step {
  /** Unique in its section: a test plays the step by this name. */
  readonly name: string;
  readonly text: string;
  /** Commands, exactly as a person types them. */
  readonly commands?: readonly string[];
  /** Changed lines of the file in the text. */
  readonly change?: { readonly from: readonly string[]; readonly to: readonly string[] };
}

export function written(steps: readonly Step[]): string {
  return steps
    .map((step, i) => {
      const number = `${i + 1}. `;
      return `${number}**${step.name}.** ${indented([step.text, ...blockOf(step)], number.length)}`;
    })
    .join("\n");
}

function blockOf({ commands, change }: Step): string[] {
  if (commands !== undefined) return ["", "```sh", ...commands, "```"];
  if (change === undefined) return [];
  return ["", "```diff", ...change.from.map((line) => `-${line}`), ...change.to.map((line) => `+${line}`), "```"];
}

function indented(parts: readonly string[], width: number): string {
  const lines = parts.flatMap((part) => part.split("\n"));
  return lines.map((line, i) => (i === 0 || line === "" ? line : `${" ".repeat(width)}${line}`)).join("\n");
}

export const WRITE_TREE: Pick<Step, "text" | "commands"> = {
  text: "Write the Terraform tree from the changed data.",
  commands: ["npm run synth"],
};

/** Command that shows the copied backups of an instance. */
export function describeCopies(region: string, instance: string): string {
  return `aws rds describe-db-instance-automated-backups --region ${region} --db-instance-identifier ${instance}`;
}
