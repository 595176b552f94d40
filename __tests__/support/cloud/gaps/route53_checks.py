"""Route 53: health checks that follow an alarm of CloudWatch."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.route53.models import HealthCheck
from moto.route53.responses import Route53

from gap import Clients, Gap, unsupported

FOLLOWING = "CLOUDWATCH_METRIC"


def follows(check: HealthCheck, config: dict[str, Any]) -> None:
    for name in ("AlarmIdentifier", "InsufficientDataHealthStatus"):
        if config.get(name):
            check.__dict__[name] = config[name]


def patch() -> None:
    create, update = Route53.create_health_check, Route53.update_health_check
    config_of = HealthCheck.health_check_config

    def create_with_alarm(self: Route53) -> ActionResult:
        answer = create(self)
        follows(answer.result["HealthCheck"], self._get_param("HealthCheckConfig"))
        return answer

    def update_with_alarm(self: Route53) -> ActionResult:
        answer = update(self)
        names = ("AlarmIdentifier", "InsufficientDataHealthStatus")
        follows(answer.result["HealthCheck"], {name: self._get_param(name) for name in names})
        return answer

    def config_with_alarm(self: HealthCheck) -> dict[str, Any]:
        config = config_of.fget(self)
        if self.type_ != FOLLOWING:
            return config
        kept = {name: config[name] for name in ("Type", "Inverted", "Disabled")}
        return {**kept, **{name: value for name, value in self.__dict__.items() if name[0].isupper()}}

    Route53.create_health_check = create_with_alarm
    Route53.update_health_check = update_with_alarm
    HealthCheck.health_check_config = property(config_with_alarm)


def probe(clients: Clients) -> bool:
    route53 = clients("route53")

    def works() -> bool:
        alarm = {"Region": "us-west-2", "Name": "probe"}
        config = {"Type": FOLLOWING, "AlarmIdentifier": alarm, "InsufficientDataHealthStatus": "LastKnownStatus"}
        made = route53.create_health_check(CallerReference="probe-alarm", HealthCheckConfig=config)["HealthCheck"]
        read = route53.get_health_check(HealthCheckId=made["Id"])["HealthCheck"]["HealthCheckConfig"]
        return read.get("AlarmIdentifier") == alarm and read.get("InsufficientDataHealthStatus") == "LastKnownStatus"

    return unsupported(works)


GAPS = [
    Gap(
        service="route53",
        gap="A health check that follows an alarm forgets the alarm, and its status without data.",
        page="https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html",
        patch=patch,
        probe=probe,
    ),
]
