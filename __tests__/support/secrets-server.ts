/** Secrets Manager on the loopback interface, as far as a rotation uses it. */
import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { encoded, type Json, Refusal } from "./aws-wire";

interface Version {
  value?: string;
  readonly labels: Set<string>;
}

const REQUEST = z.object({
  SecretId: z.string(),
  VersionId: z.string().optional(),
  VersionStage: z.string().optional(),
  SecretString: z.string().optional(),
  ClientRequestToken: z.string().optional(),
  MoveToVersionId: z.string().optional(),
  RemoveFromVersionId: z.string().optional(),
});

type Request = z.infer<typeof REQUEST>;

export class SecretsServer {
  /** Versions of secrets by their ids. */
  readonly secrets = new Map<string, Map<string, Version>>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const operation = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
      const answer = this.#answer(operation, REQUEST.parse(JSON.parse(await text(request))));
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body);
    });
  }

  static async start(): Promise<SecretsServer> {
    const server = new SecretsServer();
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  /** Environment variables that connect the AWS SDK to it, with dummy credentials. */
  get environment(): Record<string, string> {
    const { port } = z.object({ port: z.number() }).parse(this.#server.address());
    return {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "none",
      AWS_SECRET_ACCESS_KEY: "none-either",
      AWS_REGION: "eu-central-1",
      AWS_MAX_ATTEMPTS: "1",
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** The value of the version with a label. */
  value(secret: string, label: string): string | undefined {
    return this.#labelled(secret, label)?.[1].value;
  }

  /** Begins a rotation, as `RotateSecret`: an empty version gets the label AWSPENDING. */
  rotate(secret: string, token: string): void {
    this.#move(secret, "AWSPENDING", token);
  }

  #answer(operation: string, request: Request) {
    try {
      return encoded(`secretsmanager:${operation}`, 200, this.#operation(operation, request));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return encoded(operation, error.status, { code: error.code, message: error.message });
    }
  }

  #operation(operation: string, request: Request): Json {
    const { SecretId, VersionStage = "AWSCURRENT", ClientRequestToken = "", MoveToVersionId = "" } = request;
    switch (operation) {
      case "GetSecretValue":
        return this.#get(request);
      case "PutSecretValue": {
        this.#move(SecretId, "AWSPENDING", ClientRequestToken);
        const version = this.#versions(SecretId).get(ClientRequestToken);
        if (version !== undefined) version.value = request.SecretString ?? "";
        // The first version with a value gets this label, whichever the request names.
        if (this.#labelled(SecretId, "AWSCURRENT") === undefined)
          this.#move(SecretId, "AWSCURRENT", ClientRequestToken);
        return {};
      }
      case "DescribeSecret": {
        const labels = [...this.#versions(SecretId)].map(([id, one]) => [id, [...one.labels]]);
        return { VersionIdsToStages: Object.fromEntries(labels) };
      }
      case "UpdateSecretVersionStage": {
        const from = this.#labelled(SecretId, VersionStage)?.[0];
        if (from !== request.RemoveFromVersionId) throw new Refusal("InvalidParameterException", "RemoveFromVersionId");
        this.#move(SecretId, VersionStage, MoveToVersionId);
        if (VersionStage === "AWSCURRENT" && from !== undefined) this.#move(SecretId, "AWSPREVIOUS", from);
        return {};
      }
      default:
        throw new Refusal("NotImplemented", operation);
    }
  }

  #get({ SecretId, VersionId, VersionStage }: Request): Json {
    const [id = VersionId ?? "", version = undefined] =
      VersionId === undefined
        ? (this.#labelled(SecretId, VersionStage ?? "AWSCURRENT") ?? [])
        : [VersionId, this.#versions(SecretId).get(VersionId)];
    if (version?.value === undefined) {
      throw new Refusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret value.");
    }
    if (VersionStage !== undefined && !version.labels.has(VersionStage)) {
      throw new Refusal("InvalidRequestException", "The VersionStage is not associated to the provided VersionId.");
    }
    return { SecretString: version.value, VersionId: id };
  }

  #labelled(secret: string, label: string): readonly [string, Version] | undefined {
    return [...this.#versions(secret)].find(([, { labels }]) => labels.has(label));
  }

  #move(secret: string, label: string, id: string): void {
    this.#labelled(secret, label)?.[1].labels.delete(label);
    const versions = this.#versions(secret);
    const version = versions.get(id) ?? { labels: new Set() };
    version.labels.add(label);
    versions.set(id, version);
  }

  #versions(secret: string): Map<string, Version> {
    const versions = this.secrets.get(secret) ?? new Map<string, Version>();
    this.secrets.set(secret, versions);
    return versions;
  }
}
