"""API Gateway: documents of REST APIs with greedy paths, and with answers of API Gateway itself."""

from __future__ import annotations

import json
from typing import Any

from moto.apigateway import models
from moto.apigateway.models import APIGatewayBackend, Integration, IntegrationResponse

from gap import Clients, Gap, unsupported


def patch_greedy_paths() -> None:
    validate = models.validate

    def validate_without_plus(document: dict[str, Any]) -> None:
        paths = {path.replace("+}", "}"): operations for path, operations in document["paths"].items()}
        validate({**document, "paths": paths})

    models.validate = validate_without_plus


def patch_mock_integrations() -> None:
    put = APIGatewayBackend.put_integration
    put_response = APIGatewayBackend.put_integration_response

    # A document names the settings that it has; the actions pass all of them, the first ones by position.
    def put_named(self: APIGatewayBackend, *settings: Any, **named: Any) -> Integration:
        defaults = {} if settings else {"uri": "", "integration_method": ""}
        return put(self, *settings, **{**defaults, **named})

    def put_named_response(self: APIGatewayBackend, *settings: Any, **named: Any) -> IntegrationResponse:
        defaults = {} if settings else {"selection_pattern": "", "response_templates": {}, "response_parameters": {}}
        return put_response(self, *settings, **{**defaults, **named})

    APIGatewayBackend.put_integration = put_named
    APIGatewayBackend.put_integration_response = put_named_response


def accepts_document(clients: Clients, path: str, operation: dict[str, Any]) -> bool:
    document = {"openapi": "3.0.1", "info": {"title": "probe", "version": "1"}, "paths": {path: operation}}
    gateway = clients("apigateway")
    api = gateway.create_rest_api(name="probe")["id"]
    put = {"restApiId": api, "mode": "overwrite", "failOnWarnings": True, "body": json.dumps(document)}
    return bool(gateway.put_rest_api(**put)["id"] == api)


ANSWERS = {"200": {"description": "Answer"}}


def probe_greedy_paths(clients: Clients) -> bool:
    parameter = {"name": "path", "in": "path", "required": True, "schema": {"type": "string"}}
    operation = {"parameters": [parameter], "responses": ANSWERS}
    return unsupported(lambda: accepts_document(clients, "/files/{path+}", {"get": operation}))


def probe_mock_integrations(clients: Clients) -> bool:
    integration = {"type": "mock", "responses": {"default": {"statusCode": "200"}}}
    operation = {"responses": ANSWERS, "x-amazon-apigateway-integration": integration}
    return unsupported(lambda: accepts_document(clients, "/files", {"options": operation}))


GAPS = [
    Gap(
        service="apigateway",
        gap="The parameter of a path that ends in `{path+}` must be named `path+`.",
        page="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-set-up-simple-proxy.html",
        patch=patch_greedy_paths,
        probe=probe_greedy_paths,
    ),
    Gap(
        service="apigateway",
        gap="A document with an integration of type MOCK is refused.",
        page="https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html",
        patch=patch_mock_integrations,
        probe=probe_mock_integrations,
    ),
]
