/** The state in the root's backend. */
import path from "node:path";
import { type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { z } from "zod";
import { InputError, Refusal } from "../../common/errors";
import { parsedInput, readText } from "../../common/input-file";
import { createObject, readObject, s3Client } from "../../common/s3";
import { readState, type TerraformState } from "./state";

const VERSIONS = z.object({
  terraform: z.object({
    backend: z.object({
      s3: z.object({ bucket: z.string(), key: z.string(), region: z.string(), kms_key_id: z.string() }),
    }),
  }),
});

const BACKEND = { noun: "a backend block", allowed: "the file that `groundplan synth` writes; run: npm run synth" };

export class RemoteState {
  /** `s3://bucket/key`, for messages. */
  readonly place: string;
  private readonly backend: z.infer<typeof VERSIONS>["terraform"]["backend"]["s3"];
  private readonly client: S3Client;

  /**
   * @param rootFolder that holds the backend block
   * @param accountId account that has to own the bucket: names of buckets are global
   */
  constructor(
    rootFolder: string,
    private readonly accountId: string,
  ) {
    const file = path.join(rootFolder, "versions.tf.json");
    this.backend = parsedInput(file, readText(file, BACKEND.allowed), VERSIONS, BACKEND).terraform.backend.s3;
    this.place = `s3://${this.backend.bucket}/${this.backend.key}`;
    this.client = s3Client(this.backend.region);
  }

  /** @throws Refusal if S3 does not answer; InputError if the object is no state */
  async read(): Promise<TerraformState | "no bucket" | "no state"> {
    try {
      const bytes = await readObject(this.client, this.object());
      return readState(this.place, Buffer.from(bytes).toString());
    } catch (error) {
      if (named(error, "NoSuchBucket")) return "no bucket";
      if (named(error, "NoSuchKey")) return "no state";
      throw this.refusal(error);
    }
  }

  /**
   * Uploads the file as it is, since Terraform's own migration and `state push` begin a new lineage if the backend has no
   * state. A state that exists is never overwritten.
   * @throws Refusal if a state exists, or S3 refuses the upload
   */
  async store(text: string): Promise<void> {
    const object = { ...this.object(), Body: text, ContentType: "application/json" };
    const created = await createObject(this.client, object, this.backend.kms_key_id).catch((error: unknown) => {
      throw this.refusal(error);
    });
    if (created === false) {
      throw new Refusal(`${this.place}\n  got a state that another run has just uploaded; allowed: no state yet`);
    }
  }

  private object() {
    return { Bucket: this.backend.bucket, Key: this.backend.key, ExpectedBucketOwner: this.accountId };
  }

  private refusal(error: unknown): unknown {
    if (error instanceof InputError || !(error instanceof Error)) return error;
    const allowed = `credentials for the bucket of account ${this.accountId}`;
    return new Refusal(`${this.place}\n  got ${error.name}: ${error.message}; allowed: ${allowed}`);
  }
}

function named(error: unknown, name: string): boolean {
  return error instanceof S3ServiceException && error.name === name;
}
