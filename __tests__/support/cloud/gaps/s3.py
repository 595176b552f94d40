"""S3: server access logging by bucket policy."""

from __future__ import annotations

import json

from moto.s3.models import FakeBucket

from gap import Clients, Gap, unsupported
from policies import permits

LOGGING_SERVICE = "logging.s3.amazonaws.com"


def patch_logging() -> None:
    FakeBucket._log_permissions_enabled_policy = staticmethod(policy_permits_logging)


def policy_permits_logging(target_bucket: FakeBucket, target_prefix: str | None) -> bool:
    written = f"{target_bucket.arn}/{target_prefix or ''}2026-01-01-00-00-00-0123456789ABCDEF"
    return permits(target_bucket.policy, "s3:PutObject", written, LOGGING_SERVICE)


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


GAPS = [
    Gap(
        service="s3",
        gap="Bucket logging fails when the policy of the target has a principal * or a resource with a shorter prefix.",
        page="https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html",
        patch=patch_logging,
        probe=probe_logging,
    ),
]
