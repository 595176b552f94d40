"""Security Hub: standards and their controls, and the collection of findings."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from moto.moto_api._internal import mock_random
from moto.securityhub.exceptions import SecurityHubClientError
from moto.securityhub.models import SecurityHubBackend
from moto.securityhub.responses import SecurityHubResponse
from moto.securityhub.urls import url_paths

from gap import Clients, Gap, unsupported

FSBP = "aws-foundational-security-best-practices/v/1.0.0"

def route(*paths: str) -> None:
    for path in paths:
        url_paths[f"{{0}}/{path}$"] = SecurityHubResponse.dispatch


def state_of(self: SecurityHubResponse, name: str) -> dict[str, Any]:
    """A part of the hub of a region; AWS refuses requests without a hub."""
    self.securityhub_backend.describe_hub()
    return self.securityhub_backend.__dict__.setdefault(name, {})


def body_of(self: SecurityHubResponse) -> dict[str, Any]:
    return json.loads(self.body) if self.body else {}


def patch_standards() -> None:
    route("standards/register", "standards/get", "standards/deregister")
    SecurityHubResponse.batch_enable_standards = batch_enable_standards
    SecurityHubResponse.get_enabled_standards = get_enabled_standards
    SecurityHubResponse.batch_disable_standards = batch_disable_standards


def batch_enable_standards(self: SecurityHubResponse) -> str:
    enabled = state_of(self, "standards")
    arns = [one["StandardsArn"] for one in body_of(self)["StandardsSubscriptionRequests"]]
    subscriptions = []
    for arn in arns:
        if f":{self.region}::" not in arn and ":ruleset/" not in arn:
            raise SecurityHubClientError("InvalidInputException", f"{arn} is not a standard of {self.region}")
        name = arn.split("standards/", 1)[-1]
        subscription = f"arn:{self.partition}:securityhub:{self.region}:{self.current_account}:subscription/{name}"
        enabled[subscription] = {
            "StandardsSubscriptionArn": subscription,
            "StandardsArn": arn,
            "StandardsInput": {},
            "StandardsStatus": "READY",
        }
        subscriptions.append(enabled[subscription])
    return json.dumps({"StandardsSubscriptions": subscriptions})


def get_enabled_standards(self: SecurityHubResponse) -> str:
    enabled = state_of(self, "standards")
    wanted = body_of(self).get("StandardsSubscriptionArns") or list(enabled)
    return json.dumps({"StandardsSubscriptions": [enabled[arn] for arn in wanted if arn in enabled]})


def batch_disable_standards(self: SecurityHubResponse) -> str:
    enabled = state_of(self, "standards")
    gone = [enabled.pop(arn) for arn in body_of(self)["StandardsSubscriptionArns"] if arn in enabled]
    return json.dumps({"StandardsSubscriptions": [{**one, "StandardsStatus": "DELETING"} for one in gone]})


def probe_standards(clients: Clients) -> bool:
    hub = hub_of(clients, "eu-west-2")
    request = {"StandardsArn": f"arn:aws:securityhub:eu-west-2::standards/{FSBP}"}

    def works() -> bool:
        hub.batch_enable_standards(StandardsSubscriptionRequests=[request])
        return [one["StandardsStatus"] for one in hub.get_enabled_standards()["StandardsSubscriptions"]] == ["READY"]

    return unsupported(works)


def patch_controls() -> None:
    route("associations", "associations/batchGet")
    SecurityHubResponse.batch_update_standards_control_associations = update_associations
    SecurityHubResponse.batch_get_standards_control_associations = get_associations
    SecurityHubResponse.list_standards_control_associations = list_associations


def update_associations(self: SecurityHubResponse) -> str:
    associations = state_of(self, "associations")
    for one in body_of(self)["StandardsControlAssociationUpdates"]:
        associations[one["SecurityControlId"], one["StandardsArn"]] = one
    return json.dumps({"UnprocessedAssociationUpdates": []})


def get_associations(self: SecurityHubResponse) -> str:
    associations = state_of(self, "associations")
    wanted = [
        (one["SecurityControlId"], one["StandardsArn"]) for one in body_of(self)["StandardsControlAssociationIds"]
    ]
    found = [described(associations[key]) for key in wanted if key in associations]
    return json.dumps({"StandardsControlAssociationDetails": found, "UnprocessedAssociations": []})


def list_associations(self: SecurityHubResponse) -> str:
    control = self._get_param("SecurityControlId") or self.querystring.get("SecurityControlId", [""])[0]
    found = [described(one) for key, one in state_of(self, "associations").items() if key[0] == control]
    return json.dumps({"StandardsControlAssociationSummaries": found})


def described(association: dict[str, Any]) -> dict[str, Any]:
    return {
        "StandardsArn": association["StandardsArn"],
        "SecurityControlId": association["SecurityControlId"],
        "SecurityControlArn": f"arn:aws:securityhub:::control/{association['SecurityControlId']}",
        "AssociationStatus": association["AssociationStatus"],
        "UpdatedReason": association.get("UpdatedReason", ""),
    }


def probe_controls(clients: Clients) -> bool:
    hub = hub_of(clients, "eu-west-3")
    standard = f"arn:aws:securityhub:eu-west-3::standards/{FSBP}"
    key = {"SecurityControlId": "Macie.1", "StandardsArn": standard}

    def works() -> bool:
        update = {**key, "AssociationStatus": "DISABLED", "UpdatedReason": "probe"}
        hub.batch_update_standards_control_associations(StandardsControlAssociationUpdates=[update])
        answer = hub.batch_get_standards_control_associations(StandardsControlAssociationIds=[key])
        return [one["AssociationStatus"] for one in answer["StandardsControlAssociationDetails"]] == ["DISABLED"]

    return unsupported(works)


def patch_aggregator() -> None:
    route("findingAggregator/create", "findingAggregator/list", "findingAggregator/update")
    route("findingAggregator/get/(?P<arn>.+)", "findingAggregator/delete/(?P<arn>.+)")
    SecurityHubResponse.create_finding_aggregator = create_aggregator
    SecurityHubResponse.get_finding_aggregator = get_aggregator
    SecurityHubResponse.update_finding_aggregator = update_aggregator
    SecurityHubResponse.delete_finding_aggregator = delete_aggregator
    SecurityHubResponse.list_finding_aggregators = list_aggregators


def create_aggregator(self: SecurityHubResponse) -> str:
    known, request = state_of(self, "aggregators"), body_of(self)
    if known:
        raise SecurityHubClientError("InvalidInputException", "The account has a finding aggregator already.")
    place = f"arn:{self.partition}:securityhub:{self.region}:{self.current_account}"
    arn = f"{place}:finding-aggregator/{mock_random.uuid4()}"
    known[arn] = {
        "FindingAggregatorArn": arn,
        "FindingAggregationRegion": self.region,
        "RegionLinkingMode": request["RegionLinkingMode"],
        "Regions": request.get("Regions", []),
    }
    return json.dumps(known[arn])


def aggregator_of(self: SecurityHubResponse) -> str:
    arn = unquote(self.path).split("/", 3)[3]
    if arn not in state_of(self, "aggregators"):
        raise SecurityHubClientError("ResourceNotFoundException", f"{arn} was not found")
    return arn


def get_aggregator(self: SecurityHubResponse) -> str:
    return json.dumps(state_of(self, "aggregators")[aggregator_of(self)])


def update_aggregator(self: SecurityHubResponse) -> str:
    request = body_of(self)
    known = state_of(self, "aggregators")[request["FindingAggregatorArn"]]
    known.update({key: request[key] for key in ("RegionLinkingMode", "Regions") if key in request})
    return json.dumps(known)


def delete_aggregator(self: SecurityHubResponse) -> str:
    del state_of(self, "aggregators")[aggregator_of(self)]
    return json.dumps({})


def list_aggregators(self: SecurityHubResponse) -> str:
    arns = [{"FindingAggregatorArn": arn} for arn in state_of(self, "aggregators")]
    return json.dumps({"FindingAggregators": arns})


def probe_aggregator(clients: Clients) -> bool:
    hub = hub_of(clients, "eu-south-1")

    def works() -> bool:
        made = hub.create_finding_aggregator(RegionLinkingMode="SPECIFIED_REGIONS", Regions=["us-east-1"])
        return bool(
            hub.get_finding_aggregator(FindingAggregatorArn=made["FindingAggregatorArn"])["Regions"] == ["us-east-1"]
        )

    return unsupported(works)


def patch_hub() -> None:
    route("accounts")
    describe = SecurityHubBackend.describe_hub

    def update(self: SecurityHubResponse) -> str:
        state_of(self, "settings").update(body_of(self))
        return json.dumps({})

    def describe_with_settings(self: SecurityHubBackend, hub_arn: str | None = None) -> dict[str, Any]:
        return {**describe(self, hub_arn), **self.__dict__.get("settings", {})}

    SecurityHubResponse.update_security_hub_configuration = update
    SecurityHubBackend.describe_hub = describe_with_settings


def probe_hub(clients: Clients) -> bool:
    hub = hub_of(clients, "eu-central-2")

    def works() -> bool:
        hub.update_security_hub_configuration(AutoEnableControls=False)
        return hub.describe_hub()["AutoEnableControls"] is False

    return unsupported(works)


def hub_of(clients: Clients, region: str) -> Any:
    client = clients("securityhub", region)
    client.enable_security_hub(EnableDefaultStandards=False)
    return client


API = "https://docs.aws.amazon.com/securityhub/1.0/APIReference"

GAPS = [
    Gap(
        service="securityhub",
        gap="The settings of a hub cannot be changed.",
        page=f"{API}/API_UpdateSecurityHubConfiguration.html",
        patch=patch_hub,
        probe=probe_hub,
    ),
    Gap(
        service="securityhub",
        gap="There are no standards.",
        page=f"{API}/API_BatchEnableStandards.html",
        patch=patch_standards,
        probe=probe_standards,
    ),
    Gap(
        service="securityhub",
        gap="Controls cannot be disabled in a standard.",
        page=f"{API}/API_BatchUpdateStandardsControlAssociations.html",
        patch=patch_controls,
        probe=probe_controls,
    ),
    Gap(
        service="securityhub",
        gap="Findings of other regions cannot be collected.",
        page=f"{API}/API_CreateFindingAggregator.html",
        patch=patch_aggregator,
        probe=probe_aggregator,
    ),
]
