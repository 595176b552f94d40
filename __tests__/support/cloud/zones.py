"""Hosted zones that environments name by id. Route 53 makes up ids, so no API can create them."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from dataclasses import dataclass


@dataclass(frozen=True)
class Zone:
    id: str
    name: str


def read_zones(text: str) -> list[Zone]:
    """Reads a JSON list of objects that have an id and a name."""
    try:
        return [Zone(id=zone["id"], name=zone["name"]) for zone in json.loads(text)]
    except (ValueError, TypeError, KeyError) as error:
        allowed = '[{"id": "Z…", "name": "example.com"}]'
        raise ArgumentTypeError(f"got {text}; allowed: a JSON list like {allowed}") from error


def seed_zones(account: str, zones: list[Zone]) -> None:
    from moto.route53.models import route53_backends

    backend = route53_backends[account]["aws"]
    for zone in zones:
        made = backend.create_hosted_zone(name=f"{zone.name}.", private_zone=False)
        del backend.zones[made.resource_id]
        made.resource_id = zone.id
        backend.zones[zone.id] = made
