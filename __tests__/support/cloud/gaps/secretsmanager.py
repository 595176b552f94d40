"""Secrets Manager: keys of replicas."""

from __future__ import annotations

from moto.kms.models import KmsBackend, kms_backends
from moto.secretsmanager.models import FakeSecret, ReplicaSecret, secretsmanager_backends

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


def patch_missing_key() -> None:
    create_replicas = FakeSecret.create_replicas

    def create_or_fail(
        self: FakeSecret, replica_regions: list[dict[str, str]], force_overwrite: bool
    ) -> list[ReplicaSecret]:
        replicas = create_replicas(self, replica_regions, force_overwrite)
        for replica, wanted in zip(replicas, replica_regions, strict=True):
            key = wanted.get("KmsKeyId")
            if key and replica.has_replica and not has_key(kms_backends[self.account_id][replica.region], key):
                del secretsmanager_backends[self.account_id][replica.region].secrets[replica.arn]
                replica.has_replica = False
                replica.status = "Failed"
                reason = f"Replication failed: KMS key {key} is not found in {replica.region}."
                replica.config.update(Status="Failed", StatusMessage=reason)
        return replicas

    FakeSecret.create_replicas = create_or_fail


def has_key(backend: KmsBackend, key: str) -> bool:
    alias = backend.get_alias_name(key)
    if alias.startswith("alias/"):
        return alias == "alias/aws/secretsmanager" or backend.get_key_id_from_alias(alias) is not None
    return backend.get_key_id(key) in backend.keys


def probe_missing_key(clients: Clients) -> bool:
    secrets = clients("secretsmanager")
    absent = {
        "us-west-2": "00000000-0000-4000-8000-000000000000",
        "eu-west-1": "arn:aws:kms:eu-west-1:111111111111:alias/probe-absent",
    }
    replicas = [{"Region": region, "KmsKeyId": key} for region, key in absent.items()]
    secrets.create_secret(Name="probe-absent-key", SecretString="x", AddReplicaRegions=replicas)
    status = secrets.describe_secret(SecretId="probe-absent-key")["ReplicationStatus"]
    return [one["Status"] for one in status] != ["Failed", "Failed"]


GAPS = [
    Gap(
        service="secretsmanager",
        gap="The key of a replica is always the default key.",
        page="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicaRegionType.html",
        patch=patch_replica_key,
        probe=probe_replica_key,
    ),
    Gap(
        service="secretsmanager",
        gap="Replicates a secret without the key of the replica.",
        page="https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html",
        patch=patch_missing_key,
        probe=probe_missing_key,
    ),
]
