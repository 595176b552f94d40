"""ECR: pull-through cache rules."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult
from moto.ecr.models import ECRBackend
from moto.ecr.responses import ECRResponse

from gap import Clients, Gap, unsupported

Rule = dict[str, Any]


def rules_of(backend: ECRBackend) -> dict[str, Rule]:
    return backend.__dict__.setdefault("pull_through_cache_rules", {})


def existing(self: ECRResponse, prefix: str) -> Rule:
    rule = rules_of(self.ecr_backend).get(prefix)
    if rule is None:
        message = f"The pull through cache rule with prefix '{prefix}' does not exist."
        raise JsonRESTError("PullThroughCacheRuleNotFoundException", message)
    return rule


def create_pull_through_cache_rule(self: ECRResponse) -> ActionResult:
    prefix = self._get_param("ecrRepositoryPrefix")
    rules = rules_of(self.ecr_backend)
    if prefix in rules:
        message = f"The pull through cache rule with prefix '{prefix}' already exists."
        raise JsonRESTError("PullThroughCacheRuleAlreadyExistsException", message)
    rule = {
        "ecrRepositoryPrefix": prefix,
        "upstreamRegistryUrl": self._get_param("upstreamRegistryUrl"),
        "createdAt": datetime.now(timezone.utc),
        "registryId": self.current_account,
    }
    credential = self._get_param("credentialArn")
    rules[prefix] = {**rule, "credentialArn": credential} if credential else rule
    return ActionResult(rules[prefix])


def describe_pull_through_cache_rules(self: ECRResponse) -> ActionResult:
    prefixes = self._get_param("ecrRepositoryPrefixes") or list(rules_of(self.ecr_backend))
    return ActionResult({"pullThroughCacheRules": [existing(self, prefix) for prefix in prefixes]})


def update_pull_through_cache_rule(self: ECRResponse) -> ActionResult:
    rule = existing(self, self._get_param("ecrRepositoryPrefix"))
    rule["credentialArn"] = self._get_param("credentialArn")
    return ActionResult({**rule, "updatedAt": datetime.now(timezone.utc)})


def delete_pull_through_cache_rule(self: ECRResponse) -> ActionResult:
    rule = existing(self, self._get_param("ecrRepositoryPrefix"))
    del rules_of(self.ecr_backend)[rule["ecrRepositoryPrefix"]]
    return ActionResult(rule)


def patch_pull_through_cache() -> None:
    for action in (
        create_pull_through_cache_rule,
        describe_pull_through_cache_rules,
        update_pull_through_cache_rule,
        delete_pull_through_cache_rule,
    ):
        setattr(ECRResponse, action.__name__, action)


def probe_pull_through_cache(clients: Clients) -> bool:
    ecr = clients("ecr")

    def keeps() -> bool:
        ecr.create_pull_through_cache_rule(ecrRepositoryPrefix="probe", upstreamRegistryUrl="quay.io")
        rules = ecr.describe_pull_through_cache_rules(ecrRepositoryPrefixes=["probe"])["pullThroughCacheRules"]
        ecr.delete_pull_through_cache_rule(ecrRepositoryPrefix="probe")
        return bool(rules[0]["upstreamRegistryUrl"] == "quay.io")

    return unsupported(keeps)


GAPS = [
    Gap(
        service="ecr",
        gap="There are no pull-through cache rules.",
        page="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html",
        patch=patch_pull_through_cache,
        probe=probe_pull_through_cache,
    ),
]
