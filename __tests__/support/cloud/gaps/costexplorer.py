"""Cost Explorer: monitors of unusual costs, who hears of these, and tags that bills are grouped by."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from moto.ce.responses import CostExplorerResponse
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult, EmptyResult
from moto.moto_api._internal import mock_random

from gap import Clients, Gap, accepts, unsupported

MONITORS: dict[str, dict[str, Any]] = {}
SUBSCRIPTIONS: dict[str, dict[str, Any]] = {}
STATUSES: dict[str, str] = defaultdict(lambda: "Inactive")


def patch_anomalies() -> None:
    for action in (
        create_anomaly_monitor,
        get_anomaly_monitors,
        update_anomaly_monitor,
        delete_anomaly_monitor,
        create_anomaly_subscription,
        get_anomaly_subscriptions,
        update_anomaly_subscription,
        delete_anomaly_subscription,
    ):
        setattr(CostExplorerResponse, action.__name__, action)


def create_anomaly_monitor(self: CostExplorerResponse) -> ActionResult:
    monitor = self._get_param("AnomalyMonitor")
    of_services = [one for one in MONITORS.values() if one.get("MonitorDimension") == "SERVICE"]
    if monitor.get("MonitorDimension") == "SERVICE" and of_services:
        raise JsonRESTError("LimitExceededException", "Limit exceeded on dimensional spend monitor creation")
    arn = new_arn(self, "anomalymonitor")
    MONITORS[arn] = monitor
    self.ce_backend.tag_resource(arn, self._get_param("ResourceTags") or [])
    return ActionResult({"MonitorArn": arn})


def get_anomaly_monitors(self: CostExplorerResponse) -> ActionResult:
    asked = self._get_param("MonitorArnList") or list(MONITORS)
    return ActionResult({"AnomalyMonitors": [{"MonitorArn": arn, **monitor_of(arn)} for arn in asked]})


def update_anomaly_monitor(self: CostExplorerResponse) -> ActionResult:
    arn = self._get_param("MonitorArn")
    monitor_of(arn)["MonitorName"] = self._get_param("MonitorName")
    return ActionResult({"MonitorArn": arn})


def delete_anomaly_monitor(self: CostExplorerResponse) -> ActionResult:
    arn = self._get_param("MonitorArn")
    monitor_of(arn)
    del MONITORS[arn]
    return EmptyResult()


def create_anomaly_subscription(self: CostExplorerResponse) -> ActionResult:
    subscription = self._get_param("AnomalySubscription")
    for monitor in subscription["MonitorArnList"]:
        monitor_of(monitor)
    arn = new_arn(self, "anomalysubscription")
    SUBSCRIPTIONS[arn] = {"AccountId": self.current_account, **subscription}
    self.ce_backend.tag_resource(arn, self._get_param("ResourceTags") or [])
    return ActionResult({"SubscriptionArn": arn})


def get_anomaly_subscriptions(self: CostExplorerResponse) -> ActionResult:
    asked = self._get_param("SubscriptionArnList") or list(SUBSCRIPTIONS)
    found = [{"SubscriptionArn": arn, **subscription_of(arn)} for arn in asked]
    return ActionResult({"AnomalySubscriptions": found})


def update_anomaly_subscription(self: CostExplorerResponse) -> ActionResult:
    changes = json.loads(self.body)
    arn = changes.pop("SubscriptionArn")
    subscription_of(arn).update(changes)
    return ActionResult({"SubscriptionArn": arn})


def delete_anomaly_subscription(self: CostExplorerResponse) -> ActionResult:
    arn = self._get_param("SubscriptionArn")
    subscription_of(arn)
    del SUBSCRIPTIONS[arn]
    return EmptyResult()


def new_arn(self: CostExplorerResponse, kind: str) -> str:
    return f"arn:aws:ce::{self.current_account}:{kind}/{mock_random.uuid4()}"


def monitor_of(arn: str) -> dict[str, Any]:
    if arn not in MONITORS:
        raise JsonRESTError("UnknownMonitorException", f"Anomaly monitor {arn} does not exist")
    return MONITORS[arn]


def subscription_of(arn: str) -> dict[str, Any]:
    if arn not in SUBSCRIPTIONS:
        raise JsonRESTError("UnknownSubscriptionException", f"Anomaly subscription {arn} does not exist")
    return SUBSCRIPTIONS[arn]


def patch_allocation_tags() -> None:
    def update_statuses(self: CostExplorerResponse) -> ActionResult:
        STATUSES.update({one["TagKey"]: one["Status"] for one in self._get_param("CostAllocationTagsStatus")})
        return ActionResult({"Errors": []})

    def list_tags(self: CostExplorerResponse) -> ActionResult:
        asked = self._get_param("TagKeys") or list(STATUSES)
        tags = [{"TagKey": key, "Type": "UserDefined", "Status": STATUSES[key]} for key in asked]
        return ActionResult({"CostAllocationTags": tags})

    CostExplorerResponse.update_cost_allocation_tags_status = update_statuses
    CostExplorerResponse.list_cost_allocation_tags = list_tags


def probe_anomalies(clients: Clients) -> bool:
    ce = clients("ce")
    settings = {"MonitorName": "probe", "MonitorType": "DIMENSIONAL", "MonitorDimension": "SERVICE"}
    topic = {"Address": "arn:aws:sns:us-east-1:111111111111:probe", "Type": "SNS"}

    def works() -> bool:
        monitor = ce.create_anomaly_monitor(AnomalyMonitor=settings)["MonitorArn"]
        second = accepts("LimitExceededException", lambda: ce.create_anomaly_monitor(AnomalyMonitor=settings))
        subscription = ce.create_anomaly_subscription(
            AnomalySubscription={
                "SubscriptionName": "probe",
                "MonitorArnList": [monitor],
                "Subscribers": [topic],
                "Frequency": "DAILY",
            }
        )["SubscriptionArn"]
        ce.update_anomaly_subscription(SubscriptionArn=subscription, Frequency="IMMEDIATE")
        [found] = ce.get_anomaly_subscriptions(SubscriptionArnList=[subscription])["AnomalySubscriptions"]
        ce.delete_anomaly_subscription(SubscriptionArn=subscription)
        ce.delete_anomaly_monitor(MonitorArn=monitor)
        unknown = accepts("UnknownMonitorException", lambda: ce.get_anomaly_monitors(MonitorArnList=[monitor]))
        return (second, found["Frequency"], found["Subscribers"], unknown) == (False, "IMMEDIATE", [topic], False)

    return unsupported(works)


def probe_allocation_tags(clients: Clients) -> bool:
    ce = clients("ce")

    def works() -> bool:
        statuses = [{"TagKey": "Probe", "Status": "Active"}]
        ce.update_cost_allocation_tags_status(CostAllocationTagsStatus=statuses)
        [found] = ce.list_cost_allocation_tags(TagKeys=["Probe"])["CostAllocationTags"]
        return (found["Status"], found["Type"]) == ("Active", "UserDefined")

    return unsupported(works)


GAPS = [
    Gap(
        service="ce",
        gap="There are no monitors of cost anomalies and no subscriptions to them.",
        page="https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_CreateAnomalyMonitor.html",
        patch=patch_anomalies,
        probe=probe_anomalies,
    ),
    Gap(
        service="ce",
        gap="There are no cost allocation tags.",
        page="https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_UpdateCostAllocationTagsStatus.html",
        patch=patch_allocation_tags,
        probe=probe_allocation_tags,
    ),
]
