"""CloudFront: response headers policies."""

from __future__ import annotations

from typing import Any

from moto.cloudfront.exceptions import CloudFrontException
from moto.cloudfront.responses import CloudFrontResponse
from moto.cloudfront.urls import url_paths
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.moto_api._internal import mock_random

from gap import Clients, Gap, unsupported

POLICIES = "{0}/2020-05-31/response-headers-policy"


def patch_policies() -> None:
    url_paths[f"{POLICIES}$"] = CloudFrontResponse.dispatch
    url_paths[f"{POLICIES}/(?P<policy_id>[^/]+)$"] = CloudFrontResponse.dispatch
    CloudFrontResponse.create_response_headers_policy = create_response_headers_policy
    CloudFrontResponse.get_response_headers_policy = get_response_headers_policy
    CloudFrontResponse.update_response_headers_policy = update_response_headers_policy
    CloudFrontResponse.delete_response_headers_policy = delete_response_headers_policy


def policies_of(self: CloudFrontResponse) -> dict[str, dict[str, Any]]:
    return self.backend.__dict__.setdefault("response_headers_policies", {})


def known_policy(self: CloudFrontResponse) -> dict[str, Any]:
    policies, identifier = policies_of(self), self._get_param("Id")
    if identifier not in policies:
        raise CloudFrontException("NoSuchResponseHeadersPolicy", "The response headers policy does not exist.")
    return policies[identifier]


def written(self: CloudFrontResponse, identifier: str) -> ActionResult:
    """Stores what the request sets. Each change has another ETag."""
    policy = {
        "Id": identifier,
        "LastModifiedTime": utcnow(),
        "ResponseHeadersPolicyConfig": self._get_param("ResponseHeadersPolicyConfig"),
    }
    policies_of(self)[identifier] = {"ResponseHeadersPolicy": policy, "ETag": mock_random.get_random_string(length=14)}
    return ActionResult(policies_of(self)[identifier])


def create_response_headers_policy(self: CloudFrontResponse) -> ActionResult:
    return written(self, str(mock_random.uuid4()))


def get_response_headers_policy(self: CloudFrontResponse) -> ActionResult:
    return ActionResult(known_policy(self))


def update_response_headers_policy(self: CloudFrontResponse) -> ActionResult:
    return written(self, known_policy(self)["ResponseHeadersPolicy"]["Id"])


def delete_response_headers_policy(self: CloudFrontResponse) -> ActionResult:
    del policies_of(self)[known_policy(self)["ResponseHeadersPolicy"]["Id"]]
    return EmptyResult()


def probe_policies(clients: Clients) -> bool:
    cloudfront = clients("cloudfront")
    headers = {"FrameOptions": {"Override": True, "FrameOption": "DENY"}}
    config = {"Name": "probe", "SecurityHeadersConfig": headers}

    def works() -> bool:
        made = cloudfront.create_response_headers_policy(ResponseHeadersPolicyConfig=config)
        identifier = made["ResponseHeadersPolicy"]["Id"]
        found = cloudfront.get_response_headers_policy(Id=identifier)
        changed = cloudfront.update_response_headers_policy(
            Id=identifier, IfMatch=found["ETag"], ResponseHeadersPolicyConfig={**config, "Comment": "changed"}
        )
        cloudfront.delete_response_headers_policy(Id=identifier, IfMatch=changed["ETag"])
        stored = [one["ResponseHeadersPolicy"]["ResponseHeadersPolicyConfig"] for one in (found, changed)]
        return bool(stored == [config, {**config, "Comment": "changed"}])

    return unsupported(works)


GAPS = [
    Gap(
        service="cloudfront",
        gap="There are no response headers policies.",
        page="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html",
        patch=patch_policies,
        probe=probe_policies,
    ),
]
