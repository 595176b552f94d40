"""Secrets Manager: the key of a replica."""

from __future__ import annotations

from moto.secretsmanager.models import FakeSecret, ReplicaSecret

from gap import Clients, Gap


def patch_replica_key() -> None:
    create_replicas = FakeSecret.create_replicas

    def create_with_keys(
        self: FakeSecret, replica_regions: list[dict[str, str]], force_overwrite: bool
    ) -> list[ReplicaSecret]:
        replicas = create_replicas(self, replica_regions, force_overwrite)
        for replica, wanted in zip(replicas, replica_regions, strict=True):
            replica.config["KmsKeyId"] = wanted.get("KmsKeyId", replica.config["KmsKeyId"])
        return replicas

    FakeSecret.create_replicas = create_with_keys


def probe_replica_key(clients: Clients) -> bool:
    key = clients("kms", "us-west-2").create_key()["KeyMetadata"]["Arn"]
    secrets = clients("secretsmanager")
    secrets.create_secret(
        Name="probe-replica", SecretString="x", AddReplicaRegions=[{"Region": "us-west-2", "KmsKeyId": key}]
    )
    status = secrets.describe_secret(SecretId="probe-replica")["ReplicationStatus"]
    return bool(status[0].get("KmsKeyId") != key)


GAPS = [
    Gap(
        service="secretsmanager",
        gap="The key of a replica is always the default key.",
        page="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicaRegionType.html",
        patch=patch_replica_key,
        probe=probe_replica_key,
    ),
]
