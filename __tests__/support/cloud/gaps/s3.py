"""S3: bucket policies, server access logging by them, and replication of encrypted objects."""

from __future__ import annotations

import json

from moto.core.responses import ActionResult
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.exceptions import ReplicationConfigurationNotFoundError
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response

from gap import Clients, Gap, unsupported
from policies import permits, statements_of

LOGGING_SERVICE = "logging.s3.amazonaws.com"


def patch_logging() -> None:
    FakeBucket._log_permissions_enabled_policy = staticmethod(policy_permits_logging)


def policy_permits_logging(target_bucket: FakeBucket, target_prefix: str | None) -> bool:
    written = f"{target_bucket.arn}/{target_prefix or ''}2026-01-01-00-00-00-0123456789ABCDEF"
    return permits(target_bucket.policy, "s3:PutObject", written, LOGGING_SERVICE)


def patch_conditions() -> None:
    FakeBucket.get_permission = permission_without_conditions


def permission_without_conditions(bucket: FakeBucket, action: str, resource: str) -> PermissionResult:
    """Conditions are not evaluated here, so that a statement with one applies to no request."""
    if bucket.policy is None:
        return PermissionResult.NEUTRAL
    statements = [one for one in statements_of(bucket.policy) if "Condition" not in one]
    policy = {"Version": "2012-10-17", "Statement": statements}
    return IAMPolicy(json.dumps(policy)).is_action_permitted(action, resource)


def probe_conditions(clients: Clients) -> bool:
    s3 = clients("s3")
    s3.create_bucket(Bucket="probe-conditions")
    s3.put_object(Bucket="probe-conditions", Key="object", Body=b"")
    deny = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": "arn:aws:s3:::probe-conditions/*",
        "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "123456789012"}},
    }
    s3.put_bucket_policy(
        Bucket="probe-conditions", Policy=json.dumps({"Version": "2012-10-17", "Statement": [deny]})
    )
    return unsupported(lambda: s3.get_object(Bucket="probe-conditions", Key="object") != {})


def probe_logging(clients: Clients) -> bool:
    s3 = clients("s3")
    for bucket in ("probe-logs", "probe-logged"):
        s3.create_bucket(Bucket=bucket)
    deny = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::probe-logs/secret/*"}
    allow = {
        "Effect": "Allow",
        "Principal": {"Service": LOGGING_SERVICE},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::probe-logs/s3/*",
    }
    policy = {"Version": "2012-10-17", "Statement": [deny, allow]}
    s3.put_bucket_policy(Bucket="probe-logs", Policy=json.dumps(policy))
    logging = {"LoggingEnabled": {"TargetBucket": "probe-logs", "TargetPrefix": "s3/probe-logged/"}}
    return unsupported(lambda: s3.put_bucket_logging(Bucket="probe-logged", BucketLoggingStatus=logging) != {})


def patch_replication() -> None:
    S3Response.get_bucket_replication = get_replication


def get_replication(self: S3Response) -> ActionResult:
    self.data["Action"] = "GetBucketReplication"
    replication = self.backend.get_bucket_replication(self.bucket_name)
    if not replication:
        raise ReplicationConfigurationNotFoundError(bucket_name=self.bucket_name)
    defaults = {"DeleteMarkerReplication": {"Status": "Disabled"}}
    rules = [{**defaults, **rule, "Filter": {"Prefix": ""}} for rule in replication["Rule"]]
    return self.serialized(
        ActionResult({"ReplicationConfiguration": {"Role": replication["Role"], "Rules": rules}})
    )


def probe_replication(clients: Clients) -> bool:
    s3 = clients("s3")
    for bucket in ("probe-replicated", "probe-copies"):
        s3.create_bucket(Bucket=bucket)
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    encrypted = {"SseKmsEncryptedObjects": {"Status": "Enabled"}}
    key = {"ReplicaKmsKeyID": "arn:aws:kms:us-west-2:111111111111:key/00000000-0000-4000-8000-000000000000"}
    rule = {
        "ID": "all",
        "Priority": 1,
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "DeleteMarkerReplication": {"Status": "Disabled"},
        "SourceSelectionCriteria": encrypted,
        "Destination": {"Bucket": "arn:aws:s3:::probe-copies", "EncryptionConfiguration": key},
    }
    configuration = {"Role": "arn:aws:iam::111111111111:role/probe", "Rules": [rule]}
    s3.put_bucket_replication(Bucket="probe-replicated", ReplicationConfiguration=configuration)
    [found] = s3.get_bucket_replication(Bucket="probe-replicated")["ReplicationConfiguration"]["Rules"]
    return bool(found.get("SourceSelectionCriteria") != encrypted)


GAPS = [
    Gap(
        service="s3",
        gap="The criteria of the objects that are replicated are dropped.",
        page="https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html",
        patch=patch_replication,
        probe=probe_replication,
    ),
    Gap(
        service="s3",
        gap="A statement of a bucket policy applies to requests that do not meet its condition.",
        page="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html",
        patch=patch_conditions,
        probe=probe_conditions,
    ),
    Gap(
        service="s3",
        gap="Bucket logging fails when the policy of the target has a principal * or a resource with a shorter prefix.",
        page="https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html",
        patch=patch_logging,
        probe=probe_logging,
    ),
]
