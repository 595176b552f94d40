/**
 * The bucket that holds saved plans until their approval, records of applies, and states that could not be saved. It is beside
 * the state of the root; of a root whose state is not in S3, it is in the root's region and encrypts with its own key.
 */
import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { InputError, Refusal } from "../../common/errors";
import { createObject, readObject, s3Client } from "../../common/s3";
import { isS3 } from "../../generator/root/backend";
import type { Root } from "../../generator/root/root";

export class PlansBucket {
  readonly name: string;
  private readonly client: S3Client;
  private readonly kmsKeyArn: string | undefined;

  /** @throws InputError if the root has no `delivery` */
  constructor(root: Root) {
    const { delivery, backend, region } = root.props;
    if (delivery === undefined) {
      throw new InputError(root.address, [
        "delivery: got nothing; allowed: the roles and the plans bucket of the root",
      ]);
    }
    this.name = delivery.plansBucket;
    const state = isS3(backend) ? backend : undefined;
    this.kmsKeyArn = state?.kmsKeyArn;
    this.client = s3Client(state?.region ?? region);
  }

  place(key: string): string {
    return `s3://${this.name}/${key}`;
  }

  /**
   * Uploads an object if there is none with this key.
   * @returns its version; undefined if there is one already, or the bucket keeps no versions
   * @throws Refusal
   */
  async put(key: string, body: Uint8Array | string): Promise<string | undefined> {
    try {
      const created = await createObject(this.client, { Bucket: this.name, Key: key, Body: body }, this.kmsKeyArn);
      return created === false ? undefined : created.versionId;
    } catch (error) {
      throw this.problem("put", key, error);
    }
  }

  /** @throws Refusal if the object does not exist, or the role may not read it */
  async get(key: string, versionId: string | undefined): Promise<Uint8Array> {
    try {
      return await readObject(this.client, { Bucket: this.name, Key: key, VersionId: versionId });
    } catch (error) {
      throw this.problem("get", key, error);
    }
  }

  /** Keys of all objects below a folder, which ends with a slash. @throws Refusal if the role may not list them */
  async keys(folder: string): Promise<string[]> {
    const keys: string[] = [];
    let next: string | undefined;
    try {
      do {
        const command = new ListObjectsV2Command({ Bucket: this.name, Prefix: folder, ContinuationToken: next });
        const { Contents = [], NextContinuationToken } = await this.client.send(command);
        keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
        next = NextContinuationToken;
      } while (next !== undefined);
    } catch (error) {
      throw this.problem("list", folder, error);
    }
    return keys;
  }

  private problem(action: "put" | "get" | "list", key: string, error: unknown): Refusal {
    const got = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return new Refusal(
      `${this.place(key)}\n  ${action}: got ${got}; allowed: an existing bucket, and a role that may ${action} the object`,
    );
  }
}
