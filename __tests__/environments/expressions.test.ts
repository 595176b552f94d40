/** The parser of Terraform's expressions, on every string of the committed tree. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseTemplate } from "../../lib/common/hcl/parse";

test("each string of the committed tree parses", () => {
  const folder = path.join(__dirname, "../../terraform");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tf.json"));
  const texts = new Set(files.flatMap((name) => strings(JSON.parse(readFileSync(path.join(folder, name), "utf8")))));
  const kinds = Array.from(texts, (text) => parseTemplate(text).kind);
  expect(kinds.filter((kind) => kind !== "literal").length).toBeGreaterThan(500);
});

function strings(json: unknown): string[] {
  if (typeof json === "string") return [json];
  return typeof json === "object" && json !== null ? Object.entries(json).flat().flatMap(strings) : [];
}
