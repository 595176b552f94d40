/** Versions of providers that a project chooses: `providers` of `main.ts`. */
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { InputError } from "../../common/errors";
import { type LockedProvider, type ProviderChoices, Providers } from "../providers";
import { readLock } from "../root/dependency-lock";

const VERSION = z.string().regex(/^\d+\.\d+\.\d+$/, "allowed: a version such as 5.100.0");
const BY_NAME = <T extends z.core.$ZodType>(value: T) => z.record(z.string().regex(/^[a-z0-9-]+$/), value).optional();

const PROVIDERS = z.strictObject({
  ranges: BY_NAME(z.string().min(1)),
  versions: BY_NAME(VERSION),
  lockFiles: z.array(z.string()).optional(),
  upgrades: z
    .array(
      z.strictObject({
        provider: z.string().min(1),
        from: VERSION,
        to: VERSION,
        until: z.iso.date(),
        otherBindings: z.string().min(1),
      }),
    )
    .optional(),
});

/** Versions of providers for all roots and modules of a project. */
export interface ProjectProviders extends ProviderChoices {
  /** Lock files that Terraform made, for providers whose checksums Groundplan does not know: synth copies their entries. */
  readonly lockFiles?: readonly string[];
}

/** @throws InputError with all problems at once */
export function checkedProviders(value: unknown): Providers {
  const { data, error } = PROVIDERS.safeParse(value);
  if (data === undefined) {
    throw new InputError(
      "main.ts",
      error.issues.map(({ path, message }) => `${["providers", ...path.map(String)].join(".")}: ${message}`),
    );
  }
  const { lockFiles = [], ranges, versions, upgrades } = data;
  const choices = { ...(ranges && { ranges }), ...(versions && { versions }), ...(upgrades && { upgrades }) };
  return new Providers(choices, lockFiles.flatMap(lockedIn));
}

function lockedIn(file: string): readonly LockedProvider[] {
  if (!existsSync(file)) {
    throw new InputError("main.ts", [
      `providers.lockFiles: got "${file}", which does not exist; allowed: lock files that terraform providers lock wrote`,
    ]);
  }
  const { providers, others } = readLock(readFileSync(file, "utf8"));
  if (others.length === 0) return providers;
  throw new InputError(
    file,
    others.map((line) => `got the line ${JSON.stringify(line)}; allowed: lines that Terraform writes`),
  );
}
