/** The text that EventBridge makes of an event by an input transformer, for the paths and templates that the modules use. */
import { z } from "zod";

const TRANSFORMER = z.object({ input_paths: z.record(z.string(), z.string()), input_template: z.string() });

/**
 * A template of JSON strings, one for each line. A missing field is replaced by nothing.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function transformed(transformer: unknown, event: unknown): string {
  const { input_paths: paths, input_template: template } = TRANSFORMER.parse(transformer);
  const texts = template.split("\n").map((line) => z.string().parse(JSON.parse(line)));
  return texts.join("\n").replaceAll(/<(\w+)>/g, (_match, name) => {
    const path = z.string({ error: `no path of ${name}` }).parse(paths[name]);
    return String(
      path
        .replace("$.", "")
        .split(/[.[\]]+/)
        .reduce(memberOf, event) ?? "",
    );
  });
}

function memberOf(value: unknown, name: string): unknown {
  return name === "" || typeof value !== "object" || value === null ? value : Reflect.get(value, name);
}
