"""RDS: settings of Aurora clusters."""

from __future__ import annotations

from typing import Any

from moto.rds.models import DBCluster, RDSBackend

from gap import Clients, Gap
from gaps.rds import SETTINGS, keep_settings
from log_groups import ensure_log_group

WINDOWS = ("preferred_backup_window", "preferred_maintenance_window")


def patch_settings() -> None:
    make, modify = DBCluster.__init__, RDSBackend.modify_db_cluster
    scaling = DBCluster.scaling_configuration_info.fget

    def make_with_settings(self: DBCluster, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        self.database_insights_mode = "standard"
        self.engine_lifecycle_support = "open-source-rds-extended-support"
        keep_settings(self, kwargs)
        for window in WINDOWS:
            setattr(self, window, getattr(self, window).lower())
        if self.engine.startswith("aurora") and kwargs.get("storage_type") is None:
            self.storage_type = None

    def modify_with_settings(self: RDSBackend, kwargs: dict[str, Any]) -> DBCluster:
        cluster = self.clusters[kwargs["db_cluster_identifier"]]
        keep_settings(cluster, {name: kwargs.get(name) for name in SETTINGS})
        return modify(self, kwargs)

    def scaling_of_first_version(self: DBCluster) -> dict[str, Any] | None:
        return scaling(self) if self.scaling_configuration else None

    DBCluster.__init__ = make_with_settings
    RDSBackend.modify_db_cluster = modify_with_settings
    DBCluster.scaling_configuration_info = property(scaling_of_first_version)


def probe_settings(clients: Clients) -> bool:
    wanted = {
        "DatabaseInsightsMode": "advanced",
        "EngineLifecycleSupport": "open-source-rds-extended-support-disabled",
        "PerformanceInsightsEnabled": True,
        "PerformanceInsightsRetentionPeriod": 465,
        "PreferredMaintenanceWindow": "sun:08:00-sun:09:00",
        "ScalingConfigurationInfo": None,
        "StorageType": None,
    }
    cluster = make_cluster(
        clients,
        "probe-cluster-settings",
        DatabaseInsightsMode="advanced",
        EnablePerformanceInsights=True,
        EngineLifecycleSupport="open-source-rds-extended-support-disabled",
        PerformanceInsightsRetentionPeriod=465,
        PreferredMaintenanceWindow="Sun:08:00-Sun:09:00",
    )
    return any(cluster.get(name) != value for name, value in wanted.items())


def make_cluster(clients: Clients, name: str, **settings: Any) -> dict[str, Any]:
    made: dict[str, Any] = clients("rds").create_db_cluster(
        DBClusterIdentifier=name,
        Engine="aurora-postgresql",
        EngineVersion="16.8",
        MasterUsername="owner",
        MasterUserPassword="not-a-secret",
        **settings,
    )
    return made["DBCluster"]


def patch_log_groups() -> None:
    create = RDSBackend.create_db_cluster

    def create_with_log_groups(self: RDSBackend, kwargs: dict[str, Any]) -> DBCluster:
        made = create(self, kwargs)
        for export in made.enabled_cloudwatch_logs_exports:
            name = f"/aws/rds/cluster/{made.db_cluster_identifier}/{export}"
            ensure_log_group(self.account_id, self.region_name, name)
        return made

    RDSBackend.create_db_cluster = create_with_log_groups


def probe_log_groups(clients: Clients) -> bool:
    make_cluster(clients, "probe-cluster-logs", EnableCloudwatchLogsExports=["postgresql"])
    found = clients("logs").describe_log_groups(logGroupNamePrefix="/aws/rds/cluster/probe-cluster-logs/")["logGroups"]
    return [one["logGroupName"] for one in found] != ["/aws/rds/cluster/probe-cluster-logs/postgresql"]


GAPS = [
    Gap(
        service="rds",
        gap="Settings of a cluster are dropped or returned in another form: Database Insights, lifecycle support, windows, storage.",
        page="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html",
        patch=patch_settings,
        probe=probe_settings,
    ),
    Gap(
        service="rds",
        gap="A cluster with log exports does not make its log groups when they are not there yet.",
        page="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.CloudWatch.html",
        patch=patch_log_groups,
        probe=probe_log_groups,
    ),
]
