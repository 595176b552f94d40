"""SES v2: configuration sets, their event destinations, and identities."""

from __future__ import annotations

import json
import time
from typing import Any

import moto.ses.models
import moto.sesv2.models
from moto.core.exceptions import JsonRESTError
from moto.moto_api._internal import mock_random
from moto.ses.exceptions import NotFoundException
from moto.ses.models import ConfigurationSet, EmailIdentity
from moto.sesv2.responses import SESV2Response
from moto.sesv2.urls import url_paths

from gap import Clients, Gap, unsupported
from gaps.topics import make_topic

DESTINATIONS = "{0}/v2/email/configuration-sets/(?P<ConfigurationSetName>[^/]+)/event-destinations"


def patch_sending_options() -> None:
    to_dict = ConfigurationSet.to_dict_v2

    def to_dict_v2(self: ConfigurationSet) -> dict[str, Any]:
        return {**to_dict(self), "SendingOptions": self.enabled or {"SendingEnabled": True}}

    ConfigurationSet.to_dict_v2 = to_dict_v2


def probe_sending_options(clients: Clients) -> bool:
    ses = clients("sesv2")
    ses.create_configuration_set(ConfigurationSetName="probe-sending", SendingOptions={"SendingEnabled": True})
    found = ses.get_configuration_set(ConfigurationSetName="probe-sending")
    return bool(found["SendingOptions"]["SendingEnabled"] is not True)


def patch_unset_options() -> None:
    to_dict = ConfigurationSet.to_dict_v2
    ConfigurationSet.to_dict_v2 = lambda self: {key: value for key, value in to_dict(self).items() if value != {}}


def probe_unset_options(clients: Clients) -> bool:
    ses = clients("sesv2")
    ses.create_configuration_set(ConfigurationSetName="probe-unset")
    found = ses.get_configuration_set(ConfigurationSetName="probe-unset")
    return "TrackingOptions" in found or "VdmOptions" in found


def patch_event_destinations() -> None:
    url_paths[f"{DESTINATIONS}$"] = SESV2Response.dispatch
    url_paths[f"{DESTINATIONS}/(?P<EventDestinationName>[^/]+)$"] = SESV2Response.dispatch
    SESV2Response.create_configuration_set_event_destination = create_event_destination
    SESV2Response.get_configuration_set_event_destinations = get_event_destinations
    SESV2Response.update_configuration_set_event_destination = update_event_destination
    SESV2Response.delete_configuration_set_event_destination = delete_event_destination


def destinations_of(self: SESV2Response) -> dict[str, dict[str, Any]]:
    name = self._get_param("ConfigurationSetName")
    known = self.sesv2_backend.core_backend.config_sets
    if name not in known:
        raise NotFoundException(f"Configuration set <{name}> does not exist.")
    return known[name].__dict__.setdefault("event_destinations", {})


def create_event_destination(self: SESV2Response) -> str:
    destinations, name = destinations_of(self), self._get_param("EventDestinationName")
    if name in destinations:
        raise JsonRESTError("AlreadyExistsException", f"Event destination <{name}> already exists.")
    destinations[name] = {"Name": name, "Enabled": False, **self._get_param("EventDestination")}
    return json.dumps({})


def get_event_destinations(self: SESV2Response) -> str:
    return json.dumps({"EventDestinations": list(destinations_of(self).values())})


def update_event_destination(self: SESV2Response) -> str:
    name = self._get_param("EventDestinationName")
    known_destination(self, name).update(self._get_param("EventDestination"))
    return json.dumps({})


def delete_event_destination(self: SESV2Response) -> str:
    name = self._get_param("EventDestinationName")
    known_destination(self, name)
    del destinations_of(self)[name]
    return json.dumps({})


def known_destination(self: SESV2Response, name: str) -> dict[str, Any]:
    if name not in destinations_of(self):
        raise NotFoundException(f"Event destination <{name}> does not exist.")
    return destinations_of(self)[name]


