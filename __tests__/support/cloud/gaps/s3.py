"""S3: server access logging by bucket policy."""

from __future__ import annotations

import json
import re
from typing import Any

from moto.s3.models import FakeBucket

from gap import Clients, Gap

LOGGING_SERVICE = "logging.s3.amazonaws.com"


def patch_logging() -> None:
    FakeBucket._log_permissions_enabled_policy = staticmethod(policy_permits_logging)  # type: ignore[method-assign]


def policy_permits_logging(target_bucket: FakeBucket, target_prefix: str | None) -> bool:
    if not target_bucket.policy:
        return False
    written = f"{target_bucket.arn}/{target_prefix or ''}2026-01-01-00-00-00-0123456789ABCDEF"
    statements = as_list(json.loads(target_bucket.policy)["Statement"])
    return any(
        statement["Effect"] == "Allow"
        and names_logging_service(statement.get("Principal", {}))
        and any(matches(pattern, "s3:PutObject") for pattern in as_list(statement.get("Action", [])))
        and any(matches(pattern, written) for pattern in as_list(statement.get("Resource", [])))
        for statement in statements
    )


def names_logging_service(principal: Any) -> bool:
    return principal == "*" or LOGGING_SERVICE in as_list(principal.get("Service", []))


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def matches(pattern: str, value: str) -> bool:
    """IAM's wildcards: * for any characters, ? for one."""
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(expression, value) is not None


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
    try:
        s3.put_bucket_logging(Bucket="probe-logged", BucketLoggingStatus=logging)
    except s3.exceptions.ClientError:
        return True
    return False


GAPS = [
    Gap(
        service="s3",
        gap="Bucket logging fails when the policy of the target has a principal * or a resource with a shorter prefix.",
        page="https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html",
        patch=patch_logging,
        probe=probe_logging,
    ),
]
