/** Judges whether migrations of a database destroy data, and whether they can be rolled back. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { InputError } from "../../../common/errors";
import type { MigrationFinding } from "./finding";
import { loadPythonJudge } from "./python";
import { loadSqlJudge } from "./sql";

export interface LocatedFinding extends MigrationFinding {
  readonly file: string;
}

/** @param places files and folders @throws InputError if one is not there, or none of them holds a migration */
export async function judgeMigrations(places: readonly string[]): Promise<LocatedFinding[]> {
  const missing = places.filter((place) => !statSync(place, { throwIfNoEntry: false }));
  if (missing.length > 0) {
    throw new InputError("--migrations", [
      `got ${missing.join(", ")}, which does not exist; allowed: files and folders with .py or .sql files`,
    ]);
  }
  const files = places.flatMap(filesIn).filter((file) => /\.(?:py|sql)$/.test(file));
  if (files.length === 0) {
    throw new InputError("--migrations", [`got no .py and no .sql in ${places.join(", ")}; allowed: at least one`]);
  }
  const judgeSql = await loadSqlJudge();
  const judgePython = await loadPythonJudge(judgeSql);
  return files.flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const findings = file.endsWith(".sql") ? judgeSql(text) : judgePython(text);
    return findings.map((finding) => ({ file, ...finding }));
  });
}

function filesIn(place: string): string[] {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place)
    .sort()
    .flatMap((name) => filesIn(path.join(place, name)));
}

export function describeFinding({ file, line, what, why }: LocatedFinding): string {
  return `${file}:${line}: ${what}: ${why}`;
}
