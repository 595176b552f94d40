"""CloudWatch: composite alarms, which moto describes and cannot make, and alarms that follow values of their metric."""

from __future__ import annotations

import operator
from typing import Any

from moto.cloudwatch.models import Alarm
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


COMPARISONS = {
    "GreaterThanOrEqualToThreshold": operator.ge,
    "GreaterThanThreshold": operator.gt,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}


def patch_evaluation() -> None:
    put = CloudWatchResponse.put_metric_data

    def put_and_evaluate(self: CloudWatchResponse) -> ActionResult:
        answer = put(self)
        namespace = self._get_param("Namespace")
        backend = self.cloudwatch_backend
        for datum in self._get_param("MetricData", []):
            for alarm in backend.alarms.values():
                if evaluates(alarm, namespace, datum):
                    breaches = COMPARISONS[alarm.comparison_operator](float(datum["Value"]), float(alarm.threshold))
                    backend.set_alarm_state(alarm.name, "Threshold Crossed", "{}", "ALARM" if breaches else "OK")
        return answer

    CloudWatchResponse.put_metric_data = put_and_evaluate


def evaluates(alarm: Alarm, namespace: str, datum: dict[str, Any]) -> bool:
    """Whether one value decides: the metric of the alarm itself, and a single period."""
    return (
        (alarm.namespace, alarm.metric_name) == (namespace, datum["MetricName"])
        and {(one.name, one.value) for one in alarm.dimensions}
        == {(one["Name"], one["Value"]) for one in datum.get("Dimensions", [])}
        and alarm.comparison_operator in COMPARISONS
        and int(alarm.evaluation_periods) == 1
        and "Value" in datum
    )


def probe_evaluation(clients: Clients) -> bool:
    cloudwatch = clients("cloudwatch")

    def state_after(value: int) -> str:
        data = [{"MetricName": "Declared", "Value": value}]
        cloudwatch.put_metric_data(Namespace="probe", MetricData=data)
        return str(cloudwatch.describe_alarms(AlarmNames=["probe-state"])["MetricAlarms"][0]["StateValue"])

    cloudwatch.put_metric_alarm(
        AlarmName="probe-state",
        Namespace="probe",
        MetricName="Declared",
        Statistic="Maximum",
        Period=60,
        EvaluationPeriods=1,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
        Threshold=1,
    )
    states = [state_after(value) for value in (1, 0)]
    cloudwatch.delete_alarms(AlarmNames=["probe-state"])
    return states != ["ALARM", "OK"]


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
    Gap(
        service="cloudwatch",
        gap="An alarm does not change its state when its metric gets a value.",
        page="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html",
        patch=patch_evaluation,
        probe=probe_evaluation,
    ),
]
