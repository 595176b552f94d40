"""RDS: automated backups, their replication to another region, and restores from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.moto_api._internal import mock_random
from moto.rds.exceptions import RDSClientError
from moto.rds.models import DBInstance, DBInstanceAutomatedBackup, DBSnapshot, RDSBackend, rds_backends
from moto.rds.responses import RDSResponse

from gap import Clients, Gap, unsupported
from gaps.rds import keep_settings, make_instance


@dataclass
class Backup:
    """An automated backup of an instance, in the region of the instance or replicated to another one."""

    arn: str
    source: DBInstance
    status: str
    retention_days: int
    kms_key_id: str | None

    def describe(self) -> dict[str, Any]:
        source = self.source
        return {
            "DBInstanceArn": source.arn,
            "DBInstanceAutomatedBackupsArn": self.arn,
            "DBInstanceIdentifier": source.db_instance_identifier,
            "DbiResourceId": source.dbi_resource_id,
            "Region": source.region,
            "Status": self.status,
            "Engine": source.engine,
            "EngineVersion": source.engine_version,
            "Encrypted": source.storage_encrypted,
            "AllocatedStorage": source.allocated_storage,
            "KmsKeyId": self.kms_key_id,
            "BackupRetentionPeriod": self.retention_days,
            "InstanceCreateTime": source.instance_create_time,
            "RestoreWindow": {"EarliestTime": source.instance_create_time, "LatestTime": utcnow()},
        }


def patch_replication() -> None:
    describe = RDSBackend.describe_db_instance_automated_backups

    def describe_all(self: RDSBackend, **wanted: Any) -> list[dict[str, Any]]:
        own = [own_backup(source_of(self, backup), backup.status) for backup in describe(self)]
        found = [backup.describe() for backup in [*own, *replicas_in(self).values()]]
        named = {
            "DBInstanceIdentifier": wanted.get("db_instance_identifier"),
            "DbiResourceId": wanted.get("dbi_resource_id"),
            "DBInstanceAutomatedBackupsArn": wanted.get("db_instance_automated_backups_arn"),
        }
        return [one for one in found if all(value in (None, one[name]) for name, value in named.items())]

    RDSBackend.describe_db_instance_automated_backups = describe_all
    RDSResponse.start_db_instance_automated_backups_replication = start_replication
    RDSResponse.stop_db_instance_automated_backups_replication = stop_replication
    DBInstance.db_instance_automated_backups_replications = property(replications_of)


def source_of(backend: RDSBackend, backup: DBInstanceAutomatedBackup) -> DBInstance:
    """The instance, or what it was like at its last backup once it is deleted."""
    last: DBInstance = backup.automated_snapshots[-1].database
    return backend.databases.get(backup.db_instance_identifier, last)


def own_backup(source: DBInstance, status: str) -> Backup:
    arn = backup_arn(source, source.region, source.dbi_resource_id.removeprefix("db-").lower())
    return Backup(arn, source, status, source.backup_retention_period, source.kms_key_id)


def backup_arn(source: DBInstance, region: str, name: str) -> str:
    return f"arn:{source.partition}:rds:{region}:{source.account_id}:auto-backup:ab-{name}"


def replicas_in(backend: RDSBackend) -> dict[str, Backup]:
    return backend.__dict__.setdefault("replicated_backups", {})


def replications_of(source: DBInstance) -> list[dict[str, str]]:
    return [
        {"DBInstanceAutomatedBackupsArn": backup.arn}
        for backend in rds_backends[source.account_id].values()
        for backup in replicas_in(backend).values()
        if backup.source is source
    ]


def start_replication(self: RDSResponse) -> ActionResult:
    source = instance_by_arn(self.current_account, self.params["SourceDBInstanceArn"])
    arn = backup_arn(source, self.region, mock_random.get_random_hex(26))
    days = self.params.get("BackupRetentionPeriod", 7)
    backup = Backup(arn, source, "replicating", days, self.params.get("KmsKeyId"))
    replicas_in(self.backend)[arn] = backup
    return ActionResult({"DBInstanceAutomatedBackup": backup.describe()})


def stop_replication(self: RDSResponse) -> ActionResult:
    source = self.params["SourceDBInstanceArn"]
    replicas = replicas_in(self.backend)
    stopped = [replicas.pop(arn) for arn, backup in [*replicas.items()] if backup.source.arn == source]
    if not stopped:
        raise backup_not_found(source)
    return ActionResult({"DBInstanceAutomatedBackup": {**stopped[0].describe(), "Status": "deleting"}})


def instance_by_arn(account: str, arn: str) -> DBInstance:
    found: DBInstance = rds_backends[account][arn.split(":")[3]].describe_db_instances(arn.split(":")[-1])[0]
    return found


def backup_not_found(arn: str) -> RDSClientError:
    return RDSClientError("DBInstanceAutomatedBackupNotFound", f"Automated backup for {arn} not found")


def probe_replication(clients: Clients) -> bool:
    source = make_instance(clients, "probe-replicated", BackupRetentionPeriod=7)
    west = clients("rds", "us-west-2")

    def works() -> bool:
        arn = replicate(west, source)
        found = west.describe_db_instance_automated_backups(DBInstanceAutomatedBackupsArn=arn)
        return [one["Status"] for one in found["DBInstanceAutomatedBackups"]] == ["replicating"]

    return unsupported(works)


def replicate(west: Any, source: dict[str, Any]) -> str:
    started = west.start_db_instance_automated_backups_replication(
        SourceDBInstanceArn=source["DBInstanceArn"], BackupRetentionPeriod=7
    )
    return str(started["DBInstanceAutomatedBackup"]["DBInstanceAutomatedBackupsArn"])


def patch_option_groups() -> None:
    make = DBInstance.__init__

    def make_with_option_group(self: DBInstance, *args: Any, **kwargs: Any) -> None:
        if (kwargs.get("option_group_name") or "").startswith("default:"):
            kwargs["option_group_name"] = None
        make(self, *args, **kwargs)

    DBInstance.__init__ = make_with_option_group


def probe_option_groups(clients: Clients) -> bool:
    source = make_instance(clients, "probe-option-group")
    name = source["OptionGroupMemberships"][0]["OptionGroupName"]
    return unsupported(lambda: make_instance(clients, "probe-option-group-named", OptionGroupName=name) != {})


def patch_progress() -> None:
    DBSnapshot.percent_progress = 100


def probe_progress(clients: Clients) -> bool:
    make_instance(clients, "probe-progress")
    made = clients("rds").create_db_snapshot(DBInstanceIdentifier="probe-progress", DBSnapshotIdentifier="probe")
    return bool(made["DBSnapshot"].get("PercentProgress") != 100)


def patch_restore() -> None:
    restore = RDSBackend.restore_db_instance_to_point_in_time

    def restore_from_backup(
        self: RDSBackend, source_db_identifier: str | None, target_db_identifier: str, overrides: dict[str, Any]
    ) -> DBInstance:
        arn = overrides.get("source_db_instance_automated_backups_arn")
        if not arn:
            return restore(self, source_db_identifier, target_db_identifier, overrides)
        if arn not in replicas_in(self):
            raise backup_not_found(arn)
        backup = replicas_in(self)[arn]
        defaults = {"availability_zone": f"{self.region_name}a", "kms_key_id": backup.kms_key_id}
        identifier = backup.source.db_instance_identifier
        self.databases[arn] = backup.source
        try:
            return restore(self, identifier, target_db_identifier, {**defaults, **overrides})
        finally:
            del self.databases[arn]

    RDSBackend.restore_db_instance_to_point_in_time = restore_from_backup


def probe_restore(clients: Clients) -> bool:
    source = make_instance(clients, "probe-restored", BackupRetentionPeriod=7)
    west = clients("rds", "us-west-2")

    def works() -> bool:
        restored = west.restore_db_instance_to_point_in_time(
            SourceDBInstanceAutomatedBackupsArn=replicate(west, source),
            TargetDBInstanceIdentifier="probe-restore",
            UseLatestRestorableTime=True,
        )
        return bool(restored["DBInstance"]["DBInstanceArn"].split(":")[3] == "us-west-2")

    return unsupported(works)


# RDS chooses one at random.
MAINTENANCE_WINDOW = "wed:02:40-wed:03:10"


def patch_restored_settings() -> None:
    restore = RDSBackend.restore_db_instance_to_point_in_time

    def restore_with_defaults(
        self: RDSBackend, source_db_identifier: str | None, target_db_identifier: str, overrides: dict[str, Any]
    ) -> DBInstance:
        made = restore(self, source_db_identifier, target_db_identifier, overrides)
        made.source_db_instance_identifier = None
        made.multi_az = bool(overrides.get("multi_az"))
        made.monitoring_interval, made.monitoring_role_arn = 0, None
        made.database_insights_mode = "standard"
        made.preferred_maintenance_window = MAINTENANCE_WINDOW
        made.performance_insights_enabled = False
        made.performance_insights_kms_key_id = made.performance_insights_retention_period = None
        keep_settings(made, overrides)
        return made

    RDSBackend.restore_db_instance_to_point_in_time = restore_with_defaults


def probe_restored_settings(clients: Clients) -> bool:
    make_instance(clients, "probe-zones", MultiAZ=True, PreferredMaintenanceWindow="sun:08:00-sun:09:00")
    restored = clients("rds").restore_db_instance_to_point_in_time(
        SourceDBInstanceIdentifier="probe-zones",
        TargetDBInstanceIdentifier="probe-zone",
        UseLatestRestorableTime=True,
    )
    made = restored["DBInstance"]
    return bool(made["MultiAZ"] or made["PreferredMaintenanceWindow"] != MAINTENANCE_WINDOW)


API = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference"

GAPS = [
    Gap(
        service="rds",
        gap="The default option group of an engine, which each instance returns, cannot be named in a restore.",
        page="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithOptionGroups.html",
        patch=patch_option_groups,
        probe=probe_option_groups,
    ),
    Gap(
        service="rds",
        gap="A snapshot that is available has no progress.",
        page=f"{API}/API_DBSnapshot.html",
        patch=patch_progress,
        probe=probe_progress,
    ),
    Gap(
        service="rds",
        gap="Automated backups have no restore window, and cannot be replicated to another region.",
        page=f"{API}/API_StartDBInstanceAutomatedBackupsReplication.html",
        patch=patch_replication,
        probe=probe_replication,
    ),
    Gap(
        service="rds",
        gap="A restore cannot name a replicated backup as its source.",
        page=f"{API}/API_RestoreDBInstanceToPointInTime.html",
        patch=patch_restore,
        probe=probe_restore,
    ),
    Gap(
        service="rds",
        gap="A restored instance is a replica, with Multi-AZ, monitoring, maintenance and Performance Insights of its source.",
        page=f"{API}/API_RestoreDBInstanceToPointInTime.html",
        patch=patch_restored_settings,
        probe=probe_restored_settings,
    ),
]
