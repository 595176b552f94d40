/** The role with which an application's own repository takes an object back to an earlier version. */
import { trustedSubjects } from "../../lib";
import { GithubActionsRole } from "../../modules/github-actions-role";
import type { Application } from "../common/application";
import { ROLES } from "../common/delivery";
import type { Pipeline } from "./terraform-roles";

/** As long as the workflow that takes back asks for, whatever it is that it takes back. */
const RESTORE_HOURS = 4;

/**
 * S3 copies for whoever may read: it is the one role of the pipeline that can read records, so that it can do nothing else,
 * has no other boundary than that, and an environment of its own.
 */
export function restoreRole({ root, providerArn }: Omit<Pipeline, "boundaryArn">, application: Application): void {
  const { environment, repository, region, recordBuckets } = application;
  const buckets = recordBuckets.map((name) => `arn:aws:s3:::${name}`);
  new GithubActionsRole(root, `restore_${environment.replaceAll("-", "_")}_role`, {
    name: ROLES.restore(environment),
    description: `Takes objects of ${environment} back to an earlier version`,
    providerArn,
    ...trustedSubjects(repository),
    jobs: `environment:${environment}-records`,
    statements: {
      FindVersions: { actions: ["s3:ListBucket", "s3:ListBucketVersions"], resources: buckets },
      CopyVersions: {
        actions: [
          "s3:GetObject",
          "s3:GetObjectTagging",
          "s3:GetObjectVersion",
          "s3:GetObjectVersionTagging",
          "s3:PutObject",
          "s3:PutObjectTagging",
        ],
        resources: buckets.map((bucket) => `${bucket}/*`),
      },
      UseKeysOfRecords: {
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: [`arn:aws:kms:${region}:${root.props.accountId}:key/*`],
        conditions: { StringEquals: { "kms:ViaService": [`s3.${region}.amazonaws.com`] } },
      },
    },
    maxSessionHours: RESTORE_HOURS,
  });
}
