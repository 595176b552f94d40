"""Application Auto Scaling: tags of scalable targets."""

from __future__ import annotations

import json

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.utilities.tagging_service import TaggingService

from gap import Clients, Gap, unsupported

TAGS = TaggingService()


def patch_tags() -> None:
    ApplicationAutoScalingResponse.list_tags_for_resource = list_tags_for_resource
    ApplicationAutoScalingResponse.tag_resource = tag_resource
    ApplicationAutoScalingResponse.untag_resource = untag_resource
    register = ApplicationAutoScalingResponse.register_scalable_target

    def register_with_tags(self: ApplicationAutoScalingResponse) -> str:
        answer = register(self)
        tags = self._get_param("Tags") or {}
        TAGS.tag_resource(json.loads(answer)["ScalableTargetARN"], TAGS.convert_dict_to_tags_input(tags))
        return answer

    ApplicationAutoScalingResponse.register_scalable_target = register_with_tags


def list_tags_for_resource(self: ApplicationAutoScalingResponse) -> str:
    return json.dumps({"Tags": TAGS.get_tag_dict_for_resource(self._get_param("ResourceARN"))})


def tag_resource(self: ApplicationAutoScalingResponse) -> str:
    TAGS.tag_resource(self._get_param("ResourceARN"), TAGS.convert_dict_to_tags_input(self._get_param("Tags")))
    return json.dumps({})


def untag_resource(self: ApplicationAutoScalingResponse) -> str:
    TAGS.untag_resource_using_names(self._get_param("ResourceARN"), self._get_param("TagKeys"))
    return json.dumps({})


def probe_tags(clients: Clients) -> bool:
    scaling = clients("application-autoscaling")
    target = scaling.register_scalable_target(
        ServiceNamespace="dynamodb",
        ResourceId="table/probe",
        ScalableDimension="dynamodb:table:ReadCapacityUnits",
        MinCapacity=1,
        MaxCapacity=2,
        Tags={"Env": "dev"},
    )
    return unsupported(
        lambda: scaling.list_tags_for_resource(ResourceARN=target["ScalableTargetARN"])["Tags"] == {"Env": "dev"}
    )


GAPS = [
    Gap(
        service="application-autoscaling",
        gap="Tags of scalable targets are dropped and cannot be listed.",
        page="https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ListTagsForResource.html",
        patch=patch_tags,
        probe=probe_tags,
    ),
]
