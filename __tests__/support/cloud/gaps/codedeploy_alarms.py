"""CodeDeploy: deployments that an alarm stops."""

from __future__ import annotations

from moto.cloudwatch.models import cloudwatch_backends
from moto.codedeploy.models import CodeDeployBackend, DeploymentInfo

from gap import Clients, Gap, unsupported
from gaps import codedeploy_deployments
from gaps.codedeploy_deployments import StoppedByAlarm, make_shift, shift
from gaps.ecs import register


def patch_alarms() -> None:
    replace = codedeploy_deployments.replace_tasks

    def replace_unless_alarmed(backend: CodeDeployBackend, deployment: DeploymentInfo) -> None:
        active = active_alarms(backend, deployment)
        if active:
            raise StoppedByAlarm(f"Alarms are on: {', '.join(active)}")
        replace(backend, deployment)

    codedeploy_deployments.replace_tasks = replace_unless_alarmed


def active_alarms(backend: CodeDeployBackend, deployment: DeploymentInfo) -> list[str]:
    settings = deployment.override_alarm_configuration or deployment.deployment_group.alarm_configuration or {}
    if not settings.get("enabled"):
        return []
    alarms = cloudwatch_backends[backend.account_id][backend.region_name].alarms
    names = [one["name"] for one in settings.get("alarms", [])]
    return [name for name in names if name in alarms and alarms[name].state_value == "ALARM"]


def probe_alarms(clients: Clients) -> bool:
    name = "probe-alarm"
    alarms = {"enabled": True, "alarms": [{"name": name}]}
    make_shift(clients, name, "10.96", alarmConfiguration=alarms)
    watch = clients("cloudwatch")
    watch.put_metric_alarm(
        AlarmName=name,
        Namespace="AWS/ApplicationELB",
        MetricName="HTTPCode_ELB_5XX_Count",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=0,
        ComparisonOperator="GreaterThanThreshold",
    )
    watch.set_alarm_state(AlarmName=name, StateValue="ALARM", StateReason="probe")
    revision = register(clients, name)

    def works() -> bool:
        stopped = shift(clients, name, revision)
        return (stopped, shift(clients, name, revision, enabled=False)) == ("Stopped", "Succeeded")

    return unsupported(works)


GAPS = [
    Gap(
        service="codedeploy",
        gap="A deployment of an ECS service does not look at the alarms of its deployment group.",
        page="https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-create-alarms.html",
        patch=patch_alarms,
        probe=probe_alarms,
    ),
]
