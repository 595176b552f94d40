"""Security Hub: standards and their controls, the collection of findings, and invitations between accounts."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from moto.moto_api._internal import mock_random
from moto.securityhub.exceptions import SecurityHubClientError
from moto.securityhub.models import SecurityHubBackend
from moto.securityhub.responses import SecurityHubResponse
from moto.securityhub.urls import url_paths

from gap import Clients, Gap, accepts, unsupported

FSBP = "aws-foundational-security-best-practices/v/1.0.0"

# Accounts that have invited the account of the server. Another server has their members.
administrators: list[str] = []


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


def patch_invitations() -> None:
    route("members/invite", "members/disassociate", "members/delete", "invitations")
    route("administrator/disassociate", "master/disassociate")
    SecurityHubResponse.invite_members = invite_members
    SecurityHubResponse.disassociate_members = disassociate_members
    SecurityHubResponse.delete_members = delete_members
    SecurityHubResponse.list_invitations = list_invitations
    for name in ("administrator", "master"):
        setattr(SecurityHubResponse, f"disassociate_from_{name}_account", leave_administrator)
    SecurityHubResponse.accept_administrator_invitation = accept_invitation
    SecurityHubResponse.accept_invitation = accept_invitation
    ask = SecurityHubBackend.get_administrator_account

    def get_administrator(self: SecurityHubBackend) -> dict[str, Any]:
        accepted = self.__dict__.get("administrator")
        return {"Administrator": accepted} if accepted else ask(self)

    SecurityHubBackend.get_administrator_account = get_administrator


def members_in(self: SecurityHubResponse) -> list[dict[str, Any]]:
    members = self.securityhub_backend.members
    state_of(self, "standards")
    return [members[account] for account in body_of(self)["AccountIds"] if account in members]


def invite_members(self: SecurityHubResponse) -> str:
    for member in members_in(self):
        member["MemberStatus"] = "Invited"
    return json.dumps({"UnprocessedAccounts": []})


def disassociate_members(self: SecurityHubResponse) -> str:
    for member in members_in(self):
        member["MemberStatus"] = "Removed"
    return json.dumps({})


def delete_members(self: SecurityHubResponse) -> str:
    for member in members_in(self):
        del self.securityhub_backend.members[member["AccountId"]]
    return json.dumps({"UnprocessedAccounts": []})


def invitation(account: str) -> dict[str, str]:
    return {"AccountId": account, "InvitationId": f"invitation-{account}", "MemberStatus": "Invited"}


def list_invitations(self: SecurityHubResponse) -> str:
    state_of(self, "standards")
    return json.dumps({"Invitations": [invitation(account) for account in administrators]})


def accept_invitation(self: SecurityHubResponse) -> str:
    state_of(self, "standards")
    request = body_of(self)
    account = request.get("AdministratorId") or request.get("MasterId")
    if account not in administrators:
        raise SecurityHubClientError("InvalidInputException", f"{account} has not invited the account")
    self.securityhub_backend.administrator = {**invitation(account), "MemberStatus": "Enabled"}
    return json.dumps({})


def leave_administrator(self: SecurityHubResponse) -> str:
    self.securityhub_backend.__dict__.pop("administrator", None)
    return json.dumps({})


def probe_invitations(clients: Clients) -> bool:
    hub = hub_of(clients, "eu-north-1")
    member = "222222222222"

    def works() -> bool:
        hub.create_members(AccountDetails=[{"AccountId": member}])
        hub.invite_members(AccountIds=[member])
        hub.list_invitations()
        return [one["MemberStatus"] for one in hub.get_members(AccountIds=[member])["Members"]] == ["Invited"]

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


def patch_members_without_hub() -> None:
    create = SecurityHubBackend.create_members

    def create_with_hub(self: SecurityHubBackend, account_details: list[dict[str, str]]) -> list[dict[str, str]]:
        self.describe_hub()
        return create(self, account_details)

    SecurityHubBackend.create_members = create_with_hub


def probe_members_without_hub(clients: Clients) -> bool:
    hub = clients("securityhub", "ap-south-2")
    return accepts(
        "InvalidAccessException", lambda: hub.create_members(AccountDetails=[{"AccountId": "222222222222"}])
    )


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
    Gap(
        service="securityhub",
        gap="Accounts are members without an invitation, and cannot leave.",
        page=f"{API}/API_InviteMembers.html",
        patch=patch_invitations,
        probe=probe_invitations,
    ),
    Gap(
        service="securityhub",
        gap="An account without a hub can have members.",
        page=f"{API}/API_CreateMembers.html",
        patch=patch_members_without_hub,
        probe=probe_members_without_hub,
    ),
]
