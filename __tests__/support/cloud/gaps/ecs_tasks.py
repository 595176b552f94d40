"""ECS: tasks that run once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from moto.ec2.models import ec2_backends
from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ecs.models import Container, EC2ContainerServiceBackend, Task, TaskDefinition

from gap import Clients, Gap, unsupported
from gaps.ecs import register
from gaps.elbv2 import make_subnets


def patch_tasks() -> None:
    run, describe = EC2ContainerServiceBackend.run_task, EC2ContainerServiceBackend.describe_tasks

    def run_all_containers(self: EC2ContainerServiceBackend, *args: Any, **kwargs: Any) -> list[Task]:
        tasks = run(self, *args, **kwargs)
        for task in tasks:
            definition = self.describe_task_definition(task.task_definition_arn)
            task.containers = [Container(definition) for _ in definition.container_definitions]
            for container, written in zip(task.containers, definition.container_definitions, strict=True):
                container.name, container.image = written["name"], written["image"]
        return tasks

    def describe_ended(self: EC2ContainerServiceBackend, cluster: str, tasks: list[str]) -> list[Task]:
        found = describe(self, cluster, tasks)
        for task in found:
            end(task)
        return found

    EC2ContainerServiceBackend.run_task = run_all_containers
    EC2ContainerServiceBackend.describe_tasks = describe_ended


def end(task: Task) -> None:
    """Its containers have ended with 0, and its network interface is gone."""
    task.last_status = task.desired_status = "STOPPED"
    task.stop_code = "EssentialContainerExited"
    task.stopped_reason = "Essential container in task exited"
    for container in task.containers:
        container.last_status, container.exit_code = "STOPPED", 0
    interfaces = ec2_backends[task._account_id][task.region_name].enis
    for attachment in task.attachments:
        for detail in attachment["details"]:
            if detail["name"] == "networkInterfaceId":
                interfaces.pop(detail["value"], None)


def patch_fargate() -> None:
    count = EC2ContainerServiceBackend._calculate_task_resource_requirements

    def count_with_memory(definition: TaskDefinition) -> dict[str, Any]:
        containers = [{"memory": one.get("memoryReservation", 0), **one} for one in definition.container_definitions]
        return count(SimpleNamespace(container_definitions=containers))

    EC2ContainerServiceBackend._calculate_task_resource_requirements = staticmethod(count_with_memory)
    NetworkInterface.private_dns_name = None


def probe_fargate(clients: Clients) -> bool:
    ecs = clients("ecs")
    ecs.create_cluster(clusterName="probe")
    made = ecs.register_task_definition(
        family="probe-fargate",
        requiresCompatibilities=["FARGATE"],
        cpu="256",
        memory="512",
        containerDefinitions=[{"name": "api", "image": "api"}],
    )
    revision = made["taskDefinition"]["taskDefinitionArn"]
    _vpc, subnets = make_subnets(clients, "10.92")
    network = {"awsvpcConfiguration": {"subnets": subnets, "securityGroups": []}}
    request = {"cluster": "probe", "taskDefinition": revision, "networkConfiguration": network}
    return unsupported(lambda: len(ecs.run_task(launchType="FARGATE", **request)["tasks"]) == 1)


def probe_tasks(clients: Clients) -> bool:
    ecs = clients("ecs")
    ecs.create_cluster(clusterName="probe")
    run = ecs.run_task(cluster="probe", taskDefinition=register(clients, "probe-once"), launchType="FARGATE")
    [task] = ecs.describe_tasks(cluster="probe", tasks=[run["tasks"][0]["taskArn"]])["tasks"]
    ended = (task["lastStatus"], task.get("stopCode"), task["containers"][0].get("exitCode"))
    return bool(ended != ("STOPPED", "EssentialContainerExited", 0))


GAPS = [
    Gap(
        service="ecs",
        gap="A task that runs once has one container, whatever its definition says, and does not tell how it ended.",
        page="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html",
        patch=patch_tasks,
        probe=probe_tasks,
    ),
    Gap(
        service="ecs",
        gap="A Fargate task cannot run with memory for the task alone, or in a VPC without DNS hostnames.",
        page="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
        patch=patch_fargate,
        probe=probe_fargate,
    ),
]
