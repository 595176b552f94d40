"""App Runner: services, VPC connectors, and the revisions of configurations."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.iam.models import iam_backends
from moto.kms.models import kms_backends
from moto.moto_api._internal import mock_random

from gap import Clients, Gap, unsupported
from log_groups import ensure_log_group
from policies import permits
from services import SERVICES, Refusal, Resource, Service

# Memory in MiB by CPU units: https://docs.aws.amazon.com/apprunner/latest/dg/manage-configure.html
SIZES = {
    "256": ["512", "1024"],
    "512": ["1024"],
    "1024": ["2048", "3072", "4096"],
    "2048": ["4096", "6144"],
    "4096": ["8192", "10240", "12288"],
}

DEFAULTS = {"MaxConcurrency": 100, "MinSize": 1, "MaxSize": 25}


class AppRunnerResponse(Service):
    model = "apprunner"
    invalid = "InvalidRequestException"

    def create_vpc_connector(self) -> ActionResult:
        request = self.request()
        self.check_network(request["Subnets"], request.get("SecurityGroups", []))
        return ActionResult({"VpcConnector": self.revise("VpcConnector", request)})

    def create_auto_scaling_configuration(self) -> ActionResult:
        request = {**DEFAULTS, **self.request()}
        if request["MinSize"] > request["MaxSize"]:
            refuse(f"MinSize {request['MinSize']} is greater than MaxSize {request['MaxSize']}")
        # The model writes states in capitals. The service writes these in small letters: Terraform waits for "active".
        return ActionResult({"AutoScalingConfiguration": self.revise("AutoScalingConfiguration", request, "active")})

    def create_observability_configuration(self) -> ActionResult:
        return ActionResult({"ObservabilityConfiguration": self.revise("ObservabilityConfiguration", self.request())})

    def describe_vpc_connector(self) -> ActionResult:
        return self.describe("VpcConnector")

    def describe_auto_scaling_configuration(self) -> ActionResult:
        return self.describe("AutoScalingConfiguration")

    def describe_observability_configuration(self) -> ActionResult:
        return self.describe("ObservabilityConfiguration")

    def describe_service(self) -> ActionResult:
        return self.describe("Service")

    def delete_vpc_connector(self) -> ActionResult:
        return self.deactivate("VpcConnector")

    def delete_auto_scaling_configuration(self) -> ActionResult:
        return self.deactivate("AutoScalingConfiguration")

    def delete_observability_configuration(self) -> ActionResult:
        return self.deactivate("ObservabilityConfiguration")

    def create_service(self) -> ActionResult:
        request = self.request()
        name = request["ServiceName"]
        if any(one["ServiceName"] == name for one in self.services()):
            refuse(f"Service with the provided name already exists: {name}.")
        if "EncryptionConfiguration" in request:
            kms_backends[self.current_account][self.region].describe_key(request["EncryptionConfiguration"]["KmsKey"])
        identifier = mock_random.get_random_hex(32)
        arn = f"arn:{self.partition}:apprunner:{self.region}:{self.current_account}:service/{name}/{identifier}"
        host = f"{mock_random.get_random_hex(10)}.{self.region}.awsapprunner.com"
        made = {"ServiceArn": arn, "ServiceId": identifier, "ServiceUrl": host, "CreatedAt": utcnow()}
        service = self.with_settings({**made, "Status": "RUNNING"}, request)
        self.store[arn] = Resource(service, tags_of(request))
        for log in ("application", "service"):
            ensure_log_group(self.current_account, self.region, f"/aws/apprunner/{name}/{identifier}/{log}")
        return ActionResult({"Service": service, "OperationId": str(mock_random.uuid4())})

    def update_service(self) -> ActionResult:
        request = self.request()
        stored = self.known(request["ServiceArn"], "Service")
        stored.settings = self.with_settings(stored.settings, request)
        return ActionResult({"Service": stored.settings, "OperationId": str(mock_random.uuid4())})

    def delete_service(self) -> ActionResult:
        service = self.known(self.request()["ServiceArn"], "Service").settings
        service.update(Status="DELETED", DeletedAt=utcnow())
        return ActionResult({"Service": service, "OperationId": str(mock_random.uuid4())})

    def list_tags_for_resource(self) -> ActionResult:
        tags = self.stored(self.request()["ResourceArn"]).tags
        return ActionResult({"Tags": [{"Key": key, "Value": value} for key, value in tags.items()]})

    def tag_resource(self) -> ActionResult:
        request = self.request()
        self.stored(request["ResourceArn"]).tags.update(tags_of(request))
        return EmptyResult()

    def untag_resource(self) -> ActionResult:
        request = self.request()
        for key in request["TagKeys"]:
            self.stored(request["ResourceArn"]).tags.pop(key, None)
        return EmptyResult()

    def services(self) -> list[dict[str, Any]]:
        stored = [one.settings for one in self.store.values()]
        return [one for one in stored if "ServiceArn" in one and one["Status"] != "DELETED"]

    def with_settings(self, service: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
        """The service with the settings of a request, which are checked."""
        changed = {**service, **request, "UpdatedAt": utcnow()}
        changed.pop("Tags", None)
        configuration = self.known(changed["AutoScalingConfigurationArn"], "AutoScalingConfiguration").settings
        instance, network = changed["InstanceConfiguration"], changed["NetworkConfiguration"]
        if instance["Memory"] not in SIZES.get(instance["Cpu"], []):
            refuse(f"Memory {instance['Memory']} is not supported with CPU {instance['Cpu']}")
        egress = network["EgressConfiguration"]
        if egress["EgressType"] == "VPC":
            self.known(egress["VpcConnectorArn"], "VpcConnector")
        observability = changed.get("ObservabilityConfiguration", {"ObservabilityEnabled": False})
        if observability["ObservabilityEnabled"]:
            self.known(observability["ObservabilityConfigurationArn"], "ObservabilityConfiguration")
        access = changed["SourceConfiguration"].get("AuthenticationConfiguration", {}).get("AccessRoleArn")
        self.check_role(access, "build.apprunner.amazonaws.com")
        self.check_role(instance.get("InstanceRoleArn"), "tasks.apprunner.amazonaws.com")
        names = ["Arn", "Name", "Revision"]
        summary = {f"AutoScalingConfiguration{one}": configuration[f"AutoScalingConfiguration{one}"] for one in names}
        return {**changed, "AutoScalingConfigurationSummary": summary}

    def check_role(self, arn: str | None, service: str) -> None:
        roles = {role.arn: role for role in iam_backends[self.current_account]["aws"].roles.values()}
        trust = roles[arn].assume_role_policy_document if arn in roles else None
        if arn and not permits(trust, "sts:AssumeRole", "*", service):
            refuse(f"Error in assuming access role {arn}")

    def check_network(self, subnets: list[str], groups: list[str]) -> None:
        ec2 = ec2_backends[self.current_account][self.region]
        networks = {one.vpc_id for one in ec2.describe_subnets(subnet_ids=subnets)}
        networks |= {one.vpc_id for one in ec2.describe_security_groups(group_ids=groups)} if groups else set()
        if len(networks) != 1:
            refuse("All subnets and security groups have to be in one VPC")

    def revise(self, kind: str, request: dict[str, Any], state: str = "ACTIVE") -> dict[str, Any]:
        """Another revision of what has the name."""
        name = request[f"{kind}Name"]
        same = [one.settings for one in self.store.values() if one.settings.get(f"{kind}Name") == name]
        for one in same:
            one["Latest"] = False
        place = f"arn:{self.partition}:apprunner:{self.region}:{self.current_account}:{kind.lower()}"
        revision = len(same) + 1
        made = {
            **{key: value for key, value in request.items() if key != "Tags"},
            f"{kind}Arn": f"{place}/{name}/{revision}/{mock_random.get_random_hex(32)}",
            f"{kind}Revision": revision,
            "Latest": True,
            "Status": state,
            "CreatedAt": utcnow(),
        }
        self.store[made[f"{kind}Arn"]] = Resource(made, tags_of(request))
        return made

    def describe(self, kind: str) -> ActionResult:
        return ActionResult({kind: self.stored(self.request()[f"{kind}Arn"]).settings})

    def deactivate(self, kind: str) -> ActionResult:
        arn = self.request()[f"{kind}Arn"]
        stored = self.known(arn, kind).settings
        if any(arn in json.dumps(service, default=str) for service in self.services()):
            refuse(f"{arn} is used by a service")
        stored.update(Status="inactive" if stored["Status"] == "active" else "INACTIVE", DeletedAt=utcnow())
        return ActionResult({kind: stored})

    def stored(self, arn: str) -> Resource:
        if arn not in self.store:
            raise Refusal("ResourceNotFoundException", f"No resource found for {arn}")
        return self.store[arn]

    def known(self, arn: str, kind: str) -> Resource:
        found = self.stored(arn)
        if f"{kind}Arn" not in found.settings or found.settings["Status"].upper() in ("INACTIVE", "DELETED"):
            refuse(f"{arn} is not an active {kind}")
        return found


def refuse(message: str) -> NoReturn:
    raise Refusal("InvalidRequestException", message)


def tags_of(request: dict[str, Any]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in request.get("Tags", [])}


def patch_service() -> None:
    SERVICES["apprunner"] = AppRunnerResponse


def probe_service(clients: Clients) -> bool:
    apprunner, iam = clients("apprunner"), clients("iam")
    trust = {"Effect": "Allow", "Principal": {"Service": "build.apprunner.amazonaws.com"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    role = iam.create_role(RoleName="probe-apprunner", AssumeRolePolicyDocument=document)["Role"]["Arn"]

    def works() -> bool:
        scaling = [
            apprunner.create_auto_scaling_configuration(AutoScalingConfigurationName="probe", MaxSize=size)
            for size in (2, 3)
        ]
        arns = [one["AutoScalingConfiguration"]["AutoScalingConfigurationArn"] for one in scaling]
        image = {
            "ImageIdentifier": "111111111111.dkr.ecr.us-east-1.amazonaws.com/probe:initial",
            "ImageRepositoryType": "ECR",
        }
        made = apprunner.create_service(
            ServiceName="probe",
            SourceConfiguration={"ImageRepository": image, "AuthenticationConfiguration": {"AccessRoleArn": role}},
            InstanceConfiguration={"Cpu": "256", "Memory": "512"},
            NetworkConfiguration={"EgressConfiguration": {"EgressType": "DEFAULT"}},
            AutoScalingConfigurationArn=arns[0],
        )
        arn = made["Service"]["ServiceArn"]
        apprunner.update_service(ServiceArn=arn, AutoScalingConfigurationArn=arns[1])
        changed = apprunner.describe_service(ServiceArn=arn)["Service"]
        apprunner.delete_auto_scaling_configuration(AutoScalingConfigurationArn=arns[0])
        apprunner.delete_service(ServiceArn=arn)
        gone = apprunner.describe_service(ServiceArn=arn)["Service"]
        summary = changed["AutoScalingConfigurationSummary"]
        return (summary["AutoScalingConfigurationRevision"], gone["Status"]) == (2, "DELETED")

    return unsupported(works)


GAPS = [
    Gap(
        service="apprunner",
        gap="There are no services, VPC connectors and configurations.",
        page="https://docs.aws.amazon.com/apprunner/latest/api/Welcome.html",
        patch=patch_service,
        probe=probe_service,
    ),
]
