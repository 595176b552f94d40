/** Disks, file systems and image repositories. */
import { KEY_OF_ACCOUNT, keyOfAccount } from "./account-keys";
import { concerns } from "./actions";
import { accompanied, all, equals } from "./attributes";
import { refusesPlainHttp } from "./denials";
import { encryptsDisks, WITH_VOLUMES } from "./disks";
import type { ResourceGuardrail } from "./guardrail";
import type { Statement } from "./policies";
import { BOUND_PRINCIPALS, closedToThePublic } from "./principals";

export const STORAGE = [
  {
    id: "ebs-encrypted",
    title: "Disks, snapshots and machine images are encrypted",
    why: "Snapshots of the disk, and the disk itself after it is released, contain the data in clear text.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"], fsbp: ["EC2.3"] },
    allowed: "encrypted = true for each disk",
    types: WITH_VOLUMES,
    judge: encryptsDisks,
  },
  {
    id: "ebs-encrypted-by-default",
    title: "The account encrypts every new disk by default",
    why: "A disk that a person or a service creates outside of Terraform is not encrypted.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"], cis: ["2.2.1"], fsbp: ["EC2.7"] },
    allowed: "enabled = true, which is the default",
    types: ["aws_ebs_encryption_by_default"],
    judge: equals("enabled", true, null),
  },
  {
    id: "efs-encrypted",
    title: "A file system is encrypted with a customer managed KMS key",
    why: "Without a customer managed key, the account can neither restrict nor audit who decrypts files and backups.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"], cis: ["2.4.1"], fsbp: ["EFS.1"] },
    allowed: `encrypted = true, and kms_key_id with ${KEY_OF_ACCOUNT}`,
    types: ["aws_efs_file_system"],
    judge: all(equals("encrypted", true), keyOfAccount("kms_key_id")),
  },
  {
    id: "efs-tls-only",
    title: "A file system refuses clients without TLS",
    why: "A client that mounts it without TLS sends every file in clear text across the network.",
    severity: "high",
    controls: { hipaa: ["164.312(e)(1)", "164.312(e)(2)(ii)"], soc2: ["CC6.7"], gdpr: ["32(1)(a)"] },
    allowed: "an aws_efs_file_system_policy that denies * to * where aws:SecureTransport is false",
    types: ["aws_efs_file_system"],
    judge: accompanied(
      "aws_efs_file_system_policy",
      "file_system_id",
      refusesPlainHttp("policy", { actions: mounts, parts: ["own"] }),
    ),
  },
  {
    id: "ecr-tags-immutable",
    title: "Image tags are immutable",
    why: "Anybody who pushes an image under an existing tag replaces the image of every task that starts next.",
    severity: "medium",
    controls: { hipaa: ["164.312(c)(1)"], soc2: ["CC8.1"], gdpr: ["32(1)(b)"], fsbp: ["ECR.2"] },
    allowed: "image_tag_mutability = IMMUTABLE",
    types: ["aws_ecr_repository"],
    judge: equals("image_tag_mutability", "IMMUTABLE"),
  },
  {
    id: "ecr-scanned",
    title: "An image is scanned for known vulnerabilities when it is pushed",
    why: "Images with known vulnerabilities run, and nobody is notified.",
    severity: "medium",
    controls: {
      hipaa: ["164.308(a)(1)(ii)(A)"],
      soc2: ["CC7.1"],
      gdpr: ["32(1)(d)"],
      fsbp: ["ECR.1"],
    },
    allowed: "image_scanning_configuration with scan_on_push = true",
    types: ["aws_ecr_repository"],
    judge: equals("image_scanning_configuration.scan_on_push", true),
  },
  {
    id: "ecr-encrypted",
    title: "Images are encrypted with a customer managed KMS key",
    why: "Without a customer managed key, the repository's policies alone control who reads an image.",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: `encryption_configuration with encryption_type = KMS, and kms_key with ${KEY_OF_ACCOUNT}`,
    types: ["aws_ecr_repository"],
    judge: all(
      equals("encryption_configuration.encryption_type", "KMS", "KMS_DSSE"),
      keyOfAccount("encryption_configuration.kms_key"),
    ),
  },
  {
    id: "ecr-not-emptied-on-destroy",
    title: "A repository that contains images cannot be destroyed",
    why: "Terraform deletes every image before it destroys the repository: no image is left to start or to roll back to.",
    severity: "medium",
    controls: { hipaa: ["164.308(a)(7)(i)"], soc2: ["A1.2"], gdpr: ["32(1)(b)"] },
    allowed: "force_delete = false, which is the default",
    types: ["aws_ecr_repository"],
    judge: equals("force_delete", false, null),
  },
  {
    id: "ecr-not-public",
    title: "No policy allows everybody to pull or push images",
    why: "Anybody with an AWS account reads the program, or replaces it with another.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC6.6"], gdpr: ["32(1)(b)"] },
    allowed: BOUND_PRINCIPALS,
    types: ["aws_ecr_repository_policy"],
    judge: closedToThePublic("policy"),
  },
] as const satisfies readonly ResourceGuardrail[];

/**
 * Actions of a client on a file system.
 * @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
function mounts(statement: Statement): boolean {
  return ["ClientMount", "ClientWrite", "ClientRootAccess"].every((action) =>
    concerns(statement, `elasticfilesystem:${action}`),
  );
}
