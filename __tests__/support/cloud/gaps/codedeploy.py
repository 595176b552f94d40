"""CodeDeploy: deployment groups, applications and deployment configurations."""

from __future__ import annotations

import re
from typing import Any

import moto.codedeploy.responses
from moto.codedeploy.models import CodeDeployBackend, DeploymentGroup
from moto.codedeploy.responses import CodeDeployResponse
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult, EmptyResult

from gap import Clients, Gap, unsupported

# https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
PREDEFINED = {
    "Server": ("AllAtOnce", "HalfAtATime", "OneAtATime"),
    "ECS": (
        "ECSAllAtOnce",
        "ECSCanary10Percent5Minutes",
        "ECSCanary10Percent15Minutes",
        "ECSLinear10PercentEvery1Minutes",
        "ECSLinear10PercentEvery3Minutes",
    ),
}


def patch_alarms() -> None:
    info = moto.codedeploy.responses._deployment_group_info

    def info_with_alarms(group: DeploymentGroup) -> dict[str, Any]:
        return {**info(group), "alarmConfiguration": group.alarm_configuration or {}}

    moto.codedeploy.responses._deployment_group_info = info_with_alarms


def probe_alarms(clients: Clients) -> bool:
    deploy = clients("codedeploy")
    make_group(clients, "probe-alarms", alarmConfiguration={"enabled": True, "alarms": [{"name": "errors"}]})
    found = deploy.get_deployment_group(applicationName="probe-alarms", deploymentGroupName="probe")
    alarms = found["deploymentGroupInfo"]["alarmConfiguration"].get("alarms")
    return bool(alarms != [{"name": "errors"}])


def make_group(clients: Clients, name: str, **settings: Any) -> None:
    """An application and its deployment group `probe`, with what they need."""
    role = service_role(clients)
    deploy = clients("codedeploy")
    deploy.create_application(applicationName=name, computePlatform="Server")
    deploy.create_deployment_group(applicationName=name, deploymentGroupName="probe", serviceRoleArn=role, **settings)


def service_role(clients: Clients) -> str:
    iam = clients("iam")
    trust = '{"Version": "2012-10-17", "Statement": []}'
    try:
        return str(iam.create_role(RoleName="probe-codedeploy", AssumeRolePolicyDocument=trust)["Role"]["Arn"])
    except iam.exceptions.EntityAlreadyExistsException:
        return str(iam.get_role(RoleName="probe-codedeploy")["Role"]["Arn"])


def patch_changes() -> None:
    CodeDeployResponse.update_deployment_group = update_deployment_group
    CodeDeployResponse.delete_deployment_group = delete_deployment_group
    CodeDeployResponse.update_application = update_application
    CodeDeployResponse.delete_application = delete_application


def update_deployment_group(self: CodeDeployResponse) -> ActionResult:
    backend, application = self.codedeploy_backend, self._get_param("applicationName")
    group = backend.get_deployment_group(application, self._get_param("currentDeploymentGroupName"))
    for name, value in self._get_params().items():
        if name not in ("applicationName", "currentDeploymentGroupName", "newDeploymentGroupName"):
            setattr(group, re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower(), value)
    groups = backend.deployment_groups[application]
    del groups[group.deployment_group_name]
    group.deployment_group_name = self._get_param("newDeploymentGroupName") or group.deployment_group_name
    groups[group.deployment_group_name] = group
    return ActionResult({"hooksNotCleanedUp": []})


def delete_deployment_group(self: CodeDeployResponse) -> ActionResult:
    groups = self.codedeploy_backend.deployment_groups.get(self._get_param("applicationName"), {})
    groups.pop(self._get_param("deploymentGroupName"), None)
    return ActionResult({"hooksNotCleanedUp": []})


