"""CloudFront: the stages of functions, and their associations with behaviors of distributions."""

from __future__ import annotations

from typing import Any

from moto.cloudfront.exceptions import CloudFrontException
from moto.cloudfront.models import CloudFrontBackend, CloudFrontFunction, DefaultCacheBehaviour, Distribution
from moto.cloudfront.responses import CloudFrontResponse
from moto.cloudfront.urls import url_paths
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.moto_api._internal import mock_random

from gap import Clients, Gap, accepts, unsupported
from gaps.cloudfront import make_distribution

FUNCTION = "{0}/2020-05-31/function/(?P<function_name>[^/]+)"


def patch_stages() -> None:
    url_paths[f"{FUNCTION}/publish$"] = CloudFrontResponse.dispatch
    CloudFrontResponse.update_function = update_function
    CloudFrontResponse.publish_function = publish_function
    CloudFrontResponse.describe_function = describe_function
    CloudFrontResponse.get_function = get_function


def live_of(backend: CloudFrontBackend) -> dict[str, CloudFrontFunction]:
    """The functions that distributions call, by name."""
    return backend.__dict__.setdefault("live_functions", {})


def copy_of(function: CloudFrontFunction, stage: str, backend: CloudFrontBackend) -> CloudFrontFunction:
    made = CloudFrontFunction(backend.account_id, "us-east-1", function.name, function.config, function.code)
    made.stage, made.created_time = stage, function.created_time
    return made


def in_stage(self: CloudFrontResponse) -> CloudFrontFunction:
    name = self._get_param("Name")
    if self._get_param("Stage") != "LIVE":
        return self.backend.describe_function(name=name)
    if name not in live_of(self.backend):
        raise CloudFrontException("NoSuchFunctionExists", "The specified function does not exist.")
    return live_of(self.backend)[name]


def matching(self: CloudFrontResponse) -> CloudFrontFunction:
    function = self.backend.describe_function(name=self._get_param("Name"))
    if self._get_param("IfMatch") != function.etag:
        raise CloudFrontException("InvalidIfMatchVersion", "The If-Match version is missing or not valid.")
    return function


def update_function(self: CloudFrontResponse) -> ActionResult:
    function = matching(self)
    function.config, function.code = self._get_param("FunctionConfig"), self._get_param("FunctionCode")
    function.status, function.last_modified_time = "UNPUBLISHED", utcnow()
    function.etag = mock_random.get_random_string(length=14)
    return ActionResult({"FunctionSummary": function.function_summary, "ETag": function.etag})


def publish_function(self: CloudFrontResponse) -> ActionResult:
    function = matching(self)
    live = live_of(self.backend)[function.name] = copy_of(function, "LIVE", self.backend)
    function.status = live.status = "UNASSOCIATED"
    return ActionResult({"FunctionSummary": live.function_summary})


def describe_function(self: CloudFrontResponse) -> ActionResult:
    function = in_stage(self)
    return ActionResult({"FunctionSummary": function.function_summary, "ETag": function.etag})


def get_function(self: CloudFrontResponse) -> ActionResult:
    function = in_stage(self)
    content = {"FunctionCode": function.code, "ContentType": "application/octet-stream"}
    return ActionResult({**content, "ETag": function.etag})


def probe_stages(clients: Clients) -> bool:
    cloudfront = clients("cloudfront")
    config = {"Comment": "", "Runtime": "cloudfront-js-2.0"}

    def works() -> bool:
        made = cloudfront.create_function(Name="probe-stages", FunctionConfig=config, FunctionCode=b"first")
        cloudfront.publish_function(Name="probe-stages", IfMatch=made["ETag"])
        cloudfront.update_function(
            Name="probe-stages", IfMatch=made["ETag"], FunctionConfig=config, FunctionCode=b"second"
        )
        codes = [
            cloudfront.get_function(Name="probe-stages", Stage=stage)["FunctionCode"].read()
            for stage in ("LIVE", "DEVELOPMENT")
        ]
        return codes == [b"first", b"second"]

    return unsupported(works)


def patch_associations() -> None:
    make = DefaultCacheBehaviour.__init__

    def make_with_functions(self: DefaultCacheBehaviour, config: dict[str, Any]) -> None:
        make(self, config)
        self.function_associations = config.get("FunctionAssociations") or {"Quantity": 0}

    DefaultCacheBehaviour.__init__ = make_with_functions


