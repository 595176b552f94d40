/** Judges whether migrations of a database destroy data, and whether they can be rolled back. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { InputError } from "../../../common/errors";
import type { MigrationFinding } from "./finding";
import { loadPythonJudge } from "./python";
import { loadSqlJudge } from "./sql";
import { loadTypeormJudge } from "./typeorm";

export interface LocatedFinding extends MigrationFinding {
  readonly file: string;
}

/** @param places files and folders @throws InputError if one is not there, or none of them holds a migration */
export async function judgeMigrations(places: readonly string[]): Promise<LocatedFinding[]> {
  const missing = places.filter((place) => !statSync(place, { throwIfNoEntry: false }));
  if (missing.length > 0) {
    throw new InputError("--migrations", [
      `got ${missing.join(", ")}, which does not exist; allowed: files and folders with .py, .sql, .ts or .js files`,
    ]);
  }
  const judgeSql = await loadSqlJudge();
  const judges = [
    { files: /\.py$/, judge: await loadPythonJudge(judgeSql) },
    { files: /\.sql$/, judge: judgeSql },
    { files: /\.[cm]?[jt]s$/, judge: await loadTypeormJudge(judgeSql) },
  ];
  const migrations = places.flatMap(filesIn).flatMap((file) => {
    const judge = judges.find(({ files }) => files.test(file))?.judge;
    return judge === undefined ? [] : [{ file, judge }];
  });
  if (migrations.length === 0) {
    throw new InputError("--migrations", [
      `got no .py, .sql, .ts or .js in ${places.join(", ")}; allowed: at least one`,
    ]);
  }
  return migrations.flatMap(({ file, judge }) =>
    judge(readFileSync(file, "utf8")).map((finding) => ({ file, ...finding })),
  );
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
