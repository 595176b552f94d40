"""Hosted zones that environments name by id. Route 53 makes up ids, so no API can create them."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Zone:
    id: str
    name: str


def read_zones(text: str) -> list[Zone]:
    """Raises ValueError when the text is not a list of objects that have an id and a name."""
    try:
        return [Zone(id=zone["id"], name=zone["name"]) for zone in json.loads(text)]
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(f'--zones: got {text}, allowed is [{{"id": "Z…", "name": "example.com"}}]') from error


def seed_zones(account: str, zones: list[Zone]) -> None:
    from moto.route53.models import route53_backends

    backend = route53_backends[account]["aws"]
    for zone in zones:
        made = backend.create_hosted_zone(name=f"{zone.name}.", private_zone=False)
        del backend.zones[made.resource_id]
        made.resource_id = zone.id
        backend.zones[zone.id] = made
