"""CodeDeploy: blue/green deployments of ECS services, which replace tasks and exchange target groups."""

from __future__ import annotations

import json
from typing import Any

import moto.codedeploy.responses
import yaml
from moto.codedeploy.models import CodeDeployBackend, DeploymentGroup, DeploymentInfo
from moto.codedeploy.responses import CodeDeployResponse
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ecs.exceptions import EcsClientException
from moto.ecs.models import Service, ecs_backends
from moto.elbv2.models import ELBv2Backend, elbv2_backends

from gap import Clients, Gap, unsupported
from gaps.codedeploy import service_role
from gaps.ecs import describe, primary_task_set, register
from gaps.elbv2 import make_balancer


def patch_deployments() -> None:
    create = CodeDeployBackend.create_deployment
    info = moto.codedeploy.responses._deployment_info

    def create_and_deploy(self: CodeDeployBackend, *args: Any, **kwargs: Any) -> str:
        name = create(self, *args, **kwargs)
        deployment = self.deployments.pop(name)
        deployment.deployment_id = f"d-{name.replace('-', '')[:9].upper()}"
        self.deployments[deployment.deployment_id] = deployment
        if deployment.application.compute_platform == "ECS":
            deploy(self, deployment)
        return deployment.deployment_id

    def info_with_errors(deployment: DeploymentInfo) -> dict[str, Any]:
        return {**info(deployment), "errorInformation": getattr(deployment, "error", {})}

    CodeDeployBackend.create_deployment = create_and_deploy
    CodeDeployResponse.stop_deployment = stop_deployment
    moto.codedeploy.responses._deployment_info = info_with_errors


class StoppedByAlarm(Exception):
    """An alarm of the deployment group is on."""


def deploy(backend: CodeDeployBackend, deployment: DeploymentInfo) -> None:
    deployment.start_time = deployment.complete_time = utcnow()
    try:
        replace_tasks(backend, deployment)
    except StoppedByAlarm as error:
        deployment.status = "Stopped"
        deployment.error = {"code": "ALARM_ACTIVE", "message": str(error)}
        return
    except EcsClientException as error:
        deployment.status = "Failed"
        deployment.error = {"code": "ECS_UPDATE_ERROR", "message": str(error.message)}
        return
    deployment.status = "Succeeded"
    deployment.instance_termination_wait_time_started = True
    deployment.deployment_overview["Succeeded"] = 1


def replace_tasks(backend: CodeDeployBackend, deployment: DeploymentInfo) -> None:
    group = deployment.deployment_group
    properties = target_service(deployment.revision)
    target = group.ecs_services[0]
    ecs = ecs_backends[backend.account_id][backend.region_name]
    service = ecs._get_service(target["clusterName"], target["serviceName"])
    service.task_definition = ecs.describe_task_definition(properties["TaskDefinition"]).arn
    network = properties.get("NetworkConfiguration", {}).get("AwsvpcConfiguration")
    if network:
        values = {key[0].lower() + key[1:]: value for key, value in network.items()}
        service.network_configuration = {"awsvpcConfiguration": values}
    exchange_target_groups(elbv2_backends[backend.account_id][backend.region_name], group, service)
    service.task_sets = [primary_task_set(service, service.desired_count)]


def target_service(revision: dict[str, Any]) -> dict[str, Any]:
    content = yaml.safe_load(revision["appSpecContent"]["content"])
    properties: dict[str, Any] = content["Resources"][0]["TargetService"]["Properties"]
    return properties


def exchange_target_groups(elb: ELBv2Backend, group: DeploymentGroup, service: Service) -> None:
    pair = group.load_balancer_info["targetGroupPairInfoList"][0]
    names = [one["name"] for one in pair["targetGroups"]]
    arns = [one.arn for name in names for one in elb.target_groups.values() if one.name == name]
    [old] = [one["targetGroupArn"] for one in service.load_balancers]
    [new] = [arn for arn in arns if arn != old]
    service.load_balancers = [{**one, "targetGroupArn": new} for one in service.load_balancers]
    routes = [pair[name] for name in ("prodTrafficRoute", "testTrafficRoute") if name in pair]
    for listener in elb.describe_listeners(None, [arn for route in routes for arn in route["listenerArns"]]):
        for rule in listener.rules.values():
            for action in rule.actions:
                forward_to(action, old, new)


