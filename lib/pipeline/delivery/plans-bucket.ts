/** The bucket where saved plans wait for their approval, and where states and records of applies go. */
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { InputError, Refusal } from "../../common/errors";
import type { Root } from "../../generator/root/root";

export class PlansBucket {
  readonly name: string;
  private readonly client: S3Client;
  private readonly kmsKeyArn: string;

  /** @throws InputError where main.ts says nothing of the root's delivery. */
  constructor(root: Root) {
    const { delivery, backend } = root.props;
    if (delivery === undefined) {
      throw new InputError(root.address, [
        "delivery: got nothing; allowed: the roles and the plans bucket of the root",
      ]);
    }
    this.name = delivery.plansBucket;
    this.kmsKeyArn = backend.kmsKeyArn;
    // A server at an address of its own has no name for each bucket.
    const forcePathStyle = process.env.AWS_ENDPOINT_URL_S3 !== undefined;
    this.client = new S3Client({ region: backend.region, forcePathStyle });
  }

  place(key: string): string {
    return `s3://${this.name}/${key}`;
  }

  /**
   * Stores an object that is not there yet.
   * @returns its version; undefined where an object of this key is there already, or the bucket keeps no versions
   * @throws Refusal
   */
  async put(key: string, body: Uint8Array | string): Promise<string | undefined> {
    const command = new PutObjectCommand({
      Bucket: this.name,
      Key: key,
      Body: body,
      IfNoneMatch: "*",
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: this.kmsKeyArn,
    });
    try {
      return (await this.client.send(command)).VersionId;
    } catch (error) {
      if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412) return undefined;
      throw this.problem("put", key, error);
    }
  }

  /** @throws Refusal where the object is not there, or may not be read. */
  async get(key: string, versionId: string | undefined): Promise<Uint8Array> {
    const command = new GetObjectCommand({ Bucket: this.name, Key: key, VersionId: versionId });
    try {
      const { Body } = await this.client.send(command);
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (error) {
      throw this.problem("get", key, error);
    }
  }

  /** Keys of all objects below a folder, which ends with a slash. @throws Refusal where they may not be listed. */
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
      `${this.place(key)}\n  ${action}: got ${got}; allowed: a bucket and a role that may ${action} it`,
    );
  }
}
