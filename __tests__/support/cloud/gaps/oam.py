"""CloudWatch Observability Access Manager: links of an account, and its sinks with their policies."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.moto_api._internal import mock_random

from gap import Clients, Gap, unsupported
from services import SERVICES, Refusal, Resource, Service


class OamResponse(Service):
    model = "oam"

    def create_link(self) -> ActionResult:
        request = self.request()
        sink = request["SinkIdentifier"]
        if any(one.settings.get("SinkArn") == sink for one in self.store.values()):
            raise Refusal("ConflictException", "The account has a link to the sink.")
        label = request["LabelTemplate"]
        link = {"SinkArn": sink, "Label": label, "LabelTemplate": label, "ResourceTypes": request["ResourceTypes"]}
        return self.made("link", link, request)

    def get_link(self) -> ActionResult:
        return self.shown()

    def update_link(self) -> ActionResult:
        request = self.request()
        self.stored(request["Identifier"]).settings["ResourceTypes"] = request["ResourceTypes"]
        return self.shown()

    def delete_link(self) -> ActionResult:
        return self.deleted()

    def create_sink(self) -> ActionResult:
        request = self.request()
        if any("Name" in one.settings for one in self.store.values()):
            raise Refusal("ServiceQuotaExceededException", "The region has a sink.")
        return self.made("sink", {"Name": request["Name"]}, request)

    def get_sink(self) -> ActionResult:
        return self.shown()

    def delete_sink(self) -> ActionResult:
        return self.deleted()

    def put_sink_policy(self) -> ActionResult:
        request = self.request()
        sink = self.stored(request["SinkIdentifier"]).settings
        sink["Policy"] = request["Policy"]
        return ActionResult({"SinkArn": sink["Arn"], "SinkId": sink["Id"], "Policy": sink["Policy"]})

    def get_sink_policy(self) -> ActionResult:
        sink = self.stored(self.request()["SinkIdentifier"]).settings
        return ActionResult({"SinkArn": sink["Arn"], "SinkId": sink["Id"], "Policy": sink.get("Policy", "")})

    def list_tags_for_resource(self) -> ActionResult:
        return ActionResult({"Tags": self.stored(self.request()["ResourceArn"]).tags})

    def tag_resource(self) -> ActionResult:
        request = self.request()
        self.stored(request["ResourceArn"]).tags.update(request["Tags"])
        return EmptyResult()

    def untag_resource(self) -> ActionResult:
        request = self.request()
        for key in request["TagKeys"]:
            self.stored(request["ResourceArn"]).tags.pop(key, None)
        return EmptyResult()

    def made(self, kind: str, settings: dict[str, Any], request: dict[str, Any]) -> ActionResult:
        identifier = str(mock_random.uuid4())
        arn = f"arn:aws:oam:{self.region}:{self.current_account}:{kind}/{identifier}"
        self.store[arn] = Resource({"Arn": arn, "Id": identifier, **settings}, request.get("Tags", {}))
        return self.answer(self.store[arn])

    def shown(self) -> ActionResult:
        return self.answer(self.stored(self.request()["Identifier"]))

    def answer(self, resource: Resource) -> ActionResult:
        return ActionResult({**resource.settings, "Tags": resource.tags})

    def deleted(self) -> ActionResult:
        del self.store[self.stored(self.request()["Identifier"]).settings["Arn"]]
        return EmptyResult()

    def stored(self, arn: str) -> Resource:
        if arn not in self.store:
            raise Refusal("ResourceNotFoundException", f"{arn} does not exist")
        return self.store[arn]


def patch_service() -> None:
    SERVICES["oam"] = OamResponse


def probe_service(clients: Clients) -> bool:
    oam = clients("oam")

    def works() -> bool:
        sink = oam.create_sink(Name="probe")["Arn"]
        oam.put_sink_policy(SinkIdentifier=sink, Policy="{}")
        types = ["AWS::Logs::LogGroup"]
        tags = {"Owner": "probe"}
        link = oam.create_link(LabelTemplate="$AccountName", ResourceTypes=types, SinkIdentifier=sink, Tags=tags)["Arn"]
        oam.update_link(Identifier=link, ResourceTypes=["AWS::CloudWatch::Metric", *types])
        changed = oam.get_link(Identifier=link)
        policy = oam.get_sink_policy(SinkIdentifier=sink)["Policy"]
        oam.delete_link(Identifier=link)
        oam.delete_sink(Identifier=sink)
        return (len(changed["ResourceTypes"]), changed["Tags"], policy) == (2, tags, "{}")

    return unsupported(works)


GAPS = [
    Gap(
        service="oam",
        gap="There are no links and no sinks.",
        page="https://docs.aws.amazon.com/OAM/latest/APIReference/Welcome.html",
        patch=patch_service,
        probe=probe_service,
    ),
]
