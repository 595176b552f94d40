/** The role with which an application's repository restores an earlier version of an object. */
import { trustedSubjects } from "../../lib";
import { GithubActionsRole } from "../../modules/github-actions-role";
import type { Application } from "../common/application";
import { ROLES } from "../common/delivery";
import type { Pipeline } from "./terraform-roles";

/** The session length that the workflow `rollback` requests for every kind of rollback. */
const RESTORE_HOURS = 4;

/**
 * To copy an object, a role has to read it. This is the only role of the pipeline that can read records. So its boundary
 * allows nothing else, and it trusts a GitHub environment of its own.
 */
export function restoreRole({ root, providerArn }: Omit<Pipeline, "boundaryArn">, application: Application): void {
  const { environment, repository, region, recordBuckets } = application;
  const buckets = recordBuckets.map((name) => `arn:aws:s3:::${name}`);
  new GithubActionsRole(root, `restore_${environment.replaceAll("-", "_")}_role`, {
    name: ROLES.restore(environment),
    description: `Restores earlier versions of objects of ${environment}`,
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
