"""CodeDeploy: what has to be there before a deployment group of an ECS service."""

from __future__ import annotations

from typing import Any

from moto.codedeploy.models import CodeDeployBackend
from moto.core.exceptions import JsonRESTError
from moto.ecs.models import ecs_backends
from moto.elbv2.models import elbv2_backends
from moto.iam.models import iam_backends

from gap import Clients, Gap, accepts
from gaps.codedeploy import service_role


def patch_groups() -> None:
    create = CodeDeployBackend.create_deployment_group

    def create_complete(self: CodeDeployBackend, *args: Any, **kwargs: Any) -> str:
        check_role(self, kwargs["service_role_arn"])
        for service in kwargs.get("ecs_services") or []:
            check_service(self, service["clusterName"], service["serviceName"])
        for pair in (kwargs.get("load_balancer_info") or {}).get("targetGroupPairInfoList", []):
            check_pair(self, pair)
        return create(self, *args, **kwargs)

    CodeDeployBackend.create_deployment_group = create_complete


def check_role(backend: CodeDeployBackend, arn: str) -> None:
    if arn not in [role.arn for role in iam_backends[backend.account_id][backend.partition].get_roles()]:
        raise JsonRESTError("InvalidRoleException", "Cannot assume role provided.")


def check_service(backend: CodeDeployBackend, cluster: str, service: str) -> None:
    services = ecs_backends[backend.account_id][backend.region_name].services
    known = services.get(f"{cluster}:{service}")
    if known is None or known.status != "ACTIVE" or known.deployment_controller["type"] != "CODE_DEPLOY":
        message = f"The ECS service {cluster}:{service} is not active, or its controller is not CODE_DEPLOY."
        raise JsonRESTError("InvalidECSServiceException", message)


def check_pair(backend: CodeDeployBackend, pair: dict[str, Any]) -> None:
    elb = elbv2_backends[backend.account_id][backend.region_name]
    groups = [group.name for group in elb.target_groups.values()]
    listeners = [arn for balancer in elb.load_balancers.values() for arn in balancer.listeners]
    missing_groups = [one["name"] for one in pair["targetGroups"] if one["name"] not in groups]
    routes = [pair[name] for name in ("prodTrafficRoute", "testTrafficRoute") if name in pair]
    missing = missing_groups + [arn for route in routes for arn in route["listenerArns"] if arn not in listeners]
    if missing:
        raise JsonRESTError("InvalidLoadBalancerInfoException", f"Not found: {', '.join(missing)}")


def probe_groups(clients: Clients) -> bool:
    deploy = clients("codedeploy")
    deploy.create_application(applicationName="probe-incomplete", computePlatform="ECS")
    return accepts(
        "InvalidECSServiceException",
        lambda: deploy.create_deployment_group(
            applicationName="probe-incomplete",
            deploymentGroupName="probe",
            serviceRoleArn=service_role(clients),
            ecsServices=[{"clusterName": "probe", "serviceName": "absent"}],
        ),
    )


GAPS = [
    Gap(
        service="codedeploy",
        gap="Accepts a deployment group without its role, service, target groups or listeners.",
        page="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeploymentGroup.html",
        patch=patch_groups,
        probe=probe_groups,
    ),
]
