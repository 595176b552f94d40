"""CloudWatch Logs: policies that mask data in log groups."""

from __future__ import annotations

import json
import time

from moto.core.responses import ActionResult, EmptyResult
from moto.logs.exceptions import InvalidParameterException, ResourceNotFoundException
from moto.logs.models import LogGroup
from moto.logs.responses import LogsResponse

from gap import Clients, Gap, accepts, unsupported


def patch_protection() -> None:
    LogsResponse.put_data_protection_policy = put_data_protection_policy
    LogsResponse.get_data_protection_policy = get_data_protection_policy
    LogsResponse.delete_data_protection_policy = delete_data_protection_policy


def put_data_protection_policy(self: LogsResponse) -> ActionResult:
    document = self._get_param("policyDocument")
    statements = json.loads(document).get("Statement", [])
    operations = {name for statement in statements for name in statement["Operation"]}
    if len(statements) != 2 or operations != {"Audit", "Deidentify"}:
        raise InvalidParameterException("allowed: two statements, one to audit and one to de-identify")
    if statements[0]["DataIdentifier"] != statements[1]["DataIdentifier"]:
        raise InvalidParameterException("allowed: the same data identifiers in both statements")
    policy = {"policyDocument": document, "lastUpdatedTime": int(time.time() * 1000)}
    log_group_of(self).__dict__["data_protection"] = policy
    return answer(self)


def get_data_protection_policy(self: LogsResponse) -> ActionResult:
    return answer(self)


def delete_data_protection_policy(self: LogsResponse) -> ActionResult:
    log_group_of(self).__dict__.pop("data_protection", None)
    return EmptyResult()


def answer(self: LogsResponse) -> ActionResult:
    policy = log_group_of(self).__dict__.get("data_protection", {})
    return ActionResult({"logGroupIdentifier": self._get_param("logGroupIdentifier"), **policy})


def log_group_of(self: LogsResponse) -> LogGroup:
    """The group with the name or the ARN of the request."""
    identifier = self._get_param("logGroupIdentifier")
    for name, group in self.logs_backend.groups.items():
        if identifier in (name, group.arn.removesuffix(":*")):
            return group
    raise ResourceNotFoundException("The specified log group does not exist.")


def probe_protection(clients: Clients) -> bool:
    logs, group = clients("logs"), "/probe/protection"
    identifiers = ["arn:aws:dataprotection::aws:data-identifier/EmailAddress"]
    audit = {"Sid": "Audit", "DataIdentifier": identifiers, "Operation": {"Audit": {"FindingsDestination": {}}}}
    mask = {"Sid": "Mask", "DataIdentifier": identifiers, "Operation": {"Deidentify": {"MaskConfig": {}}}}

    def put(*statements: object) -> object:
        document = json.dumps({"Name": "probe", "Version": "2021-06-01", "Statement": statements})
        return logs.put_data_protection_policy(logGroupIdentifier=group, policyDocument=document)

    def works() -> bool:
        logs.create_log_group(logGroupName=group)
        alone = accepts("InvalidParameterException", lambda: put(audit))
        put(audit, mask)
        found = json.loads(logs.get_data_protection_policy(logGroupIdentifier=group)["policyDocument"])
        logs.delete_data_protection_policy(logGroupIdentifier=group)
        left = logs.get_data_protection_policy(logGroupIdentifier=group)
        logs.delete_log_group(logGroupName=group)
        return (alone, found["Statement"], "policyDocument" in left) == (False, [audit, mask], False)

    return unsupported(works)


GAPS = [
    Gap(
        service="logs",
        gap="There are no data protection policies of log groups.",
        page="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDataProtectionPolicy.html",
        patch=patch_protection,
        probe=probe_protection,
    ),
]
