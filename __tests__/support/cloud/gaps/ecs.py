"""ECS: settings of new services, and services that reach their desired count."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores, utcnow
from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.models import EC2ContainerServiceBackend, Service, TaskSet
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.moto_api._internal import mock_random

from gap import Clients, Gap

# Arguments of CreateService that a service returns.
KEPT = (
    "availabilityZoneRebalancing",
    "capacityProviderStrategy",
    "deploymentConfiguration",
    "enableECSManagedTags",
    "enableExecuteCommand",
    "healthCheckGracePeriodSeconds",
)


def patch_settings() -> None:
    create = EC2ContainerServiceResponse.create_service

    def create_with_settings(self: EC2ContainerServiceResponse) -> ActionResult:
        answer = create(self)
        service = answer.result["service"]
        for name in KEPT:
            value = self._get_param(name)
            if value is not None:
                setattr(service, camelcase_to_underscores(name), value)
        if self._get_param("capacityProviderStrategy"):
            service.launch_type = None
        return answer

    EC2ContainerServiceResponse.create_service = create_with_settings


def probe_settings(clients: Clients) -> bool:
    wanted = {
        "availabilityZoneRebalancing": "ENABLED",
        "enableECSManagedTags": True,
        "enableExecuteCommand": True,
        "deploymentConfiguration": {"maximumPercent": 150, "minimumHealthyPercent": 50},
        "capacityProviderStrategy": [{"capacityProvider": "FARGATE", "weight": 1}],
    }
    service = make_service(clients, "probe-settings", **wanted)
    return any(service.get(name) != value for name, value in wanted.items())


def make_service(clients: Clients, name: str, **settings: Any) -> dict[str, Any]:
    ecs = clients("ecs")
    ecs.create_cluster(clusterName="probe")
    revision = register(clients, name)
    ecs.create_service(cluster="probe", serviceName=name, taskDefinition=revision, desiredCount=2, **settings)
    return describe(clients, name)


def register(clients: Clients, family: str) -> str:
    containers = [{"name": "api", "image": "api", "essential": True, "memory": 64}]
    made = clients("ecs").register_task_definition(family=family, containerDefinitions=containers)
    return str(made["taskDefinition"]["taskDefinitionArn"])


def describe(clients: Clients, name: str) -> dict[str, Any]:
    found: dict[str, Any] = clients("ecs").describe_services(cluster="probe", services=[name])["services"][0]
    return found


def patch_rollout() -> None:
    create, update = EC2ContainerServiceBackend.create_service, EC2ContainerServiceBackend.update_service

    def create_and_run(self: EC2ContainerServiceBackend, *args: Any, **kwargs: Any) -> Service:
        service = create(self, *args, **kwargs)
        if service.deployment_controller["type"] == "ECS":
            service.deployments = [completed_deployment(service)]
        elif service.deployment_controller["type"] == "CODE_DEPLOY":
            # Nothing has pushed the image of the first revision yet.
            service.task_sets = [primary_task_set(service, 0)]
        run_all(self, service)
        return service

    def update_and_run(self: EC2ContainerServiceBackend, properties: dict[str, Any]) -> Service:
        service = self._get_service(properties.get("cluster", "default"), properties["service"])
        revision = properties.get("task_definition")
        anew = bool(properties.get("force_new_deployment")) or bool(revision)
        if revision and service.deployment_controller["type"] == "CODE_DEPLOY":
            raise InvalidParameterException(
                "Unable to update task definition on services with a CODE_DEPLOY deployment controller. "
                "Use AWS CodeDeploy to trigger a new deployment."
            )
        if revision:
            properties["task_definition"] = self.describe_task_definition(revision).arn
        update(self, properties)
        if service.deployment_controller["type"] == "ECS":
            kept = {} if anew else {key: service.deployments[0][key] for key in ("id", "createdAt")}
            service.deployments = [{**completed_deployment(service), **kept}]
        run_all(self, service)
        return service

    EC2ContainerServiceBackend.create_service = create_and_run
    EC2ContainerServiceBackend.update_service = update_and_run


def completed_deployment(service: Service) -> dict[str, Any]:
    name = f"ecs-svc/{mock_random.randint(10**18, 10**19 - 1)}"
    return {
        "id": name,
        "status": "PRIMARY",
        "taskDefinition": service.task_definition,
        "desiredCount": service.desired_count,
        "pendingCount": 0,
        "runningCount": service.desired_count,
        "failedTasks": 0,
        "createdAt": utcnow(),
        "updatedAt": utcnow(),
        "launchType": service.launch_type,
        "platformVersion": service.platform_version,
        "networkConfiguration": service.network_configuration,
        "rolloutState": "COMPLETED",
        "rolloutStateReason": f"ECS deployment {name} completed.",
    }


def primary_task_set(service: Service, running_count: int) -> TaskSet:
    made = TaskSet(
        service.name,
        service.cluster_name,
        service.task_definition or "",
        service._account_id,
        service.region_name,
        network_configuration=service.network_configuration,
        load_balancers=service.load_balancers,
        launch_type=service.launch_type,
        platform_version=service.platform_version,
    )
    made.status = "PRIMARY"
    made.running_count = running_count
    made.computed_desired_count = service.desired_count
    made.service_arn, made.cluster_arn = service.arn, service.cluster_arn
    return made


def run_all(backend: EC2ContainerServiceBackend, service: Service) -> None:
    cluster = backend._get_cluster(service.cluster_name)
    backend.update_cluster_resources(cluster, -service.pending_count, task_state="PENDING")
    backend.update_cluster_resources(cluster, service.desired_count - service.running_count, task_state="RUNNING")
    service.pending_count, service.running_count = 0, service.desired_count


def probe_rollout(clients: Clients) -> bool:
    made = make_service(clients, "probe-rollout")
    revision = register(clients, "probe-rollout")
    clients("ecs").update_service(cluster="probe", service="probe-rollout", taskDefinition=revision)
    updated = describe(clients, "probe-rollout")
    first, last = made["deployments"][0], updated["deployments"][0]
    return (
        (made["runningCount"], updated["runningCount"]) != (2, 2)
        or (last["taskDefinition"], last["rolloutState"]) != (revision, "COMPLETED")
        or first["id"] == last["id"]
    )


API = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference"

GAPS = [
    Gap(
        service="ecs",
        gap="A new service drops its deployment configuration, managed tags, grace period and capacity providers.",
        page=f"{API}/API_CreateService.html",
        patch=patch_settings,
        probe=probe_settings,
    ),
    Gap(
        service="ecs",
        gap="A service never reaches its desired count, and an update starts no deployment.",
        page=f"{API}/API_Deployment.html",
        patch=patch_rollout,
        probe=probe_rollout,
    ),
]
