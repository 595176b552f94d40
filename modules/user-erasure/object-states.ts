/** States that delete all versions of a user's objects, bucket by bucket. */
import { type Expression, hcl } from "../../lib";
import { awsCall } from "./aws-call";

/** A result has at most 256 KiB, and a key up to 1,024 bytes. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const VERSIONS_OF_A_CALL = 100;

export function objectStates({
  buckets,
  objectPrefix,
}: {
  readonly buckets: Expression<string[]>;
  readonly objectPrefix: Expression<string>;
}) {
  return {
    Type: "Map",
    Items: hcl<string[]>`sort(${buckets})`,
    MaxConcurrency: 1,
    ItemProcessor: {
      ProcessorConfig: { Mode: "INLINE" },
      StartAt: "ChooseBucket",
      States: {
        ChooseBucket: { Type: "Pass", Assign: { bucket: "{% $states.input %}" }, Next: "ListVersions" },
        ListVersions: {
          ...awsCall("aws-sdk:s3:listObjectVersions", {
            Bucket: "{% $bucket %}",
            Prefix: `{% "${objectPrefix}" & $userId & "/" %}`,
            MaxKeys: VERSIONS_OF_A_CALL,
          }),
          Assign: {
            versions:
              '{% [$append($states.result.Versions, $states.result.DeleteMarkers).{"Key": Key, "VersionId": VersionId}] %}',
          },
          Next: "DecideVersions",
        },
        DecideVersions: {
          Type: "Choice",
          Choices: [{ Condition: "{% $count($versions) > 0 %}", Next: "DeleteVersions" }],
          Default: "BucketDone",
        },
        DeleteVersions: {
          ...awsCall("aws-sdk:s3:deleteObjects", {
            Bucket: "{% $bucket %}",
            Delete: { Objects: "{% $versions %}", Quiet: true },
          }),
          Assign: { refused: "{% $count($states.result.Errors) %}" },
          Next: "DecideRefused",
        },
        // S3 answers with success although it did not delete some of the versions.
        DecideRefused: {
          Type: "Choice",
          Choices: [{ Condition: "{% $refused > 0 %}", Next: "VersionsLeft" }],
          Default: "ListVersions",
        },
        VersionsLeft: { Type: "Fail", Error: "VersionsLeft", Cause: "S3 refused to delete versions of objects." },
        BucketDone: { Type: "Pass", End: true },
      },
    },
  };
}
