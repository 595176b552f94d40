"""SES v2: changes of a configuration set that is there already."""

from __future__ import annotations

import json
from collections.abc import Callable

from moto.ses.exceptions import NotFoundException
from moto.sesv2.responses import SESV2Response
from moto.sesv2.urls import url_paths

from gap import Clients, Gap, unsupported

# Action, path below the configuration set, and moto's attribute of the options.
CHANGES = (
    ("put_configuration_set_delivery_options", "delivery-options", "delivery_options"),
    ("put_configuration_set_reputation_options", "reputation-options", "reputation_options"),
    ("put_configuration_set_sending_options", "sending", "enabled"),
    ("put_configuration_set_suppression_options", "suppression-options", "suppression_options"),
)


def patch_changes() -> None:
    for action, path, attribute in CHANGES:
        url_paths[f"{{0}}/v2/email/configuration-sets/(?P<ConfigurationSetName>[^/]+)/{path}$"] = SESV2Response.dispatch
        setattr(SESV2Response, action, change_of(attribute))


def change_of(attribute: str) -> Callable[[SESV2Response], str]:
    def change(self: SESV2Response) -> str:
        name = self._get_param("ConfigurationSetName")
        known = self.sesv2_backend.core_backend.config_sets
        if name not in known:
            raise NotFoundException(f"Configuration set <{name}> does not exist.")
        setattr(known[name], attribute, json.loads(self.body or "{}"))
        return json.dumps({})

    return change


def probe_changes(clients: Clients) -> bool:
    ses = clients("sesv2")
    name = "probe-changes"
    ses.create_configuration_set(ConfigurationSetName=name)

    def works() -> bool:
        ses.put_configuration_set_delivery_options(ConfigurationSetName=name, TlsPolicy="REQUIRE")
        ses.put_configuration_set_reputation_options(ConfigurationSetName=name, ReputationMetricsEnabled=True)
        ses.put_configuration_set_sending_options(ConfigurationSetName=name, SendingEnabled=False)
        ses.put_configuration_set_suppression_options(ConfigurationSetName=name, SuppressedReasons=["BOUNCE"])
        found = ses.get_configuration_set(ConfigurationSetName=name)
        wanted = {
            "DeliveryOptions": {"TlsPolicy": "REQUIRE"},
            "ReputationOptions": {"ReputationMetricsEnabled": True},
            "SendingOptions": {"SendingEnabled": False},
            "SuppressionOptions": {"SuppressedReasons": ["BOUNCE"]},
        }
        return all(found[key] == value for key, value in wanted.items())

    return unsupported(works)


GAPS = [
    Gap(
        service="sesv2",
        gap="The options of a configuration set cannot be changed.",
        page="https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutConfigurationSetDeliveryOptions.html",
        patch=patch_changes,
        probe=probe_changes,
    ),
]
