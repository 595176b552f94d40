"""CloudWatch RUM: app monitors."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.moto_api._internal import mock_random

from gap import Clients, Gap, unsupported
from log_groups import ensure_log_group
from services import SERVICES, Refusal, Resource, Service


class RumResponse(Service):
    model = "rum"

    def create_app_monitor(self) -> ActionResult:
        request = self.request()
        name = request["Name"]
        if name in self.store:
            raise Refusal("ConflictException", f"App monitor {name} already exists")
        tags = request.pop("Tags", {})
        monitor = {"Id": str(mock_random.uuid4()), "State": "CREATED", "Created": now(), "Platform": "Web", **request}
        self.store[name] = Resource(monitor, tags)
        self.ensure_log(monitor)
        return ActionResult({"Id": monitor["Id"]})

    def get_app_monitor(self) -> ActionResult:
        stored = self.stored(self.request()["Name"])
        is_logged = stored.settings.get("CwLogEnabled", False)
        log = {"CwLogEnabled": is_logged, **({"CwLogGroup": log_of(stored.settings)} if is_logged else {})}
        custom = {"Status": "DISABLED", **stored.settings.get("CustomEvents", {})}
        more = {"CustomEvents": custom, "DataStorage": {"CwLog": log}, "Tags": stored.tags}
        return ActionResult({"AppMonitor": {**stored.settings, **more}})

    def update_app_monitor(self) -> ActionResult:
        request = self.request()
        stored = self.stored(request["Name"])
        stored.settings.update(request, LastModified=now())
        self.ensure_log(stored.settings)
        return EmptyResult()

    def delete_app_monitor(self) -> ActionResult:
        name = self.request()["Name"]
        self.stored(name)
        del self.store[name]
        return EmptyResult()

    def tag_resource(self) -> ActionResult:
        request = self.request()
        self.named_by(request).tags.update(request["Tags"])
        return EmptyResult()

    def untag_resource(self) -> ActionResult:
        request = self.request()
        for key in request["TagKeys"]:
            self.named_by(request).tags.pop(key, None)
        return EmptyResult()

    def list_tags_for_resource(self) -> ActionResult:
        request = self.request()
        return ActionResult({"ResourceArn": request["ResourceArn"], "Tags": self.named_by(request).tags})

    def ensure_log(self, monitor: dict[str, Any]) -> None:
        if monitor.get("CwLogEnabled"):
            ensure_log_group(self.current_account, self.region, log_of(monitor))

    def named_by(self, request: dict[str, Any]) -> Resource:
        return self.stored(request["ResourceArn"].split("/", 1)[1])

    def stored(self, name: str) -> Resource:
        if name not in self.store:
            raise Refusal("ResourceNotFoundException", f"App monitor {name} does not exist")
        return self.store[name]


def log_of(monitor: dict[str, Any]) -> str:
    return f"/aws/vendedlogs/RUMService_{monitor['Name']}{monitor['Id'][:8]}"


def now() -> str:
    return utcnow().strftime("%Y-%m-%dT%H:%M:%S")


def patch_service() -> None:
    SERVICES["rum"] = RumResponse


def probe_service(clients: Clients) -> bool:
    rum = clients("rum")

    def works() -> bool:
        rum.create_app_monitor(Name="probe", Domain="probe.example", CwLogEnabled=True, Tags={"Owner": "probe"})
        made = rum.get_app_monitor(Name="probe")["AppMonitor"]
        rum.update_app_monitor(Name="probe", AppMonitorConfiguration={"SessionSampleRate": 0.5})
        changed = rum.get_app_monitor(Name="probe")["AppMonitor"]
        rum.delete_app_monitor(Name="probe")
        rates = [one.get("AppMonitorConfiguration", {}).get("SessionSampleRate") for one in (made, changed)]
        is_logged = changed["DataStorage"]["CwLog"]["CwLogEnabled"]
        return (rates, is_logged, changed["Tags"]) == ([None, 0.5], True, {"Owner": "probe"})

    return unsupported(works)


GAPS = [
    Gap(
        service="rum",
        gap="There are no app monitors.",
        page="https://docs.aws.amazon.com/cloudwatchrum/latest/APIReference/Welcome.html",
        patch=patch_service,
        probe=probe_service,
    ),
]