def patch_published() -> None:
    create = CloudFrontBackend.create_distribution_with_tags
    update = CloudFrontBackend.update_distribution

    def create_with_published(
        self: CloudFrontBackend, distribution_config: dict[str, Any], tags: list[dict[str, str]]
    ) -> tuple[Distribution, str, str]:
        check_published(self, distribution_config)
        return create(self, distribution_config, tags)

    def update_with_published(
        self: CloudFrontBackend, dist_config: dict[str, Any], _id: str, if_match: bool
    ) -> tuple[Distribution, str, str]:
        check_published(self, dist_config)
        return update(self, dist_config, _id, if_match)

    CloudFrontBackend.create_distribution_with_tags = create_with_published
    CloudFrontBackend.update_distribution = update_with_published


def check_published(backend: CloudFrontBackend, config: dict[str, Any]) -> None:
    behaviors = [config["DefaultCacheBehavior"], *config.get("CacheBehaviors", {}).get("Items", [])]
    associations = [one for each in behaviors for one in each.get("FunctionAssociations", {}).get("Items", [])]
    live = {function.arn for function in live_of(backend).values()}
    for arn in (one["FunctionARN"] for one in associations):
        if arn not in live:
            raise CloudFrontException("InvalidFunctionAssociation", f"{arn} is not published.")


def associated(arn: str) -> dict[str, Any]:
    functions = {"Quantity": 1, "Items": [{"FunctionARN": arn, "EventType": "viewer-request"}]}
    behaviour = {"TargetOriginId": "bucket", "ViewerProtocolPolicy": "redirect-to-https"}
    policy = {"CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6"}
    return {**behaviour, **policy, "FunctionAssociations": functions}


def probe_associations(clients: Clients) -> bool:
    cloudfront = clients("cloudfront")
    config = {"Comment": "", "Runtime": "cloudfront-js-2.0"}

    def works() -> bool:
        made = cloudfront.create_function(Name="probe-association", FunctionConfig=config, FunctionCode=b"code")
        cloudfront.publish_function(Name="probe-association", IfMatch=made["ETag"])
        behaviour = associated(made["FunctionSummary"]["FunctionMetadata"]["FunctionARN"])
        make_distribution(clients, "probe-association", DefaultCacheBehavior=behaviour, Comment="associated")
        distributions = cloudfront.list_distributions()["DistributionList"]["Items"]
        [identifier] = [one["Id"] for one in distributions if one["Comment"] == "associated"]
        found = cloudfront.get_distribution_config(Id=identifier)
        changed = {**found["DistributionConfig"], "DefaultCacheBehavior": {**behaviour, "Compress": False}}
        cloudfront.update_distribution(Id=identifier, IfMatch=found["ETag"], DistributionConfig=changed)
        now = cloudfront.get_distribution_config(Id=identifier)
        behaviors = [one["DistributionConfig"]["DefaultCacheBehavior"] for one in (found, now)]
        expected = [(behaviour["FunctionAssociations"], compress) for compress in (True, False)]
        return [(one["FunctionAssociations"], one["Compress"]) for one in behaviors] == expected

    return unsupported(works)


def probe_unpublished(clients: Clients) -> bool:
    behaviour = associated("arn:aws:cloudfront::111111111111:function/missing")
    return accepts(
        "InvalidFunctionAssociation",
        lambda: make_distribution(clients, "probe-unpublished", DefaultCacheBehavior=behaviour),
    )


GUIDE = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide"

GAPS = [
    Gap(
        service="cloudfront",
        gap="Functions cannot be published or changed, and have one stage.",
        page=f"{GUIDE}/managing-functions.html",
        patch=patch_stages,
        probe=probe_stages,
    ),
    Gap(
        service="cloudfront",
        gap="The functions of a behavior are dropped.",
        page=f"{GUIDE}/associate-function.html",
        patch=patch_associations,
        probe=probe_associations,
    ),
    Gap(
        service="cloudfront",
        gap="Accepts a behavior with a function that is not published.",
        page=f"{GUIDE}/associate-function.html",
        patch=patch_published,
        probe=probe_unpublished,
    ),
]
