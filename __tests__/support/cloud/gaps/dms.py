"""DMS: certificates, the subnets and tags of subnet groups, and times."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.dms.exceptions import ResourceAlreadyExistsFault, ResourceNotFoundFault
from moto.dms.models import (
    DatabaseMigrationServiceBackend,
    Endpoint,
    FakeReplicationInstance,
    FakeReplicationSubnetGroup,
    FakeReplicationTask,
)
from moto.dms.responses import DatabaseMigrationServiceResponse
from moto.ec2.models import ec2_backends

from gap import Clients, Gap, unsupported

Described = dict[str, Any]


def certificates_of(backend: DatabaseMigrationServiceBackend) -> dict[str, Described]:
    certificates: dict[str, Described] = backend.__dict__.setdefault("certificates", {})
    return certificates


def import_certificate(self: DatabaseMigrationServiceResponse) -> ActionResult:
    backend = self.dms_backend
    name = self._get_param("CertificateIdentifier")
    if name in certificates_of(backend):
        raise ResourceAlreadyExistsFault("The certificate already exists.")
    arn = f"arn:{self.partition}:dms:{self.region}:{self.current_account}:cert:{name.upper()}"
    certificates_of(backend)[arn] = {
        "CertificateIdentifier": name,
        "CertificateArn": arn,
        "CertificatePem": self._get_param("CertificatePem"),
        "CertificateOwner": self.current_account,
        "CertificateCreationDate": utcnow(),
    }
    backend.tagger.tag_resource(arn, self._get_param("Tags") or [])
    return ActionResult({"Certificate": certificates_of(backend)[arn]})


def describe_certificates(self: DatabaseMigrationServiceResponse) -> ActionResult:
    found = list(certificates_of(self.dms_backend).values())
    members = {"certificate-arn": "CertificateArn", "certificate-id": "CertificateIdentifier"}
    for wanted in self._get_param("Filters") or []:
        found = [one for one in found if one[members[wanted["Name"]]] in wanted["Values"]]
    if not found:
        raise ResourceNotFoundFault("Certificate could not be found.")
    return ActionResult({"Certificates": found})


def delete_certificate(self: DatabaseMigrationServiceResponse) -> ActionResult:
    certificate = certificates_of(self.dms_backend).pop(self._get_param("CertificateArn"), None)
    if certificate is None:
        raise ResourceNotFoundFault("Certificate could not be found.")
    return ActionResult({"Certificate": certificate})


def patch_certificates() -> None:
    for action in (import_certificate, describe_certificates, delete_certificate):
        setattr(DatabaseMigrationServiceResponse, action.__name__, action)


def probe_certificates(clients: Clients) -> bool:
    dms = clients("dms")

    def keeps() -> bool:
        arn = dms.import_certificate(CertificateIdentifier="probe", CertificatePem="pem")["Certificate"]["CertificateArn"]
        wanted = [{"Name": "certificate-id", "Values": ["probe"]}]
        kept = dms.describe_certificates(Filters=wanted)["Certificates"][0]["CertificatePem"]
        dms.delete_certificate(CertificateArn=arn)
        return bool(kept == "pem")

    return unsupported(keeps)


def patch_subnet_groups() -> None:
    create = DatabaseMigrationServiceBackend.create_replication_subnet_group
    describe = FakeReplicationSubnetGroup.to_dict

    def create_in_subnets(
        self: DatabaseMigrationServiceBackend,
        replication_subnet_group_identifier: str,
        replication_subnet_group_description: str,
        subnet_ids: list[str],
        tags: list[dict[str, str]] | None = None,
    ) -> FakeReplicationSubnetGroup:
        name = replication_subnet_group_identifier
        group = create(self, name, replication_subnet_group_description, subnet_ids)
        ec2 = ec2_backends[self.account_id][self.region_name]
        group.subnets = [ec2.get_subnet(subnet_id) for subnet_id in subnet_ids]
        self.tagger.tag_resource(f"arn:{self.partition}:dms:{self.region_name}:{self.account_id}:subgrp:{name}", tags or [])
        return group

    def describe_subnets(self: FakeReplicationSubnetGroup) -> Described:
        subnets = [
            {
                "SubnetIdentifier": subnet.id,
                "SubnetAvailabilityZone": {"Name": subnet.availability_zone},
                "SubnetStatus": "Active",
            }
            for subnet in self.subnets
        ]
        return {**describe(self), "VpcId": self.subnets[0].vpc_id, "Subnets": subnets}

    DatabaseMigrationServiceBackend.create_replication_subnet_group = create_in_subnets
    FakeReplicationSubnetGroup.to_dict = describe_subnets


def probe_subnet_groups(clients: Clients) -> bool:
    ec2 = clients("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.9.1.0/24")["Subnet"]["SubnetId"]
    dms = clients("dms")
    group = dms.create_replication_subnet_group(
        ReplicationSubnetGroupIdentifier="probe", ReplicationSubnetGroupDescription="probe", SubnetIds=[subnet]
    )["ReplicationSubnetGroup"]
    dms.delete_replication_subnet_group(ReplicationSubnetGroupIdentifier="probe")
    return bool(group["VpcId"] != vpc or group["Subnets"][0]["SubnetIdentifier"] != subnet)


def patch_times() -> None:
    for model in (FakeReplicationInstance, FakeReplicationTask):
        model.to_dict = with_times(model.to_dict)


def with_times(describe: Callable[[Any], Described]) -> Callable[[Any], Described]:
    """JSON protocols have times as seconds."""
    return lambda self: {name: as_seconds(name, value) for name, value in describe(self).items()}


def as_seconds(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {member: as_seconds(member, one) for member, one in value.items()}
    is_time = isinstance(value, str) and name.endswith(("Date", "Time"))
    return datetime.fromisoformat(value).timestamp() if is_time else value


def probe_times(clients: Clients) -> bool:
    """Looks at the answer itself, because boto3 takes texts, too."""
    dms = clients("dms")
    bodies: list[Described] = []
    dms.meta.events.register(
        "response-received", lambda response_dict, **_: bodies.append(json.loads(response_dict["body"]))
    )
    made = dms.create_replication_instance(
        ReplicationInstanceIdentifier="probe-times", ReplicationInstanceClass="dms.t3.micro"
    )["ReplicationInstance"]
    dms.delete_replication_instance(ReplicationInstanceArn=made["ReplicationInstanceArn"])
    return isinstance(bodies[0]["ReplicationInstance"]["InstanceCreateTime"], str)


def patch_ready_tasks() -> None:
    create = DatabaseMigrationServiceBackend.create_replication_task

    def create_ready(self: DatabaseMigrationServiceBackend, *arguments: Any, **named: Any) -> FakeReplicationTask:
        return create(self, *arguments, **named).ready()

    DatabaseMigrationServiceBackend.create_replication_task = create_ready


def probe_ready_tasks(clients: Clients) -> bool:
    dms = clients("dms")
    task = dms.create_replication_task(
        ReplicationTaskIdentifier="probe-ready",
        SourceEndpointArn="source",
        TargetEndpointArn="target",
        ReplicationInstanceArn="instance",
        MigrationType="full-load",
        TableMappings="{}",
    )["ReplicationTask"]
    dms.delete_replication_task(ReplicationTaskArn=task["ReplicationTaskArn"])
    return bool(task["Status"] != "ready")


SETTINGS = ("MySQLSettings", "PostgreSQLSettings", "MicrosoftSQLServerSettings", "OracleSettings")


def patch_database_names() -> None:
    describe = Endpoint.to_dict

    def describe_with_name(self: Endpoint) -> Described:
        described = describe(self)
        name = described.get("DatabaseName")
        settings = {one: {**described[one], "DatabaseName": name} for one in SETTINGS if described.get(one)}
        return {**described, **settings} if name else described

    Endpoint.to_dict = describe_with_name


def probe_database_names(clients: Clients) -> bool:
    dms = clients("dms")
    made = dms.create_endpoint(
        EndpointIdentifier="probe",
        EndpointType="source",
        EngineName="mysql",
        DatabaseName="probe",
        MySQLSettings={"SecretsManagerSecretId": "probe"},
    )["Endpoint"]
    dms.delete_endpoint(EndpointArn=made["EndpointArn"])
    return bool(made["MySQLSettings"].get("DatabaseName") != "probe")


API = "https://docs.aws.amazon.com/dms/latest/APIReference"

GAPS = [
    Gap(
        service="dms",
        gap="Certificates cannot be imported.",
        page=f"{API}/API_ImportCertificate.html",
        patch=patch_certificates,
        probe=probe_certificates,
    ),
    Gap(
        service="dms",
        gap="A subnet group has an example as its only subnet.",
        page=f"{API}/API_CreateReplicationSubnetGroup.html",
        patch=patch_subnet_groups,
        probe=probe_subnet_groups,
    ),
    Gap(
        service="dms",
        gap="Times are texts, which SDKs other than boto3 refuse.",
        page=f"{API}/API_ReplicationInstance.html",
        patch=patch_times,
        probe=probe_times,
    ),
    Gap(
        service="dms",
        gap="A task is never ready.",
        page=f"{API}/API_CreateReplicationTask.html",
        patch=patch_ready_tasks,
        probe=probe_ready_tasks,
    ),
    Gap(
        service="dms",
        gap="The settings of an endpoint's engine lack the name of the database.",
        page=f"{API}/API_CreateEndpoint.html",
        patch=patch_database_names,
        probe=probe_database_names,
    ),
]