def probe_event_destinations(clients: Clients) -> bool:
    ses = clients("sesv2")
    topic = make_topic(clients, "probe-events", "ses.amazonaws.com")
    ses.create_configuration_set(ConfigurationSetName="probe-events")
    destination = {"Enabled": True, "MatchingEventTypes": ["BOUNCE"], "SnsDestination": {"TopicArn": topic}}

    def works() -> bool:
        ses.create_configuration_set_event_destination(
            ConfigurationSetName="probe-events", EventDestinationName="probe", EventDestination=destination
        )
        found = ses.get_configuration_set_event_destinations(ConfigurationSetName="probe-events")
        return bool(found["EventDestinations"] == [{"Name": "probe", **destination}])

    return unsupported(works)


def patch_identities() -> None:
    make = EmailIdentity.__init__

    def make_with_dkim(self: EmailIdentity, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        own_keys = self.dkim_signing_attributes or {}
        length = self.dkim_attributes["NextSigningKeyLength"]
        if self.identity_type == "DOMAIN":
            easy = "DomainSigningSelector" not in own_keys
            tokens = [mock_random.get_random_hex(32) for _ in range(3)] if easy else [own_keys["DomainSigningSelector"]]
            self.dkim_attributes.update(SigningEnabled=True, Tokens=tokens, CurrentSigningKeyLength=length)
        self.dkim_attributes["LastKeyGenerationTimestamp"] = time.time()

    EmailIdentity.__init__ = make_with_dkim


def probe_identities(clients: Clients) -> bool:
    ses = clients("sesv2")

    def works() -> bool:
        ses.create_email_identity(
            EmailIdentity="probe.example", DkimSigningAttributes={"NextSigningKeyLength": "RSA_2048_BIT"}
        )
        dkim = ses.get_email_identity(EmailIdentity="probe.example")["DkimAttributes"]
        return len(dkim.get("Tokens", [])) == 3

    return unsupported(works)


def patch_identity_tags() -> None:
    for module in (moto.ses.models, moto.sesv2.models):
        module.get_arn = get_arn


def get_arn(backend: Any, service: str, resource: str) -> str:
    name = resource.replace("email-identity/", "identity/")
    return f"arn:{backend.partition}:{service}:{backend.region_name}:{backend.account_id}:{name}"


def probe_identity_tags(clients: Clients) -> bool:
    ses = clients("sesv2")
    account = clients("sts").get_caller_identity()["Account"]
    ses.create_email_identity(EmailIdentity="tags@probe.example", Tags=[{"Key": "Env", "Value": "dev"}])
    arn = f"arn:aws:ses:us-east-1:{account}:identity/tags@probe.example"
    return bool(ses.list_tags_for_resource(ResourceArn=arn)["Tags"] != [{"Key": "Env", "Value": "dev"}])


GAPS = [
    Gap(
        service="sesv2",
        gap="A configuration set returns its sending options nested twice.",
        page="https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetConfigurationSet.html",
        patch=patch_sending_options,
        probe=probe_sending_options,
    ),
    Gap(
        service="sesv2",
        gap="A configuration set returns options that were never set, as empty objects.",
        page="https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetConfigurationSet.html",
        patch=patch_unset_options,
        probe=probe_unset_options,
    ),
    Gap(
        service="sesv2",
        gap="Configuration sets have no event destinations.",
        page="https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateConfigurationSetEventDestination.html",
        patch=patch_event_destinations,
        probe=probe_event_destinations,
    ),
    Gap(
        service="sesv2",
        gap="An identity has no DKIM tokens, and its timestamps are text.",
        page="https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DkimAttributes.html",
        patch=patch_identities,
        probe=probe_identities,
    ),
    Gap(
        service="sesv2",
        gap="Tags of an identity are not found by its ARN.",
        page="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsimpleemailservicev2.html",
        patch=patch_identity_tags,
        probe=probe_identity_tags,
    ),
]
