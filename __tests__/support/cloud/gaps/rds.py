"""RDS: settings of instances and parameters of parameter groups."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.moto_api._internal import mock_random
from moto.rds.models import DBCluster, DBInstance, DBParameterGroup
from moto.rds.responses import RDSResponse

from gap import Clients, Gap, unsupported

# Argument of CreateDBInstance and ModifyDBInstance, and the attribute that DescribeDBInstances returns.
SETTINGS = {
    "database_insights_mode": "database_insights_mode",
    "enable_performance_insights": "performance_insights_enabled",
    "engine_lifecycle_support": "engine_lifecycle_support",
    "performance_insights_kms_key_id": "performance_insights_kms_key_id",
    "performance_insights_retention_period": "performance_insights_retention_period",
}


def patch_settings() -> None:
    make, update = DBInstance.__init__, DBInstance.update

    def make_with_settings(self: DBInstance, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        self.performance_insights_enabled = False
        self.engine_lifecycle_support = "open-source-rds-extended-support"
        keep_settings(self, kwargs)

    def update_with_settings(self: DBInstance, *args: Any, **kwargs: Any) -> None:
        update(self, *args, **kwargs)
        keep_settings(self, kwargs)

    DBInstance.__init__ = make_with_settings
    DBInstance.update = update_with_settings


def keep_settings(instance: DBInstance | DBCluster, arguments: dict[str, Any]) -> None:
    for argument, attribute in SETTINGS.items():
        if arguments.get(argument) is not None:
            setattr(instance, attribute, arguments[argument])


def probe_settings(clients: Clients) -> bool:
    instance = make_instance(
        clients,
        "probe-settings",
        EnablePerformanceInsights=True,
        PerformanceInsightsRetentionPeriod=7,
        DatabaseInsightsMode="standard",
        EngineLifecycleSupport="open-source-rds-extended-support-disabled",
    )
    wanted = {
        "PerformanceInsightsEnabled": True,
        "PerformanceInsightsRetentionPeriod": 7,
        "DatabaseInsightsMode": "standard",
        "EngineLifecycleSupport": "open-source-rds-extended-support-disabled",
    }
    return any(instance.get(name) != value for name, value in wanted.items())


def make_instance(clients: Clients, name: str, **settings: Any) -> dict[str, Any]:
    made: dict[str, Any] = clients("rds").create_db_instance(
        DBInstanceIdentifier=name,
        DBInstanceClass="db.t4g.micro",
        Engine="postgres",
        AllocatedStorage=20,
        MasterUsername="owner",
        MasterUserPassword="not-a-secret",
        **settings,
    )
    return made["DBInstance"]


def patch_resource_ids() -> None:
    make = DBInstance.__init__

    def make_with_id(self: DBInstance, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        self.dbi_resource_id = f"db-{mock_random.get_random_hex(26).upper()}"

    DBInstance.__init__ = make_with_id


def probe_resource_ids(clients: Clients) -> bool:
    instances = [make_instance(clients, f"probe-id-{number}") for number in (1, 2)]
    return bool(instances[0]["DbiResourceId"] == instances[1]["DbiResourceId"])


def patch_parameters() -> None:
    update = DBParameterGroup.update_parameters

    def update_by_user(self: DBParameterGroup, parameters: list[dict[str, Any]]) -> None:
        update(self, [{**parameter, "Source": "user"} for parameter in parameters])

    DBParameterGroup.update_parameters = update_by_user
    RDSResponse.reset_db_parameter_group = reset_db_parameter_group


def reset_db_parameter_group(self: RDSResponse) -> ActionResult:
    name = self.params["DBParameterGroupName"]
    group = self.backend.describe_db_parameter_groups({"db_parameter_group_name": name})[0]
    if self.params.get("ResetAllParameters"):
        group.parameters.clear()
    for parameter in self.params.get("Parameters", []):
        group.parameters.pop(parameter["ParameterName"], None)
    return ActionResult({"DBParameterGroupName": name})


def probe_parameters(clients: Clients) -> bool:
    rds = clients("rds")
    rds.create_db_parameter_group(
        DBParameterGroupName="probe", DBParameterGroupFamily="postgres17", Description="probe"
    )
    parameter = {"ParameterName": "log_connections", "ParameterValue": "1", "ApplyMethod": "immediate"}
    rds.modify_db_parameter_group(DBParameterGroupName="probe", Parameters=[parameter])
    found = rds.describe_db_parameters(DBParameterGroupName="probe")["Parameters"]
    return unsupported(
        lambda: [one.get("Source") for one in found] == ["user"]
        and rds.reset_db_parameter_group(DBParameterGroupName="probe", ResetAllParameters=True) != {}
        and rds.describe_db_parameters(DBParameterGroupName="probe")["Parameters"] == []
    )


API = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference"

GAPS = [
    Gap(
        service="rds",
        gap="Performance Insights, Database Insights and lifecycle support of an instance are dropped.",
        page=f"{API}/API_DBInstance.html",
        patch=patch_settings,
        probe=probe_settings,
    ),
    Gap(
        service="rds",
        gap="All instances have the same resource id.",
        page=f"{API}/API_DBInstance.html",
        patch=patch_resource_ids,
        probe=probe_resource_ids,
    ),
    Gap(
        service="rds",
        gap="Changed parameters do not have the source user, and cannot be reset.",
        page=f"{API}/API_Parameter.html",
        patch=patch_parameters,
        probe=probe_parameters,
    ),
]
