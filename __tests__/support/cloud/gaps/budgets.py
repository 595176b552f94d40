"""AWS Budgets: tags of budgets, and who receives their notifications."""

from __future__ import annotations

from collections import defaultdict

from moto.budgets.responses import BudgetsResponse
from moto.core.responses import ActionResult, EmptyResult

from gap import Clients, Gap, unsupported

TAGS: dict[str, dict[str, str]] = defaultdict(dict)


def patch_tags() -> None:
    create = BudgetsResponse.create_budget

    def create_tagged(self: BudgetsResponse) -> str:
        answer = create(self)
        arn = f"arn:aws:budgets::{self._get_param('AccountId')}:budget/{self._get_param('Budget')['BudgetName']}"
        TAGS[arn] = {one["Key"]: one["Value"] for one in self._get_param("ResourceTags") or []}
        return answer

    def list_tags(self: BudgetsResponse) -> ActionResult:
        tags = TAGS[self._get_param("ResourceARN")]
        return ActionResult({"ResourceTags": [{"Key": key, "Value": value} for key, value in tags.items()]})

    def tag(self: BudgetsResponse) -> ActionResult:
        TAGS[self._get_param("ResourceARN")].update(
            {one["Key"]: one["Value"] for one in self._get_param("ResourceTags")}
        )
        return EmptyResult()

    def untag(self: BudgetsResponse) -> ActionResult:
        for key in self._get_param("ResourceTagKeys"):
            TAGS[self._get_param("ResourceARN")].pop(key, None)
        return EmptyResult()

    BudgetsResponse.create_budget = create_tagged
    BudgetsResponse.list_tags_for_resource = list_tags
    BudgetsResponse.tag_resource = tag
    BudgetsResponse.untag_resource = untag


def probe_tags(clients: Clients) -> bool:
    budgets = clients("budgets")

    def works() -> bool:
        account = clients("sts").get_caller_identity()["Account"]
        limit = {"Amount": "10", "Unit": "USD"}
        budget = {"BudgetName": "probe", "BudgetType": "COST", "BudgetLimit": limit, "TimeUnit": "MONTHLY"}
        tags = [{"Key": "Owner", "Value": "probe"}]
        budgets.create_budget(AccountId=account, Budget=budget, ResourceTags=tags)
        found = budgets.list_tags_for_resource(ResourceARN=f"arn:aws:budgets::{account}:budget/probe")["ResourceTags"]
        budgets.delete_budget(AccountId=account, BudgetName="probe")
        return found == tags

    return unsupported(works)


def patch_subscribers() -> None:
    def describe(self: BudgetsResponse) -> ActionResult:
        account, name = self._get_param("AccountId"), self._get_param("BudgetName")
        asked = key_of(self._get_param("Notification"))
        found = [
            one.subscribers for one in self.backend.budgets[account][name].notifications if key_of(one.details) == asked
        ]
        return ActionResult({"Subscribers": [subscriber for one in found for subscriber in one]})

    BudgetsResponse.describe_subscribers_for_notification = describe


def key_of(notification: dict[str, object]) -> tuple[object, object]:
    """A budget has one notification of a type and a threshold."""
    return notification["NotificationType"], notification["Threshold"]


def probe_subscribers(clients: Clients) -> bool:
    budgets = clients("budgets")

    def works() -> bool:
        account = clients("sts").get_caller_identity()["Account"]
        limit = {"Amount": "10", "Unit": "USD"}
        budget = {"BudgetName": "told", "BudgetType": "COST", "BudgetLimit": limit, "TimeUnit": "MONTHLY"}
        notification = {"NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 80.0}
        subscribers = [{"SubscriptionType": "EMAIL", "Address": "probe@example.com"}]
        told = [{"Notification": notification, "Subscribers": subscribers}]
        budgets.create_budget(AccountId=account, Budget=budget, NotificationsWithSubscribers=told)
        found = budgets.describe_subscribers_for_notification(
            AccountId=account, BudgetName="told", Notification=notification
        )["Subscribers"]
        budgets.delete_budget(AccountId=account, BudgetName="told")
        return found == subscribers

    return unsupported(works)


GAPS = [
    Gap(
        service="budgets",
        gap="Budgets have no tags.",
        page="https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_ListTagsForResource.html",
        patch=patch_tags,
        probe=probe_tags,
    ),
    Gap(
        service="budgets",
        gap="The subscribers of a notification cannot be read.",
        page="https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_DescribeSubscribersForNotification.html",
        patch=patch_subscribers,
        probe=probe_subscribers,
    ),
]
