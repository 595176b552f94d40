"""CloudWatch Logs: saved queries of Logs Insights."""

from __future__ import annotations

import time
from typing import Any

from moto.core.responses import ActionResult
from moto.logs.exceptions import InvalidParameterException, ResourceNotFoundException
from moto.logs.responses import LogsResponse
from moto.moto_api._internal import mock_random

from gap import Clients, Gap, unsupported


def patch_queries() -> None:
    LogsResponse.put_query_definition = put_query_definition
    LogsResponse.describe_query_definitions = describe_query_definitions
    LogsResponse.delete_query_definition = delete_query_definition


def queries_of(self: LogsResponse) -> dict[str, dict[str, Any]]:
    return self.logs_backend.__dict__.setdefault("query_definitions", {})


def put_query_definition(self: LogsResponse) -> ActionResult:
    identifier = self._get_param("queryDefinitionId")
    if identifier is not None:
        check_known(self, identifier)
    identifier = identifier or str(mock_random.uuid4())
    groups = self._get_param("logGroupNames", [])
    if len(groups) > 50:
        raise InvalidParameterException(f"got {len(groups)} log groups; allowed: 50")
    queries_of(self)[identifier] = {
        "queryDefinitionId": identifier,
        "name": self._get_param("name"),
        "queryString": self._get_param("queryString"),
        "logGroupNames": groups,
        "lastModified": int(time.time() * 1000),
        "queryLanguage": self._get_param("queryLanguage", "CWLI"),
    }
    return ActionResult({"queryDefinitionId": identifier})


def describe_query_definitions(self: LogsResponse) -> ActionResult:
    prefix = self._get_param("queryDefinitionNamePrefix", "")
    found = [one for one in queries_of(self).values() if one["name"].startswith(prefix)]
    return ActionResult({"queryDefinitions": found})


def delete_query_definition(self: LogsResponse) -> ActionResult:
    identifier = self._get_param("queryDefinitionId")
    check_known(self, identifier)
    del queries_of(self)[identifier]
    return ActionResult({"success": True})


def check_known(self: LogsResponse, identifier: str) -> None:
    if identifier not in queries_of(self):
        raise ResourceNotFoundException("The specified query definition does not exist.")


def probe_queries(clients: Clients) -> bool:
    logs = clients("logs")

    def works() -> bool:
        made = logs.put_query_definition(name="probe/errors", queryString="fields @message", logGroupNames=["/probe"])
        identifier = made["queryDefinitionId"]
        logs.put_query_definition(queryDefinitionId=identifier, name="probe/errors", queryString="fields @timestamp")
        [found] = logs.describe_query_definitions(queryDefinitionNamePrefix="probe/")["queryDefinitions"]
        logs.delete_query_definition(queryDefinitionId=identifier)
        left = logs.describe_query_definitions()["queryDefinitions"]
        return (found["queryString"], found["logGroupNames"], left) == ("fields @timestamp", [], [])

    return unsupported(works)


GAPS = [
    Gap(
        service="logs",
        gap="There are no saved queries.",
        page="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html",
        patch=patch_queries,
        probe=probe_queries,
    ),
]
