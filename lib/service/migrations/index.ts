/** Whether what is about to run on a database takes data away, and whether it can be taken back. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { InputError } from "../../validation";
import type { Finding } from "./finding";
import { judgePython } from "./python";
import { judgeSql } from "./sql";

export interface Judged extends Finding {
  readonly file: string;
}

/** @param file decides by its ending: Alembic's Python, or SQL */
function judgeMigration(file: string, text: string): Judged[] {
  const findings = file.endsWith(".sql") ? judgeSql(text) : judgePython(text);
  return findings.map((finding) => ({ file, ...finding }));
}

/** @param places files and folders @throws InputError where one is not there, or none of them holds a migration */
export function judgeMigrations(places: readonly string[]): Judged[] {
  const missing = places.filter((place) => !statSync(place, { throwIfNoEntry: false }));
  if (missing.length > 0) {
    throw new InputError("--migrations", [
      `got ${missing.join(", ")}, which is not there; allowed: files and folders with .py and .sql`,
    ]);
  }
  const files = places.flatMap(filesIn).filter((file) => /\.(?:py|sql)$/.test(file));
  if (files.length === 0) {
    throw new InputError("--migrations", [`got no .py and no .sql in ${places.join(", ")}; allowed: one at least`]);
  }
  return files.flatMap((file) => judgeMigration(file, readFileSync(file, "utf8")));
}

function filesIn(place: string): string[] {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place)
    .sort()
    .flatMap((name) => filesIn(path.join(place, name)));
}

export function tell({ file, line, what, why }: Judged): string {
  return `${file}:${line}: ${what}: ${why}`;
}
