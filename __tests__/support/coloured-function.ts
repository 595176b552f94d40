/** A function of Lambda with an alias for each colour. */
import { z } from "zod";
import { type Json, Refusal } from "./aws-wire";

interface Provisioned {
  requested: number;
  /** Statuses, one for each request; the last one stays. */
  statuses: readonly string[];
}

export class ColouredFunction {
  /** Versions by alias. */
  readonly aliases = new Map([
    ["blue", "3"],
    ["green", "2"],
  ]);
  readonly provisioned = new Map<string, Provisioned>();
  /** Hash of the code of `$LATEST`, and of each version. */
  latest = "sha-3";
  readonly versions = new Map([
    ["1", "sha-1"],
    ["2", "sha-2"],
    ["3", "sha-3"],
  ]);
  /** Statuses of the next updates of the code. */
  updates: readonly string[] = ["InProgress", "Successful"];

  request(method: string, url: string, body: string) {
    const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
    const [, , , name = "", kind = "", alias = searchParams.get("Qualifier") ?? ""] = pathname.split("/");
    const input: Json = {
      name,
      alias,
      ...(body === "" ? {} : z.record(z.string(), z.unknown()).parse(JSON.parse(body))),
    };
    const operation = `lambda:${method === "GET" ? "Get" : VERBS[kind]}${NAMES[kind]}`;
    return { operation, input, handle: () => JSON.stringify(this.#operations[operation]?.(input) ?? {}) };
  }

  readonly #operations: Record<string, (input: Json) => Json> = {
    "lambda:GetAlias": ({ alias }) => ({
      FunctionVersion: this.#version(alias),
      RevisionId: `r${this.#version(alias)}`,
    }),
    "lambda:UpdateAlias": ({ alias, FunctionVersion, RevisionId }) => {
      if (RevisionId !== `r${this.#version(alias)}`) throw new Refusal("PreconditionFailedException", "stale", 412);
      this.aliases.set(String(alias), String(FunctionVersion));
      return {};
    },
    "lambda:UpdateFunctionCode": ({ S3Key, S3ObjectVersion }) => {
      this.latest = `sha-${S3Key}-${S3ObjectVersion}`;
      return { CodeSha256: this.latest };
    },
    "lambda:GetFunctionConfiguration": () => {
      const [LastUpdateStatus, ...later] = this.updates;
      if (later.length > 0) this.updates = later;
      return { State: "Active", LastUpdateStatus, LastUpdateStatusReason: "The archive cannot be read." };
    },
    "lambda:PublishVersion": ({ CodeSha256 }) => {
      if (CodeSha256 !== this.latest) throw new Refusal("PreconditionFailedException", "other code", 412);
      const [last, hash] = [...this.versions].at(-1) ?? ["0", ""];
      const Version = hash === this.latest ? last : String(Number(last) + 1);
      this.versions.set(Version, this.latest);
      return { Version };
    },
    "lambda:GetProvisionedConcurrencyConfig": ({ alias }) => {
      const found = this.provisioned.get(String(alias));
      if (found === undefined) throw new Refusal("ProvisionedConcurrencyConfigNotFoundException", "none", 404);
      const [Status, ...later] = found.statuses;
      if (later.length > 0) found.statuses = later;
      return {
        Status,
        StatusReason: "ENILimitExceeded",
        RequestedProvisionedConcurrentExecutions: found.requested,
        AvailableProvisionedConcurrentExecutions: Status === "READY" ? found.requested : 0,
      };
    },
    "lambda:PutProvisionedConcurrencyConfig": ({ alias, ProvisionedConcurrentExecutions }) => {
      this.provisioned.set(String(alias), {
        requested: z.number().parse(ProvisionedConcurrentExecutions),
        statuses: ["IN_PROGRESS", "READY"],
      });
      return {};
    },
  };

  #version(alias: unknown): string {
    const version = this.aliases.get(String(alias));
    if (version === undefined) throw new Refusal("ResourceNotFoundException", `no alias ${alias}`, 404);
    return version;
  }
}

/** By the last word of the path. */
const NAMES: Readonly<Record<string, string>> = {
  aliases: "Alias",
  code: "FunctionCode",
  versions: "Version",
  configuration: "FunctionConfiguration",
  "provisioned-concurrency": "ProvisionedConcurrencyConfig",
};
const VERBS: Readonly<Record<string, string>> = {
  aliases: "Update",
  code: "Update",
  versions: "Publish",
  "provisioned-concurrency": "Put",
};