def forward_to(action: Any, old: str, new: str) -> None:
    """Changes an action of a listener or a rule; forwarding is stored as attributes and as the data behind them."""
    for holder in (action.data, action.__dict__):
        if holder.get("TargetGroupArn") == old:
            holder["TargetGroupArn"] = new
        for target in holder.get("ForwardConfig", {}).get("TargetGroups", []):
            if target["TargetGroupArn"] == old:
                target["TargetGroupArn"] = new


def stop_deployment(self: CodeDeployResponse) -> ActionResult:
    name = self._get_param("deploymentId")
    status = self.codedeploy_backend.get_deployment(name).status
    raise JsonRESTError("DeploymentAlreadyCompletedException", f"The deployment {name} is {status} already.")


def probe_deployments(clients: Clients) -> bool:
    listener, groups = make_shift(clients, "probe-shift", "10.97")
    revision = register(clients, "probe-shift")

    def works() -> bool:
        status = shift(clients, "probe-shift", revision)
        [action] = clients("elbv2").describe_listeners(ListenerArns=[listener])["Listeners"][0]["DefaultActions"]
        running = [one["taskDefinition"] for one in describe(clients, "probe-shift")["taskSets"]]
        return bool((status, action["TargetGroupArn"], running) == ("Succeeded", groups["green"], [revision]))

    return unsupported(works)


def make_shift(clients: Clients, name: str, block: str, **settings: Any) -> tuple[str, dict[str, str]]:
    """A service with all that CodeDeploy needs to deploy it. Returns its listener and its target groups."""
    listener, groups = make_listener(clients, name, block)
    clients("ecs").create_cluster(clusterName="probe")
    clients("ecs").create_service(
        cluster="probe",
        serviceName=name,
        taskDefinition=register(clients, name),
        desiredCount=1,
        deploymentController={"type": "CODE_DEPLOY"},
        loadBalancers=[{"targetGroupArn": groups["blue"], "containerName": "api", "containerPort": 80}],
    )
    make_shift_group(clients, listener, name, **settings)
    return listener, groups


def shift(clients: Clients, name: str, revision: str, **alarms: Any) -> str:
    """Deploys the revision, with other settings for alarms if there are any. Returns the deployment's status."""
    deploy = clients("codedeploy")
    content = {"Resources": [{"TargetService": {"Properties": {"TaskDefinition": revision}}}]}
    made = deploy.create_deployment(
        applicationName=name,
        deploymentGroupName="probe",
        revision={"revisionType": "AppSpecContent", "appSpecContent": {"content": json.dumps(content)}},
        **({"overrideAlarmConfiguration": alarms} if alarms else {}),
    )
    return str(deploy.get_deployment(deploymentId=made["deploymentId"])["deploymentInfo"]["status"])


def make_listener(clients: Clients, name: str, block: str) -> tuple[str, dict[str, str]]:
    elb = clients("elbv2")
    balancer = make_balancer(clients, name, block)
    groups = {
        color: elb.create_target_group(
            Name=f"{name}-{color}", Protocol="HTTP", Port=80, VpcId=balancer["VpcId"], TargetType="ip"
        )["TargetGroups"][0]["TargetGroupArn"]
        for color in ("blue", "green")
    }
    listener = elb.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"],
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": groups["blue"]}],
    )
    return listener["Listeners"][0]["ListenerArn"], groups


def make_shift_group(clients: Clients, listener: str, name: str, **settings: Any) -> None:
    deploy = clients("codedeploy")
    deploy.create_application(applicationName=name, computePlatform="ECS")
    pair = {
        "targetGroups": [{"name": f"{name}-blue"}, {"name": f"{name}-green"}],
        "prodTrafficRoute": {"listenerArns": [listener]},
    }
    deploy.create_deployment_group(
        applicationName=name,
        deploymentGroupName="probe",
        serviceRoleArn=service_role(clients),
        deploymentStyle={"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
        ecsServices=[{"clusterName": "probe", "serviceName": name}],
        loadBalancerInfo={"targetGroupPairInfoList": [pair]},
        **settings,
    )


GAPS = [
    Gap(
        service="codedeploy",
        gap="A deployment of an ECS service stays created, and moves neither tasks nor requests.",
        page="https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-steps-ecs.html",
        patch=patch_deployments,
        probe=probe_deployments,
    ),
]