def update_application(self: CodeDeployResponse) -> ActionResult:
    backend, name = self.codedeploy_backend, self._get_param("applicationName")
    application = backend.get_application(name)
    application.application_name = self._get_param("newApplicationName") or name
    for table in (backend.applications, backend.deployment_groups):
        if name in table:
            table[application.application_name] = table.pop(name)
    return EmptyResult()


def delete_application(self: CodeDeployResponse) -> ActionResult:
    for table in (self.codedeploy_backend.applications, self.codedeploy_backend.deployment_groups):
        table.pop(self._get_param("applicationName"), None)
    return EmptyResult()


def probe_changes(clients: Clients) -> bool:
    deploy = clients("codedeploy")
    make_group(clients, "probe-changes")

    def works() -> bool:
        deploy.update_deployment_group(
            applicationName="probe-changes",
            currentDeploymentGroupName="probe",
            alarmConfiguration={"enabled": False, "alarms": []},
        )
        deploy.delete_deployment_group(applicationName="probe-changes", deploymentGroupName="probe")
        deploy.delete_application(applicationName="probe-changes")
        return "probe-changes" not in deploy.list_applications()["applications"]

    return unsupported(works)


def patch_configurations() -> None:
    CodeDeployResponse.get_deployment_config = get_deployment_config
    CodeDeployResponse.list_deployment_configs = list_deployment_configs
    CodeDeployResponse.create_deployment_config = create_deployment_config
    CodeDeployResponse.delete_deployment_config = delete_deployment_config


def configurations_of(backend: CodeDeployBackend) -> dict[str, dict[str, Any]]:
    predefined = {
        f"CodeDeployDefault.{name}": {"deploymentConfigName": f"CodeDeployDefault.{name}", "computePlatform": platform}
        for platform, names in PREDEFINED.items()
        for name in names
    }
    return backend.__dict__.setdefault("deployment_configurations", predefined)


def get_deployment_config(self: CodeDeployResponse) -> ActionResult:
    name = self._get_param("deploymentConfigName")
    known = configurations_of(self.codedeploy_backend)
    if name not in known:
        raise JsonRESTError("DeploymentConfigDoesNotExistException", f"No Deployment Configuration found for {name}")
    return ActionResult({"deploymentConfigInfo": known[name]})


def list_deployment_configs(self: CodeDeployResponse) -> ActionResult:
    return ActionResult({"deploymentConfigsList": list(configurations_of(self.codedeploy_backend))})


def create_deployment_config(self: CodeDeployResponse) -> ActionResult:
    name = self._get_param("deploymentConfigName")
    configurations_of(self.codedeploy_backend)[name] = {"computePlatform": "Server", **self._get_params()}
    return ActionResult({"deploymentConfigId": name})


def delete_deployment_config(self: CodeDeployResponse) -> ActionResult:
    configurations_of(self.codedeploy_backend).pop(self._get_param("deploymentConfigName"), None)
    return EmptyResult()


def probe_configurations(clients: Clients) -> bool:
    deploy = clients("codedeploy")
    name = "CodeDeployDefault.ECSCanary10Percent5Minutes"
    return unsupported(lambda: deploy.get_deployment_config(deploymentConfigName=name)["deploymentConfigInfo"] != {})


API = "https://docs.aws.amazon.com/codedeploy/latest/APIReference"

GAPS = [
    Gap(
        service="codedeploy",
        gap="The alarms of a deployment group are dropped.",
        page=f"{API}/API_DeploymentGroupInfo.html",
        patch=patch_alarms,
        probe=probe_alarms,
    ),
    Gap(
        service="codedeploy",
        gap="Deployment groups and applications cannot be changed or deleted.",
        page=f"{API}/API_UpdateDeploymentGroup.html",
        patch=patch_changes,
        probe=probe_changes,
    ),
    Gap(
        service="codedeploy",
        gap="There are no deployment configurations.",
        page=f"{API}/API_GetDeploymentConfig.html",
        patch=patch_configurations,
        probe=probe_configurations,
    ),
]
