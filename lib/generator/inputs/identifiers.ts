/** Forms of AWS's names, ids and ARNs. */
import { z } from "zod";
import { text } from "./schema";

/** A name of lower-case letters, digits and hyphens, as most services take it. Modules put suffixes behind it. */
export function resourceName(maxLength: number) {
  return text(
    new RegExp(`^[a-z](?:[a-z0-9-]{0,${maxLength - 2}}[a-z0-9])?$`),
    `up to ${maxLength} lower-case letters, digits and inner hyphens, a letter first`,
    "Not_A_Name",
  );
}

/** An ARN of one service: `arn:aws:kms:…`. */
export function arnOf(service: string) {
  return text(new RegExp(`^arn:aws[a-z-]*:${service}:`), `an ARN of ${service}`, "not-an-arn");
}

export const ACCOUNT_ID = text(/^\d{12}$/, "an AWS account id of 12 digits", "12345");

export const REGION = text(/^[a-z]{2}(?:-[a-z]+)+-\d$/, "an AWS region such as eu-central-1", "mars");

export const ZONE_ID = text(/^Z[A-Z0-9]{1,31}$/, "a Route 53 hosted zone id such as Z0123456789ABC", "example.com");

export const DOMAIN_NAME = text(
  /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  "a domain name such as app.example.com",
  "no dots",
);

export const EMAIL_ADDRESS = text(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, "an e-mail address", "nobody");

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const BUCKET_NAME = text(
  /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  "3 to 63 lower-case letters, digits and inner hyphens",
  "Not_A_Bucket",
);

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const LOG_RETENTION_DAYS = z.literal([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]);

/** What the names of audit logs begin with: boundaries keep people and pipelines from deleting log groups with such names. */
export const AUDIT_LOGS = "/audit/";
