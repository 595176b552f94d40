"""SNS: services that send to a topic have to be permitted by its policy."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.rds.exceptions import RDSClientError
from moto.rds.models import EventSubscription, RDSBackend
from moto.sesv2.responses import SESV2Response
from moto.sns.models import sns_backends

from gap import Clients, Gap, accepts, unsupported
from policies import permits


def may_publish(arn: str, service: str) -> bool:
    _, _, _, region, account, _ = arn.split(":")
    topic = sns_backends[account][region].topics.get(arn)
    return topic is not None and permits(topic.policy, "sns:Publish", arn, service)


def patch_event_subscriptions() -> None:
    create = RDSBackend.create_event_subscription

    def create_permitted(self: RDSBackend, kwargs: Any) -> EventSubscription:
        topic = kwargs["sns_topic_arn"]
        if not may_publish(topic, "events.rds.amazonaws.com"):
            message = f"You do not have permission to publish to the SNS topic ARN: {topic}"
            raise RDSClientError("SNSNoAuthorization", message)
        return create(self, kwargs)

    RDSBackend.create_event_subscription = create_permitted


def patch_event_destinations() -> None:
    """Wraps the actions that gaps/sesv2.py adds."""
    for name in ("create_configuration_set_event_destination", "update_configuration_set_event_destination"):
        setattr(SESV2Response, name, with_permitted_topic(getattr(SESV2Response, name)))


def with_permitted_topic(action: Callable[[SESV2Response], str]) -> Callable[[SESV2Response], str]:
    def checked(self: SESV2Response) -> str:
        topic = self._get_param("EventDestination").get("SnsDestination", {}).get("TopicArn")
        if topic and not may_publish(topic, "ses.amazonaws.com"):
            raise JsonRESTError("BadRequestException", f"Could not publish to SNS topic <{topic}>.")
        return action(self)

    return checked


def make_topic(clients: Clients, name: str, service: str | None) -> str:
    """A topic whose policy permits the service, or nobody."""
    sns = clients("sns")
    arn = str(sns.create_topic(Name=name)["TopicArn"])
    allow = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sns:Publish", "Resource": arn}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allow] if service else []})
    sns.set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=policy)
    return arn


def probe_event_subscriptions(clients: Clients) -> bool:
    rds = clients("rds")
    allowed = make_topic(clients, "probe-rds-allowed", "events.rds.amazonaws.com")
    rds.create_event_subscription(SubscriptionName="probe-allowed", SnsTopicArn=allowed)
    refused = make_topic(clients, "probe-rds-refused", None)
    return accepts(
        "SNSNoAuthorization",
        lambda: rds.create_event_subscription(SubscriptionName="probe-refused", SnsTopicArn=refused),
    )


def probe_event_destinations(clients: Clients) -> bool:
    ses = clients("sesv2")
    topic = make_topic(clients, "probe-ses-refused", None)
    ses.create_configuration_set(ConfigurationSetName="probe-refused")
    destination = {"Enabled": True, "MatchingEventTypes": ["SEND"], "SnsDestination": {"TopicArn": topic}}

    def accepted() -> bool:
        return accepts(
            "BadRequestException",
            lambda: ses.create_configuration_set_event_destination(
                ConfigurationSetName="probe-refused", EventDestinationName="probe", EventDestination=destination
            ),
        )

    return unsupported(lambda: not accepted())


GAPS = [
    Gap(
        service="rds",
        gap="Accepts an event subscription for a topic whose policy does not permit it.",
        page="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.GrantingPermissions.html",
        patch=patch_event_subscriptions,
        probe=probe_event_subscriptions,
    ),
    Gap(
        service="sesv2",
        gap="Accepts an event destination for a topic whose policy does not permit it.",
        page="https://docs.aws.amazon.com/ses/latest/dg/event-publishing-add-event-destination-sns.html",
        patch=patch_event_destinations,
        probe=probe_event_destinations,
    ),
]
