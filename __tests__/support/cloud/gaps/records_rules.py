"""CloudTrail and AWS Config: the bucket has to let them in before a trail or a delivery channel is made."""

from __future__ import annotations

from typing import Any

from moto.cloudtrail.models import CloudTrailBackend, Trail
from moto.config.models import ConfigBackend
from moto.core.exceptions import JsonRESTError
from moto.s3.models import s3_backends

from gap import Clients, Gap, accepts
from policies import permits

TRAIL_REFUSED = "InsufficientS3BucketPolicyException"
CHANNEL_REFUSED = "InsufficientDeliveryPolicyException"


def lets_in(account: str, bucket: str, service: str, key: str) -> bool:
    found = s3_backends[account]["aws"].buckets.get(bucket)
    arn = f"arn:aws:s3:::{bucket}"
    return found is None or (
        permits(found.policy, "s3:GetBucketAcl", arn, service)
        and permits(found.policy, "s3:PutObject", f"{arn}/{key}", service)
    )


def patch_trail() -> None:
    create = CloudTrailBackend.create_trail

    def create_with_permission(self: CloudTrailBackend, name: str, bucket_name: str, *args: Any, **kwargs: Any) -> Trail:
        key = f"AWSLogs/{self.account_id}/CloudTrail/a.json.gz"
        if not lets_in(self.account_id, bucket_name, "cloudtrail.amazonaws.com", key):
            raise JsonRESTError(TRAIL_REFUSED, f"Incorrect S3 bucket policy is detected for bucket: {bucket_name}")
        return create(self, name, bucket_name, *args, **kwargs)

    CloudTrailBackend.create_trail = create_with_permission


def probe_trail(clients: Clients) -> bool:
    clients("s3").create_bucket(Bucket="probe-trail")
    return accepts(TRAIL_REFUSED, lambda: clients("cloudtrail").create_trail(Name="probe", S3BucketName="probe-trail"))


def patch_channel() -> None:
    put = ConfigBackend.put_delivery_channel

    def put_with_permission(self: ConfigBackend, delivery_channel: dict[str, Any]) -> None:
        bucket = delivery_channel.get("s3BucketName", "")
        key = f"AWSLogs/{self.account_id}/Config/a.json.gz"
        if not lets_in(self.account_id, bucket, "config.amazonaws.com", key):
            raise JsonRESTError(CHANNEL_REFUSED, f"Insufficient delivery policy to s3 bucket: {bucket}")
        put(self, delivery_channel)

    ConfigBackend.put_delivery_channel = put_with_permission


def probe_channel(clients: Clients) -> bool:
    clients("s3").create_bucket(Bucket="probe-config")
    config = clients("config")
    role = "arn:aws:iam::111111111111:role/probe"
    config.put_configuration_recorder(ConfigurationRecorder={"name": "default", "roleARN": role})
    channel = {"name": "default", "s3BucketName": "probe-config"}
    return accepts(CHANNEL_REFUSED, lambda: config.put_delivery_channel(DeliveryChannel=channel))


GAPS = [
    Gap(
        service="cloudtrail",
        gap="A trail is made although the policy of its bucket does not let CloudTrail in.",
        page="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html",
        patch=patch_trail,
        probe=probe_trail,
    ),
    Gap(
        service="config",
        gap="A delivery channel is made although the policy of its bucket does not let AWS Config in.",
        page="https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html",
        patch=patch_channel,
        probe=probe_channel,
    ),
]
