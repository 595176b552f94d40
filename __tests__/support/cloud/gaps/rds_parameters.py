"""RDS: which parameters of PostgreSQL are static, and what a parameter group returns of those that are at their default."""

from __future__ import annotations

from typing import Any

from moto.rds.exceptions import RDSClientError
from moto.rds.models import DBParameterGroup

from gap import Clients, Gap, accepts

# The first version that has the value as its default.
DEFAULTS = {("rds.force_ssl", "0"): 0, ("rds.force_ssl", "1"): 15, ("password_encryption", "scram-sha-256"): 14}

# The first version in which the parameter is dynamic; one that is not here always is.
DYNAMIC_FROM = {"rds.force_ssl": 15, "shared_preload_libraries": float("inf")}


def version_of(group: DBParameterGroup) -> int:
    """15 of `postgres15`; 0 of the families of other engines."""
    family = group.family or ""
    return int(family.removeprefix("postgres")) if family.removeprefix("postgres").isdecimal() else 0


def is_default(group: DBParameterGroup, parameter: dict[str, Any]) -> bool:
    name, value = parameter["ParameterName"], parameter["ParameterValue"]
    versions = {of: version for (one, of), version in DEFAULTS.items() if one == name and version <= version_of(group)}
    return bool(versions) and max(versions, key=lambda of: versions[of]) == value


def patch_static() -> None:
    update = DBParameterGroup.update_parameters

    def update_checked(self: DBParameterGroup, parameters: list[dict[str, Any]]) -> None:
        version = version_of(self)
        for parameter in parameters:
            static = 0 < version < DYNAMIC_FROM.get(parameter["ParameterName"], 0)
            if static and parameter["ApplyMethod"] == "immediate":
                reason = "cannot use immediate apply method for static parameter"
                raise RDSClientError("InvalidParameterCombination", reason)
        update(self, parameters)

    DBParameterGroup.update_parameters = update_checked


def patch_defaults() -> None:
    update = DBParameterGroup.update_parameters

    def update_changed(self: DBParameterGroup, parameters: list[dict[str, Any]]) -> None:
        update(self, parameters)
        for parameter in parameters:
            if is_default(self, parameter):
                kept = self.parameters[parameter["ParameterName"]]
                kept.update({"Source": "system", "ApplyMethod": "pending-reboot"})

    DBParameterGroup.update_parameters = update_changed


def probe_static(clients: Clients) -> bool:
    return accepts("InvalidParameterCombination", lambda: set_immediately(clients, "postgres14"))


def probe_defaults(clients: Clients) -> bool:
    set_immediately(clients, "postgres15")
    found = clients("rds").describe_db_parameters(DBParameterGroupName="probe-postgres15")["Parameters"]
    return [(one.get("Source"), one["ApplyMethod"]) for one in found] != [("system", "pending-reboot")]


def set_immediately(clients: Clients, family: str) -> None:
    rds, name = clients("rds"), f"probe-{family}"
    rds.create_db_parameter_group(DBParameterGroupName=name, DBParameterGroupFamily=family, Description="probe")
    parameter = {"ParameterName": "rds.force_ssl", "ParameterValue": "1", "ApplyMethod": "immediate"}
    rds.modify_db_parameter_group(DBParameterGroupName=name, Parameters=[parameter])


PAGE = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html"

GAPS = [
    Gap(
        service="rds",
        gap="A static parameter of PostgreSQL is set with the apply method immediate.",
        page=PAGE,
        patch=patch_static,
        probe=probe_static,
    ),
    Gap(
        service="rds",
        gap="A parameter that is set to the default of its version is returned as changed by the user.",
        page=PAGE,
        patch=patch_defaults,
        probe=probe_defaults,
    ),
]
