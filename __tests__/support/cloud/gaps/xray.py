"""X-Ray: groups, sampling rules and their tags."""

from __future__ import annotations

from typing import Any, NoReturn

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.moto_api._internal import mock_random

from gap import Clients, Gap, unsupported
from services import SERVICES, Refusal, Resource, Service


class XRayResponse(Service):
    model = "xray"
    invalid = "InvalidRequestException"

    def create_group(self) -> ActionResult:
        request = self.request()
        name = request["GroupName"]
        if self.named("GroupName", name):
            refuse(f"A group with the name {name} already exists.")
        suffix = mock_random.get_random_string(length=52).upper()
        insights = {"InsightsEnabled": False, "NotificationsEnabled": False, **request.get("InsightsConfiguration", {})}
        group = {**request, "GroupARN": self.arn_of(f"group/{name}/{suffix}"), "InsightsConfiguration": insights}
        self.store[group["GroupARN"]] = Resource(group, tags_of(group.pop("Tags", [])))
        return ActionResult({"Group": group})

    def get_group(self) -> ActionResult:
        return ActionResult({"Group": self.known("Group").settings})

    def update_group(self) -> ActionResult:
        request = self.request()
        group = self.known("Group").settings
        insights = {**group["InsightsConfiguration"], **request.pop("InsightsConfiguration", {})}
        group.update(request, InsightsConfiguration=insights)
        return ActionResult({"Group": group})

    def delete_group(self) -> ActionResult:
        del self.store[self.known("Group").settings["GroupARN"]]
        return EmptyResult()

    def create_sampling_rule(self) -> ActionResult:
        request = self.request()
        rule = request["SamplingRule"]
        name = rule["RuleName"]
        if self.named("RuleName", name):
            refuse(f"A sampling rule with the name {name} already exists.")
        now = utcnow()
        made = {**rule, "RuleARN": self.arn_of(f"sampling-rule/{name}"), "CreatedAt": now, "ModifiedAt": now}
        self.store[made["RuleARN"]] = Resource(made, tags_of(request.get("Tags", [])))
        return ActionResult({"SamplingRuleRecord": record_of(made)})

    def get_sampling_rules(self) -> ActionResult:
        rules = [one.settings for one in self.store.values() if "RuleARN" in one.settings]
        return ActionResult({"SamplingRuleRecords": [record_of(rule) for rule in rules]})

    def update_sampling_rule(self) -> ActionResult:
        update = self.request()["SamplingRuleUpdate"]
        rule = self.known("Rule", update).settings
        rule.update(update, ModifiedAt=utcnow())
        return ActionResult({"SamplingRuleRecord": record_of(rule)})

    def delete_sampling_rule(self) -> ActionResult:
        rule = self.known("Rule").settings
        del self.store[rule["RuleARN"]]
        return ActionResult({"SamplingRuleRecord": record_of(rule)})

    def list_tags_for_resource(self) -> ActionResult:
        tags = self.tagged().tags
        return ActionResult({"Tags": [{"Key": key, "Value": value} for key, value in tags.items()]})

    def tag_resource(self) -> ActionResult:
        self.tagged().tags.update(tags_of(self.request()["Tags"]))
        return EmptyResult()

    def untag_resource(self) -> ActionResult:
        for key in self.request()["TagKeys"]:
            self.tagged().tags.pop(key, None)
        return EmptyResult()

    def arn_of(self, resource: str) -> str:
        return f"arn:{self.partition}:xray:{self.region}:{self.current_account}:{resource}"

    def named(self, key: str, name: str | None) -> Resource | None:
        return next((one for one in self.store.values() if name and one.settings.get(key) == name), None)

    def known(self, kind: str, request: dict[str, Any] | None = None) -> Resource:
        """The group or rule that a request names by its ARN or its name."""
        named = self.request() if request is None else request
        found = self.store.get(named.get(f"{kind}ARN", "")) or self.named(f"{kind}Name", named.get(f"{kind}Name"))
        return found or refuse(f"{kind} not found")

    def tagged(self) -> Resource:
        arn = self.request()["ResourceARN"]
        if arn not in self.store:
            raise Refusal("ResourceNotFoundException", f"{arn} does not exist")
        return self.store[arn]


def record_of(rule: dict[str, Any]) -> dict[str, Any]:
    return {"SamplingRule": rule, "CreatedAt": rule["CreatedAt"], "ModifiedAt": rule["ModifiedAt"]}


def tags_of(tags: list[dict[str, str]]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in tags}


def refuse(message: str) -> NoReturn:
    raise Refusal("InvalidRequestException", message)


def patch_service() -> None:
    SERVICES["xray"] = XRayResponse


def probe_service(clients: Clients) -> bool:
    xray = clients("xray")
    everything = {name: "*" for name in ("ServiceName", "ServiceType", "Host", "HTTPMethod", "URLPath", "ResourceARN")}
    rule = {"RuleName": "probe", "Priority": 1, "FixedRate": 0.1, "ReservoirSize": 1, "Version": 1, **everything}

    def works() -> bool:
        xray.create_group(GroupName="probe", FilterExpression="error", Tags=[{"Key": "Owner", "Value": "probe"}])
        xray.update_group(GroupName="probe", InsightsConfiguration={"InsightsEnabled": True})
        group = xray.get_group(GroupName="probe")["Group"]
        tags = xray.list_tags_for_resource(ResourceARN=group["GroupARN"])["Tags"]
        xray.create_sampling_rule(SamplingRule=rule)
        xray.update_sampling_rule(SamplingRuleUpdate={"RuleName": "probe", "FixedRate": 0.5})
        [record] = xray.get_sampling_rules()["SamplingRuleRecords"]
        xray.delete_sampling_rule(RuleName="probe")
        found = (group["FilterExpression"], group["InsightsConfiguration"]["InsightsEnabled"], tags[0]["Key"])
        changed = (record["SamplingRule"]["FixedRate"], record["SamplingRule"]["Priority"])
        left = xray.get_sampling_rules()["SamplingRuleRecords"]
        return (found, changed, left) == (("error", True, "Owner"), (0.5, 1), [])

    return unsupported(works)


GAPS = [
    Gap(
        service="xray",
        gap="There are no groups and no sampling rules.",
        page="https://docs.aws.amazon.com/xray/latest/api/Welcome.html",
        patch=patch_service,
        probe=probe_service,
    ),
]
