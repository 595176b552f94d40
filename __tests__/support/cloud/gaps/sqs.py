"""SQS: policies of queues."""

from __future__ import annotations

import json
from typing import Any

from moto.sqs.models import Queue

from gap import Clients, Gap

STATEMENT = {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*"}
POLICY = json.dumps({"Version": "2012-10-17", "Statement": [STATEMENT]})


def patch_policy() -> None:
    set_attributes = Queue._set_attributes

    def set_and_keep_policy(self: Queue, attributes: dict[str, Any], now: float | None = None) -> None:
        kept = attributes.get("Policy", getattr(self, "policy", None))
        set_attributes(self, attributes, now)
        self.policy = kept

    Queue._set_attributes = set_and_keep_policy


def probe_policy(clients: Clients) -> bool:
    sqs = clients("sqs")
    url = sqs.create_queue(QueueName="probe-policy", Attributes={"Policy": POLICY})["QueueUrl"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"DelaySeconds": "5"})
    return attributes_of(sqs, url).get("Policy") != POLICY


def patch_redrive_allow_policy() -> None:
    set_attributes = Queue._set_attributes

    def set_or_remove(self: Queue, attributes: dict[str, Any], now: float | None = None) -> None:
        set_attributes(self, attributes, now)
        self.redrive_allow_policy = self.redrive_allow_policy or None

    Queue._set_attributes = set_or_remove
    Queue.redrive_allow_policy = None
    Queue.BASE_ATTRIBUTES = [*Queue.BASE_ATTRIBUTES, "RedriveAllowPolicy"]


def probe_redrive_allow_policy(clients: Clients) -> bool:
    sqs = clients("sqs")
    url = sqs.create_queue(QueueName="probe-allow")["QueueUrl"]
    allow = json.dumps({"redrivePermission": "denyAll"})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedriveAllowPolicy": allow})
    found = attributes_of(sqs, url).get("RedriveAllowPolicy")
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedriveAllowPolicy": ""})
    return found != allow or "RedriveAllowPolicy" in attributes_of(sqs, url)


def patch_redrive_policy() -> None:
    attributes = Queue.attributes.fget
    assert attributes is not None

    def with_compact_policy(self: Queue) -> dict[str, Any]:
        found = attributes(self)
        if found.get("RedrivePolicy"):
            found["RedrivePolicy"] = json.dumps(json.loads(found["RedrivePolicy"]), separators=(",", ":"))
        return found

    Queue.attributes = property(with_compact_policy)


def probe_redrive_policy(clients: Clients) -> bool:
    sqs = clients("sqs")
    dead = attributes_of(sqs, sqs.create_queue(QueueName="probe-dead")["QueueUrl"])["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": dead, "maxReceiveCount": 3}, separators=(",", ":"))
    url = sqs.create_queue(QueueName="probe-redrive", Attributes={"RedrivePolicy": policy})["QueueUrl"]
    return attributes_of(sqs, url).get("RedrivePolicy") != policy


def attributes_of(sqs: Any, url: str) -> dict[str, str]:
    answer: dict[str, str] = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    return answer


PAGE = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html"

GAPS = [
    Gap(
        service="sqs",
        gap="The policy of a queue is lost when another attribute changes.",
        page=PAGE,
        patch=patch_policy,
        probe=probe_policy,
    ),
    Gap(
        service="sqs",
        gap="A queue has no redrive allow policy.",
        page=PAGE,
        patch=patch_redrive_allow_policy,
        probe=probe_redrive_allow_policy,
    ),
    Gap(
        service="sqs",
        gap="The redrive policy returns with other white space than it was set with.",
        page=PAGE,
        patch=patch_redrive_policy,
        probe=probe_redrive_policy,
    ),
]
