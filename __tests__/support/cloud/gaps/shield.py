"""Shield Advanced: the subscription of an account, which its protections need."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.shield.models import Subscription
from moto.shield.responses import ShieldResponse

from gap import Clients, Gap, accepts, unsupported


def patch_subscription() -> None:
    describe = Subscription.to_dict

    def with_times(self: Subscription) -> dict[str, Any]:
        return {**describe(self), "StartTime": self.start_time.timestamp(), "EndTime": self.end_time.timestamp()}

    def update(self: ShieldResponse) -> ActionResult:
        self.shield_backend.describe_subscription().auto_renew = self._get_param("AutoRenew")
        return EmptyResult()

    def state(self: ShieldResponse) -> ActionResult:
        subscribed = self.shield_backend.subscription is not None
        return ActionResult({"SubscriptionState": "ACTIVE" if subscribed else "INACTIVE"})

    Subscription.to_dict = with_times
    ShieldResponse.update_subscription = update
    ShieldResponse.get_subscription_state = state


def patch_protections() -> None:
    create = ShieldResponse.create_protection

    def create_subscribed(self: ShieldResponse) -> str:
        self.shield_backend.describe_subscription()
        return create(self)

    ShieldResponse.create_protection = create_subscribed


def probe_subscription(clients: Clients) -> bool:
    shield = clients("shield")

    def works() -> bool:
        before = shield.get_subscription_state()["SubscriptionState"]
        shield.create_subscription()
        shield.update_subscription(AutoRenew="DISABLED")
        found = shield.describe_subscription()["Subscription"]
        after = shield.get_subscription_state()["SubscriptionState"]
        return (before, found["AutoRenew"], after) == ("INACTIVE", "DISABLED", "ACTIVE")

    return unsupported(works)


def probe_protections(clients: Clients) -> bool:
    """In an account that has no subscription yet."""
    shield = clients("shield")
    address = "arn:aws:ec2:us-east-1:111111111111:eip-allocation/eipalloc-1"
    return accepts("ResourceNotFoundException", lambda: shield.create_protection(Name="probe", ResourceArn=address))


GAPS = [
    Gap(
        service="shield",
        gap="An account without a subscription can have protections.",
        page="https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/API_CreateProtection.html",
        patch=patch_protections,
        probe=probe_protections,
    ),
    Gap(
        service="shield",
        gap="The times of a subscription are text, it cannot be changed, and there is no state of it.",
        page="https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/API_DescribeSubscription.html",
        patch=patch_subscription,
        probe=probe_subscription,
    ),
]
