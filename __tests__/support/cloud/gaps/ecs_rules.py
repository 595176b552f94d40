"""ECS: target groups of a service, and the log group of Container Insights."""

from __future__ import annotations

from typing import Any

from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.models import Cluster, EC2ContainerServiceBackend, Service
from moto.elbv2.models import elbv2_backends

from gap import Clients, Gap, accepts
from gaps.ecs import register
from gaps.elbv2 import make_subnets
from log_groups import ensure_log_group


def patch_target_groups() -> None:
    create = EC2ContainerServiceBackend.create_service

    def create_reachable(self: EC2ContainerServiceBackend, *args: Any, **kwargs: Any) -> Service:
        made = create(self, *args, **kwargs)
        elb = elbv2_backends[self.account_id][self.region_name]
        for arn in [one["targetGroupArn"] for one in made.load_balancers if "targetGroupArn" in one]:
            if not elb._any_listener_using(arn):
                del self.services[f"{made.cluster_name}:{made.name}"]
                reason = "does not have an associated load balancer"
                raise InvalidParameterException(f"The target group with targetGroupArn {arn} {reason}.")
        return made

    EC2ContainerServiceBackend.create_service = create_reachable


def probe_target_groups(clients: Clients) -> bool:
    ecs = clients("ecs")
    vpc, _subnets = make_subnets(clients, "10.93")
    group = clients("elbv2").create_target_group(
        Name="probe-unused", Protocol="HTTP", Port=80, VpcId=vpc, TargetType="ip"
    )["TargetGroups"][0]["TargetGroupArn"]
    ecs.create_cluster(clusterName="probe")
    return accepts(
        "InvalidParameterException",
        lambda: ecs.create_service(
            cluster="probe",
            serviceName="probe-unreachable",
            taskDefinition=register(clients, "probe-unreachable"),
            loadBalancers=[{"targetGroupArn": group, "containerName": "api", "containerPort": 80}],
        ),
    )


def patch_insights() -> None:
    create = EC2ContainerServiceBackend.create_cluster

    def create_with_log_group(self: EC2ContainerServiceBackend, *args: Any, **kwargs: Any) -> Cluster:
        made = create(self, *args, **kwargs)
        settings = {one["name"]: one["value"] for one in made.settings or []}
        if settings.get("containerInsights") in ("enabled", "enhanced"):
            name = f"/aws/ecs/containerinsights/{made.name}/performance"
            ensure_log_group(self.account_id, self.region_name, name)
        return made

    EC2ContainerServiceBackend.create_cluster = create_with_log_group


def probe_insights(clients: Clients) -> bool:
    settings = [{"name": "containerInsights", "value": "enhanced"}]
    clients("ecs").create_cluster(clusterName="probe-insights", settings=settings)
    prefix = "/aws/ecs/containerinsights/probe-insights/"
    return not clients("logs").describe_log_groups(logGroupNamePrefix=prefix)["logGroups"]


GAPS = [
    Gap(
        service="ecs",
        gap="Accepts a service with a target group that no load balancer uses.",
        page="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html",
        patch=patch_target_groups,
        probe=probe_target_groups,
    ),
    Gap(
        service="ecs",
        gap="A cluster with Container Insights does not make its log group when it is not there yet.",
        page="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-reference-performance-logs-ECS.html",
        patch=patch_insights,
        probe=probe_insights,
    ),
]
