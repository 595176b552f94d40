"""Services that moto does not have, or has too little of. Each is a class, whose methods are the actions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape
from flask import Flask
from moto.core.exceptions import ServiceException
from moto.core.responses import BaseResponse
from moto.core.utils import convert_to_flask_response, get_service_model
from moto.moto_server.werkzeug_app import HTTP_METHODS, BackendRequest

SERVICES: dict[str, type[Service]] = {}


class Refusal(ServiceException):
    """An error of a service. moto finds its shape by the code only if its class is not one of moto's."""


@dataclass
class Resource:
    """What a service stores under an ARN or a name."""

    settings: dict[str, Any]
    tags: dict[str, str] = field(default_factory=dict)


class Service(BaseResponse):
    """A service of one account. Its resources are stored by region, and by ARN or name."""

    model: ClassVar[str]
    invalid: ClassVar[str] = "ValidationException"
    stores: ClassVar[dict[str, dict[str, Resource]]]

    def __init__(self) -> None:
        super().__init__(service_name=self.model)
        self.automated_parameter_parsing = True

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.stores = defaultdict(dict)

    @property
    def store(self) -> dict[str, Resource]:
        return self.stores[self.region]

    def request(self) -> dict[str, Any]:
        """The parameters. A request that botocore's model of the service does not allow is refused."""
        operation = get_service_model(self.model).operation_model(self._get_action())
        parameters = {**self.uri_match, **self.params}
        problems = list(problems_of(operation.input_shape, parameters, operation.name))
        if problems:
            raise Refusal(self.invalid, "; ".join(problems))
        return parameters


def problems_of(shape: Shape, value: Any, place: str) -> Iterator[str]:
    """Required members, lengths, ranges, patterns and enumerations."""
    if isinstance(shape, StructureShape):
        missing = [name for name in shape.required_members if name not in value]
        yield from (f"{place}.{name} is missing" for name in missing)
        known = [name for name in shape.members if name in value]
        for name in known:
            yield from problems_of(shape.members[name], value[name], f"{place}.{name}")
    elif isinstance(shape, ListShape):
        yield from out_of_range(shape, len(value), place)
        for one in value:
            yield from problems_of(shape.member, one, place)
    elif isinstance(shape, MapShape):
        yield from out_of_range(shape, len(value), place)
    elif isinstance(shape, StringShape):
        yield from out_of_range(shape, len(value), place)
        pattern = shape.metadata.get("pattern")
        if pattern and not re.search(f"^(?:{pattern})$", value):
            yield f"{place}: got {value}; allowed: {pattern}"
        if shape.enum and value not in shape.enum:
            yield f"{place}: got {value}; allowed: {', '.join(shape.enum)}"
    elif shape.type_name in ("integer", "double"):
        yield from out_of_range(shape, value, place)


def out_of_range(shape: Shape, size: float, place: str) -> Iterator[str]:
    least, most = shape.metadata.get("min", size), shape.metadata.get("max", size)
    if not least <= size <= most:
        yield f"{place}: got {size}; allowed: {least} to {most}"


def app_of(service: str) -> Flask:
    """The application that answers the requests to one of the services."""
    app = Flask(service)
    app.config["PROPAGATE_EXCEPTIONS"] = True  # so that an action that is not there is answered with 501
    app.request_class = BackendRequest
    answer = convert_to_flask_response(SERVICES[service].dispatch)
    for path in ("/", "/<path:path>"):
        app.add_url_rule(path, endpoint=path, methods=HTTP_METHODS, view_func=answer)
    return app
