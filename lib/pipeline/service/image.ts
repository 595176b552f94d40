/** Images that a service may run: by digest, for a tag may mean another image tomorrow. */
import { InputError } from "../../common/errors";

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/docker-pull-ecr-image.html */
const BY_DIGEST = /^[a-z0-9][a-zA-Z0-9._:/-]*[a-z0-9]@sha256:[0-9a-f]{64}$/;

export function isByDigest(image: string): boolean {
  return BY_DIGEST.test(image);
}

/** @throws InputError if the image is not by digest */
export function readImage(text: string): string {
  if (isByDigest(text) && !/:[^/@]*@/.test(text)) return text;
  throw new InputError("--image", [
    `got "${text}"; allowed: <repository>@sha256:<64 hexadecimal digits>, without a tag, such as 111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/api@sha256:${"0123456789abcdef".repeat(4)}`,
  ]);
}
