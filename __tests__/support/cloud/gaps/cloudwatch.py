"""CloudWatch: composite alarms, which moto describes and cannot make."""

from __future__ import annotations

from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult, EmptyResult

from gap import Clients, Gap, unsupported


def patch_composite_alarms() -> None:
    CloudWatchResponse.put_composite_alarm = put_composite_alarm


def put_composite_alarm(self: CloudWatchResponse) -> ActionResult:
    self.put_metric_alarm()
    alarm = self.cloudwatch_backend.alarms[self._get_param("AlarmName")]
    alarm.alarm_rule = alarm.rule
    return EmptyResult()


def probe_composite_alarms(clients: Clients) -> bool:
    cloudwatch = clients("cloudwatch")

    def works() -> bool:
        rule = 'ALARM("probe-cpu") AND (ALARM("probe-requests"))'
        cloudwatch.put_composite_alarm(AlarmName="probe", AlarmRule=rule, AlarmActions=[], ActionsEnabled=True)
        answer = cloudwatch.describe_alarms(AlarmNames=["probe"], AlarmTypes=["CompositeAlarm"])
        cloudwatch.delete_alarms(AlarmNames=["probe"])
        return ([alarm["AlarmRule"] for alarm in answer["CompositeAlarms"]], answer["MetricAlarms"]) == ([rule], [])

    return unsupported(works)


GAPS = [
    Gap(
        service="cloudwatch",
        gap="Composite alarms cannot be made.",
        page="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html",
        patch=patch_composite_alarms,
        probe=probe_composite_alarms,
    ),
]
