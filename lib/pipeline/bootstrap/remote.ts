/** The state where the root's backend keeps it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { z } from "zod";
import { InputError, Refusal } from "../../common/errors";
import { readState, type State } from "./state";

const VERSIONS = z.object({
  terraform: z.object({
    backend: z.object({
      s3: z.object({ bucket: z.string(), key: z.string(), region: z.string(), kms_key_id: z.string() }),
    }),
  }),
});

export class RemoteState {
  /** `s3://bucket/key`, for people. */
  readonly place: string;
  private readonly backend: z.infer<typeof VERSIONS>["terraform"]["backend"]["s3"];
  private readonly client: S3Client;

  /** @param rootFolder that holds the backend block @param accountId whose bucket it must be: names are the world's */
  constructor(
    rootFolder: string,
    private readonly accountId: string,
  ) {
    const json: unknown = JSON.parse(readFileSync(path.join(rootFolder, "versions.tf.json"), "utf8"));
    this.backend = VERSIONS.parse(json).terraform.backend.s3;
    this.place = `s3://${this.backend.bucket}/${this.backend.key}`;
    this.client = new S3Client({ region: this.backend.region });
  }

  /** @throws Refusal where S3 does not tell; InputError where what lies there is no state. */
  async read(): Promise<State | "no bucket" | "no state"> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand(this.object()));
      return readState(this.place, (await Body?.transformToString()) ?? "");
    } catch (error) {
      if (named(error, "NoSuchBucket")) return "no bucket";
      if (named(error, "NoSuchKey")) return "no state";
      throw this.told(error);
    }
  }

  /**
   * Stores the very file, as Terraform's own migration and `state push` begin a new lineage where no state is. S3 does it
   * only if nothing is there, so no state can be lost to it.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
   * @throws Refusal where something is there, or S3 does not take it.
   */
  async store(text: string): Promise<void> {
    const request = new PutObjectCommand({
      ...this.object(),
      Body: text,
      ContentType: "application/json",
      IfNoneMatch: "*",
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: this.backend.kms_key_id,
    });
    try {
      await this.client.send(request);
    } catch (error) {
      throw this.told(error);
    }
  }

  private object() {
    return { Bucket: this.backend.bucket, Key: this.backend.key, ExpectedBucketOwner: this.accountId };
  }

  private told(error: unknown): unknown {
    if (error instanceof InputError || !(error instanceof Error)) return error;
    const allowed = named(error, "PreconditionFailed")
      ? "nothing there yet; somebody else has just put a state there"
      : `credentials for the bucket of account ${this.accountId}`;
    return new Refusal(`${this.place}\n  got ${error.name}: ${error.message}; allowed: ${allowed}`);
  }
}

function named(error: unknown, name: string): boolean {
  return error instanceof S3ServiceException && error.name === name;
}
