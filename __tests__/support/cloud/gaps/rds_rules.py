"""RDS: the role of enhanced monitoring, and log groups that RDS makes."""

from __future__ import annotations

import json
from typing import Any

from moto.iam.exceptions import NotFoundException
from moto.iam.models import iam_backends
from moto.rds.exceptions import RDSClientError
from moto.rds.models import DBInstance, RDSBackend

from gap import Clients, Gap, accepts
from gaps.rds import make_instance
from log_groups import ensure_log_group
from policies import permits

MONITORING = "monitoring.rds.amazonaws.com"
MONITORING_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"


def patch_monitoring() -> None:
    create = RDSBackend.create_db_instance

    def create_permitted(self: RDSBackend, db_kwargs: dict[str, Any]) -> DBInstance:
        role = db_kwargs.get("monitoring_role_arn")
        if role and not may_monitor(self, role):
            reason = "IAM role ARN value is invalid or does not include the required permissions for"
            raise RDSClientError("InvalidParameterValue", f"{reason}: ENHANCED_MONITORING")
        return create(self, db_kwargs)

    RDSBackend.create_db_instance = create_permitted


def may_monitor(backend: RDSBackend, arn: str) -> bool:
    try:
        role = iam_backends[backend.account_id][backend.partition].get_role_by_arn(arn)
    except NotFoundException:
        return False
    attached = [version for policy in role.managed_policies.values() for version in policy.versions]
    documents = [*role.policies.values(), *(version.document for version in attached if version.is_default)]
    group = f"arn:{backend.partition}:logs:{backend.region_name}:{backend.account_id}:log-group:RDSOSMetrics"
    return permits(role.assume_role_policy_document, "sts:AssumeRole", "*", MONITORING) and any(
        permits(document, "logs:CreateLogGroup", group) for document in documents
    )


def probe_monitoring(clients: Clients) -> bool:
    iam = clients("iam")
    trust = {"Effect": "Allow", "Principal": {"Service": MONITORING}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    role = iam.create_role(RoleName="probe-monitoring", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    settings = {"MonitoringInterval": 60, "MonitoringRoleArn": role}
    accepted = accepts("InvalidParameterValue", lambda: make_instance(clients, "probe-monitoring", **settings))
    iam.attach_role_policy(RoleName="probe-monitoring", PolicyArn=MONITORING_POLICY)
    make_instance(clients, "probe-monitored", **settings)
    return accepted


def patch_log_groups() -> None:
    create = RDSBackend.create_db_instance

    def create_with_log_groups(self: RDSBackend, db_kwargs: dict[str, Any]) -> DBInstance:
        made = create(self, db_kwargs)
        for export in made.enabled_cloudwatch_logs_exports:
            name = f"/aws/rds/instance/{made.db_instance_identifier}/{export}"
            ensure_log_group(self.account_id, self.region_name, name)
        return made

    RDSBackend.create_db_instance = create_with_log_groups


def probe_log_groups(clients: Clients) -> bool:
    make_instance(clients, "probe-logs", EnableCloudwatchLogsExports=["postgresql"])
    found = clients("logs").describe_log_groups(logGroupNamePrefix="/aws/rds/instance/probe-logs/")["logGroups"]
    return [one["logGroupName"] for one in found] != ["/aws/rds/instance/probe-logs/postgresql"]


GAPS = [
    Gap(
        service="rds",
        gap="Accepts enhanced monitoring with a role that may not send metrics.",
        page="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html",
        patch=patch_monitoring,
        probe=probe_monitoring,
    ),
    Gap(
        service="rds",
        gap="An instance with log exports does not make its log groups when they are not there yet.",
        page="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html",
        patch=patch_log_groups,
        probe=probe_log_groups,
    ),
]
